// A claim falls: what would fall with it is read before, what fell is worked through to the end, and what is hard to reverse
// does not start unseen. Once with keys only, once with the pointer only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** What has the focus, by its label. */
const focused = (page) =>
  page.evaluate(
    () => document.activeElement?.closest('[data-item]')?.querySelector('.label')?.textContent ?? '',
  );

const show = (dir) => bearings(dir, 'show', 'latest', '--json').then((out) => JSON.parse(out));

/** Opens the sample on its brief. */
async function opened(t) {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  return { dir, page };
}

const progress = (page) => page.getByRole('progressbar', { name: 'Worked through' });

const isAt = (page, done) =>
  until(
    `${done} worked through`,
    async () => (await progress(page).getAttribute('aria-valuenow')) === String(done),
  );

async function line(page, text) {
  await press(page, 'l');
  await page.getByRole('form', { name: 'Write' }).waitFor();
  await page.keyboard.type(text);
  await press(page, 'Enter');
  await page.getByRole('form', { name: 'Write' }).waitFor({ state: 'detached' });
}

test('a refutation and what it brings down, by keyboard', async (t) => {
  const { dir, page } = await opened(t);
  await press(page, '2');
  const claim = page.getByRole('region', { name: 'Claims', exact: true }).locator('[data-item]');
  await claim.first().waitFor();
  await press(page, 'j');
  await until('a claim has the focus', async () => (await focused(page)) !== '');

  // What would fall is there before a reason is typed.
  await press(page, 'Shift+V');
  const falls = page.getByRole('status', { name: 'What would fall' });
  await falls.getByText('5 things would lose their footing, 1 in progress').waitFor();
  await falls.getByText('rests on D3, which rests on C4').first().waitFor();
  await page.keyboard.type('the graph of 1a');
  await falls.getByText('5 things would lose their footing, 1 in progress').waitFor();
  await press(page, 'Enter');
  await page.getByText('5 things to work through', { exact: false }).waitFor();

  // It is left after the first, and taken up again from Do next.
  await press(page, 'Shift+F');
  await isAt(page, 0);
  await until('the focus is on the first', async () => (await focused(page)) === 'A7');
  await press(page, 'x');
  await isAt(page, 1);
  await until('the focus goes on', async () => (await focused(page)) === 'D3');
  await press(page, '1');
  await page.getByText('1 of 5 worked through', { exact: false }).waitFor();
  await press(page, 'p');
  await isAt(page, 1);
  await until('the focus is where it was left', async () => (await focused(page)) === 'D3');

  await press(page, '.');
  await page.getByRole('form', { name: 'Write' }).waitFor();
  await page.keyboard.type('it does no harm');
  await press(page, 'Enter');
  await isAt(page, 2);
  await until('the focus goes on after a typed line', async () => (await focused(page)) === 'T1');
  await press(page, 'o');
  await isAt(page, 3);
  await until('the focus goes on', async () => (await focused(page)) === 'A5');
  await press(page, 'x');
  await isAt(page, 4);
  await until('the focus goes on', async () => (await focused(page)) === 'A6');
  await press(page, 'r');
  await page.getByRole('form', { name: 'Write' }).waitFor();
  await page.keyboard.type('C1');
  await press(page, 'Enter');
  await isAt(page, 5);
  await page.getByText('All worked through.').waitFor();

  const shown = await show(dir);
  const state = (list, label) => shown[list].find((thing) => thing.label === label);
  assert.equal(state('claims', 'C4').state, 'refuted');
  assert.equal(state('actions', 'A7').state, 'dropped');
  assert.equal(state('actions', 'A6').footing, 'firm');
  assert.ok(shown.questions.some((q) => q.text.includes('Does T1 still hold')));
  assert.ok(shown.actions.some((a) => a.text.startsWith('Take back A5')));
  assert.ok(!shown.attention.some((p) => p.kind === 'fallen'));

  await press(page, 'Escape');
  await page.getByRole('region', { name: 'Threads' }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('a sent update drafts its correction, by keyboard', async (t) => {
  const { dir, page } = await opened(t);
  await press(page, '1');
  await page.getByRole('region', { name: 'Threads' }).waitFor();
  await line(page, '/refute C7 two captures for one order');
  await press(page, 'Shift+F');
  await isAt(page, 0);
  await until('the focus is on the update', async () => (await focused(page)) === 'U4');
  const before = (await show(dir)).updates.length;
  await press(page, 'x');
  const field = page.getByRole('form', { name: 'Write' }).getByRole('textbox');
  await until('the correction is drafted', async () =>
    (await field.inputValue()).includes(
      'we said “No card was charged twice”. That has turned out to be wrong.',
    ),
  );
  assert.equal((await show(dir)).updates.length, before, 'nothing is sent by itself');
  await page.keyboard.type(' Some were.');
  await press(page, 'Enter');
  await isAt(page, 1);
  const { updates } = await show(dir);
  assert.equal(updates.length, before + 1);
  assert.match(updates.at(-1).text, /^Correction: .* wrong\. Some were\.$/);
  assert.deepEqual(page.problems, []);
});

test('the gate, both ways, by keyboard', async (t) => {
  const { dir, page } = await opened(t);
  await press(page, '1');
  await page.getByRole('region', { name: 'Threads' }).waitFor();
  await line(page, '/a! @me Delete the double captures on C7');
  const of = async () => (await show(dir)).actions.find((a) => a.text === 'Delete the double captures');
  const { label } = await of();
  const gate = page.getByRole('dialog', { name: 'hard to reverse' });

  // A typed line is stopped, and stays.
  await press(page, 'l');
  await page.keyboard.type(`/start ${label}`);
  await press(page, 'Enter');
  await gate.getByText('C7 is only assumed').waitFor();
  await gate.getByText('Count orders with two captures').waitFor();
  await press(page, 'Escape');
  await gate.waitFor({ state: 'detached' });
  assert.equal((await of()).state, 'assigned');
  const field = page.getByRole('form', { name: 'Write' }).getByRole('textbox');
  assert.equal(await field.inputValue(), `/start ${label}`);

  await press(page, 'Enter');
  await gate.waitFor();
  await press(page, 'Enter');
  await gate.waitFor({ state: 'detached' });
  await until('it has started', async () => (await of()).state === 'in_progress');
  await field.waitFor({ state: 'detached' });
  const { decisions } = await show(dir);
  assert.equal(
    decisions.at(-1).text,
    `Start ${label}, which is hard to reverse, although C7 is only assumed`,
  );

  // Undo takes both back.
  await press(page, 'Control+z');
  await until('it is taken back', async () => (await of()).state === 'assigned');
  assert.equal((await show(dir)).decisions.at(-1).state, 'reversed');
  assert.deepEqual(page.problems, []);
});

test('a refutation, its worklist and the gate, by mouse', async (t) => {
  const { dir, page } = await opened(t);
  await page.getByRole('button', { name: 'Claims', exact: true }).click();
  const claims = page.getByRole('region', { name: 'Claims', exact: true });
  await claims.locator('[data-item]').filter({ hasText: 'Rollback to 4.17' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Refute' }).click();
  await page
    .getByRole('status', { name: 'What would fall' })
    .getByText('5 things would lose their footing')
    .waitFor();
  await page.keyboard.type('the graph of 1a');
  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByText('5 things to work through', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Cockpit' }).click();
  await page.getByRole('button', { name: 'Work through what fell with a claim' }).first().click();
  await isAt(page, 0);

  const row = (label) => page.getByRole('listitem').filter({ has: page.getByText(label, { exact: true }) });
  await row('A7').getByRole('button', { name: 'Stop it' }).click();
  await isAt(page, 1);
  await row('D3').getByRole('button', { name: 'Keep it' }).click();
  await page.keyboard.type('it does no harm');
  await page.getByRole('button', { name: 'Record' }).click();
  await isAt(page, 2);
  await row('T1').getByRole('button', { name: 'Ask' }).click();
  await isAt(page, 3);
  await row('A5').getByRole('button', { name: 'Take it back' }).click();
  await isAt(page, 4);
  await row('A6').getByRole('button', { name: 'Ask' }).click();
  await isAt(page, 5);

  // An action that is hard to reverse, started from its menu.
  const hard = '{"do":"action.add","text":"Delete the captures","irreversible":true,"rests_on":["c7"]}';
  await bearings(dir, 'record', 'latest', hard, '--as', 'Ada');
  const of = async () => (await show(dir)).actions.find((a) => a.text === 'Delete the captures');
  await page.getByRole('button', { name: 'Find or do' }).click();
  await page.getByRole('combobox', { name: 'Find or do' }).fill('Delete the captures');
  await page.getByRole('option', { name: 'Delete the captures' }).click();
  const pane = page.getByRole('region', { name: /^Action/ });
  await pane.getByRole('button', { name: 'What can be done with' }).click();
  await page.getByRole('menuitem', { name: 'Start it' }).click();
  const gate = page.getByRole('dialog', { name: 'hard to reverse' });
  await gate.getByRole('button', { name: 'Stay' }).click();
  await gate.waitFor({ state: 'detached' });
  assert.notEqual((await of()).state, 'in_progress');
  await pane.getByRole('button', { name: 'What can be done with' }).click();
  await page.getByRole('menuitem', { name: 'Start it' }).click();
  await gate.getByRole('button', { name: 'Go on' }).click();
  await until('it has started', async () => (await of()).state === 'in_progress');
  assert.deepEqual(page.problems, []);
});

test('the tree of a claim, and what to look at again, by keyboard', async (t) => {
  const { dir, page } = await opened(t);
  await press(page, '2');
  await page.getByRole('region', { name: 'Claims', exact: true }).locator('[data-item]').first().waitFor();
  await press(page, 'j', 'y');
  await page.getByRole('region', { name: 'Rests on it' }).getByText('D3', { exact: true }).waitFor();
  await until('the claim itself has the focus', async () => (await focused(page)) === 'C4');
  await press(page, 'Home');
  await until('the focus is on the first', async () => (await focused(page)) === 'D3');
  const labelled = (label) =>
    page.getByRole('region', { name: 'Rests on it' }).getByText(label, { exact: true });
  const row = labelled('A7');
  const [d3, a7, t1] = await Promise.all(
    ['D3', 'A7', 'T1'].map(async (label) => (await labelled(label).boundingBox()).x),
  );
  assert.ok(a7 > d3 && t1 === d3, `what rests on D3 is indented: ${a7} under ${d3}, beside ${t1}`);
  await press(page, 'ArrowLeft');
  await row.waitFor({ state: 'detached' });
  await press(page, 'ArrowRight');
  await row.waitFor();
  // Another thing, and the picture of it.
  await press(page, 'Shift+Y');
  await until('the decision itself has the focus', async () => (await focused(page)) === 'D3');
  await press(page, 'p');
  await page.locator('.graph').getByText('D3', { exact: true }).waitFor();
  await press(page, 'Escape');
  await page.getByRole('region', { name: 'Claims', exact: true }).waitFor();

  // The incident changes shape.
  await line(page, '/impact! every market');
  await press(page, 'Shift+B');
  const again = page.getByRole('region', { name: 'Look again' });
  await again.getByRole('listitem').nth(4).waitFor();
  assert.equal(await again.getByRole('listitem').count(), 5);
  const first = await focused(page);
  await press(page, '.');
  await until('the focus goes on', async () => ![first, ''].includes(await focused(page)));
  await until('four are left', async () => (await again.getByRole('listitem').count()) === 4);
  await press(page, 'b');
  await until('three are left', async () => (await again.getByRole('listitem').count()) === 3);
  assert.ok((await show(dir)).claims.find((c) => c.label === first).flags.every((f) => f !== 'recheck'));
  assert.deepEqual(page.problems, []);
});

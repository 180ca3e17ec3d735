// What a team believes, by keyboard alone and by mouse alone: a claim is made, shown, checked by another, disputed, ruled on,
// and its evidence struck; a test becomes an action, and its result offers the verdict. Nothing that axe objects to on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, keyboardOf, openPage, serve } from '../support/browser.mjs';
import { enter, line, lineIsOpen } from '../support/incident.mjs';
import { bearings, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
const claimOf = async (dir, label) => (await show(dir)).claims.find((claim) => claim.label === label);
const record = (dir, by, body) => bearings(dir, 'record', 'latest', JSON.stringify({ ...body, by }));

/** An incident that Ana leads and Raj joined, on its cockpit. */
async function begin(t) {
  const dir = await workspace(t);
  const page = await openPage(t, await chromium(), await serve(t, dir), { width: 1440, height: 900 });
  await page.getByLabel('What is broken?').waitFor();
  await page.keyboard.type('Checkout answers 502');
  await page.getByLabel('Who are you?').fill('Ana');
  await page.keyboard.press('Enter');
  await page.getByText('No threads yet').waitFor();
  const keyboard = keyboardOf(page);
  await line(keyboard, ['l'], '/lead', 'Ana leads');
  await line(keyboard, ['l'], '/join Raj: knows the gateway', 'Raj joins');
  return { dir, page, keyboard };
}

const rows = (page) => page.getByRole('region', { name: 'Claims', exact: true });
const rowOf = (page, label) => rows(page).getByRole('listitem').filter({ hasText: label });
const pane = (page, label) => page.getByRole('region', { name: `Claim ${label}`, exact: true });
const stateIs = (dir, label, state) =>
  until(`${label} is ${state}`, async () => (await claimOf(dir, label)).state === state, 30_000);

/** Waits until a row has the focus again: what changes a claim may draw it anew, in another group. */
const focusOn = (page, label) =>
  until(`the row of ${label} has the focus`, () =>
    rowOf(page, label).evaluate((row) => row.contains(document.activeElement)),
  );

/** Waits until a digit takes what it is to take. */
const offered = (page, words) => page.getByRole('option').filter({ hasText: words }).first().waitFor();

test('a belief, by keyboard alone', async (t) => {
  const { dir, page, keyboard } = await begin(t);
  await keyboard.press('2');
  await keyboard.says('What are we taking for granted?');

  // A claim, what it rests on at one key, its evidence.
  await line(keyboard, ['c'], 'The pool is empty test: restart one pod', 'recorded as C1');
  await rowOf(page, 'C1').waitFor();
  await line(keyboard, ['c'], 'The rollout broke it', 'recorded as C2');
  await rowOf(page, 'C2').waitFor();
  await keyboard.press('/');
  await keyboard.type('pool');
  await keyboard.says('1 of 2 claims');
  await keyboard.press('Enter');
  await keyboard.says('C1 selected');
  await keyboard.press('r');
  await lineIsOpen(keyboard);
  await offered(page, 'The rollout broke it');
  await keyboard.press('1');
  await enter(keyboard, 'C1 rests on C2');
  await keyboard.press('e');
  await page.getByRole('menu', { name: 'Evidence on C1' }).waitFor();
  await keyboard.press('f');
  await lineIsOpen(keyboard);
  await keyboard.type('log no free connections');
  await enter(keyboard, 'Evidence, log, for C1');
  await stateIs(dir, 'C1', 'supported');
  await page.getByText('not cross-checked').first().waitFor();

  // Another verifies it, citing what was shown; somebody shows the opposite.
  await page.getByText('Nobody else has checked it').waitFor();
  const [e1] = (await show(dir)).evidence;
  const { id } = await claimOf(dir, 'C1');
  await record(dir, 'Raj', { do: 'claim.verdict', claim: id, verdict: 'verify', evidence: [e1.id] });
  await page.getByText('Checked by Raj').waitFor();
  await stateIs(dir, 'C1', 'verified');
  await record(dir, 'Raj', {
    do: 'evidence.add',
    kind: 'graph',
    title: 'half the pool is free',
    claims: { [id]: 'contradicts' },
  });
  await stateIs(dir, 'C1', 'disputed');
  await page.getByRole('region', { name: 'For it', exact: true }).waitFor();
  await page.getByRole('region', { name: 'Against it', exact: true }).waitFor();
  assert.deepEqual(await accessibility(page), []);

  // The lead rules, by the evidence at one key.
  await keyboard.press('j');
  await keyboard.says('C1 selected');
  await keyboard.press('!');
  await lineIsOpen(keyboard);
  await offered(page, 'It is wrong');
  await keyboard.press('2');
  await offered(page, 'half the pool is free');
  await keyboard.press('Control+1');
  await enter(keyboard, 'Rule that C1 is wrong, by E2');
  await stateIs(dir, 'C1', 'refuted');

  // Along the row to the evidence against it, which is struck with a reason.
  await rowOf(page, 'C1').getByText('Refuted').first().waitFor();
  await focusOn(page, 'C1');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await keyboard.says('E2 selected');
  await keyboard.press('l');
  await lineIsOpen(keyboard);
  await keyboard.type('/strike E2 of another cluster');
  await enter(keyboard, 'Strike E2');
  assert.equal((await show(dir)).evidence.find((e) => e.label === 'E2').status, 'struck');

  // A test of the other claim becomes an action, whose result offers the verdict.
  await keyboard.press('/');
  await keyboard.press('Control', 'a');
  await keyboard.type('rollout');
  await rowOf(page, 'C2').waitFor();
  await rowOf(page, 'C1').waitFor({ state: 'detached' });
  await keyboard.press('Enter');
  await keyboard.says('C2 selected');
  await line(keyboard, ['s'], 'roll back one zone', 'Test, C2');
  await page.getByText('Nobody runs it: roll back one zone').first().waitFor();
  await keyboard.press('a');
  await lineIsOpen(keyboard);
  await keyboard.type('Raj');
  await enter(keyboard, 'to test C2, within 10m: recorded as A1');
  await page.getByText('A1, Raj: roll back one zone').first().waitFor();
  await line(keyboard, ['l'], '/done A1 errors stopped there', 'Does C2 hold?');
  await focusOn(page, 'C2');
  await keyboard.press('v');
  await lineIsOpen(keyboard);
  await until('the result is the reason', () =>
    keyboard.page(() =>
      document.querySelector('form[aria-label=Write] textarea').value.includes('errors stopped there'),
    ),
  );
  await enter(keyboard, 'Verify C2');
  assert.deepEqual(page.problems, []);
});

test('a belief, by mouse alone', async (t) => {
  const { dir, page } = await begin(t);
  const send = async (text) => {
    const field = page.getByRole('textbox', { name: /^Write/ });
    await field.waitFor();
    await field.pressSequentially(text);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await field.waitFor({ state: 'detached' });
  };
  /** Chooses what is done with a claim, from the menu of its pane. */
  const choose = async (label, name) => {
    await pane(page, label)
      .getByRole('button', { name: `What can be done with ${label}` })
      .click();
    await page.getByRole('menuitem', { name }).click();
  };
  await page
    .getByRole('button', { name: /Claims/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'new claim' }).click();
  await send('The pool is empty');
  await rowOf(page, 'C1').getByRole('button').first().click();
  await pane(page, 'C1').getByText('Missing: No evidence').waitFor();

  // What is missing is mended from the checklist.
  await pane(page, 'C1')
    .getByRole('button', { name: /^would settle it/ })
    .click();
  await send('restart one pod');
  await pane(page, 'C1').getByText('Nobody runs it: restart one pod').waitFor();
  await pane(page, 'C1')
    .getByRole('button', { name: /^wrong if/ })
    .click();
  await send('free connections are seen');
  await pane(page, 'C1').getByText('Wrong if free connections are seen').waitFor();
  await pane(page, 'C1')
    .getByRole('button', { name: /^evidence/ })
    .click();
  await page.getByRole('menuitem', { name: /^Evidence for it/ }).click();
  await send('log no free connections');
  await stateIs(dir, 'C1', 'supported');
  // The mouse chooses the claim itself, and not the first of its evidence.
  await rowOf(page, 'C1').getByRole('button').first().click();
  await page.getByText('C1 selected', { exact: true }).waitFor();

  const { id } = await claimOf(dir, 'C1');
  await record(dir, 'Raj', { do: 'claim.verdict', claim: id, verdict: 'verify' });
  await stateIs(dir, 'C1', 'verified');
  await record(dir, 'Raj', {
    do: 'evidence.add',
    kind: 'graph',
    title: 'half the pool is free',
    claims: { [id]: 'contradicts' },
  });
  await stateIs(dir, 'C1', 'disputed');
  await pane(page, 'C1').getByRole('region', { name: 'Against it' }).waitFor();

  // The ruling, and what it cites, are pressed.
  await choose('C1', /^Rule on it/);
  await page.getByRole('option').filter({ hasText: 'It is wrong' }).click();
  await page.getByRole('option').filter({ hasText: 'half the pool is free' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await stateIs(dir, 'C1', 'refuted');

  // Its evidence is struck where it lies in the row.
  await rowOf(page, 'C1').getByRole('button', { name: /E1/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Strike it/ }).click();
  await send('of another cluster');
  await until('E1 is struck', async () => (await show(dir)).evidence[0].status === 'struck');

  // Filters.
  await page.getByLabel('State', { exact: true }).selectOption('verified');
  await page.getByText('Nobody claims anything like that.').waitFor();
  await page.getByRole('button', { name: 'Show every claim' }).click();
  await rowOf(page, 'C1').waitFor();
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(page.problems, []);
});

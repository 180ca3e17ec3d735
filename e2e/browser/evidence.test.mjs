// One evidence as large as the window: looked at, searched, marked, cropped and redacted, by the keyboard alone and by the
// mouse alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { anywhere, log, look, secret, take } from '../support/evidence.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const known = (page) => page.getByRole('region', { name: /^What is known of/ });
const heading = (page) => page.locator('main header').first();
const percent = (page) => page.getByRole('group', { name: 'Size of the picture' }).locator('button').nth(1);

async function begin(t, size = {}) {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir), size);
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  return { dir, page };
}

/** To the first evidence of the first claim, through the claim. */
async function claims(page) {
  await page.keyboard.press('2');
  await page.getByRole('region', { name: 'Claims', exact: true }).waitFor();
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

test('a picture, by keyboard alone', async (t) => {
  const { dir, page } = await begin(t);
  await claims(page);
  await look(page, 'E16');
  const picture = page.getByRole('img', { name: '1b fell from 41% to 9% after rollback' });
  await until('the picture is drawn', () =>
    picture.evaluate((img) => img.complete && img.naturalWidth === 900),
  );

  // Closer, along it, and back to all of it.
  await until('it is as large as it is', async () => (await percent(page).innerText()) === '100 %');
  const before = await picture.evaluate((img) => img.style.transform);
  await press(page, '+', '+', '+', 'ArrowRight');
  assert.equal(await percent(page).innerText(), '195 %');
  assert.notEqual(await picture.evaluate((img) => img.style.transform), before);
  await press(page, '+');
  assert.equal(await picture.evaluate((img) => getComputedStyle(img).imageRendering), 'pixelated');
  await press(page, '0');
  assert.equal(await percent(page).innerText(), '100 %');

  // An arrow and a box, on a copy.
  await press(page, 'm', 'ArrowLeft', 'Shift+ArrowUp', 'n', 'b', 'Alt+ArrowDown', 'Enter');
  await page.getByText('Marked copy', { exact: true }).waitFor();
  await known(page)
    .getByRole('button', { name: /^E16\b/ })
    .waitFor();

  // A part of it.
  await press(page, 'Shift+C', 'ArrowUp', 'Shift+ArrowLeft', 'Enter');
  await page.getByText('Cropped copy', { exact: true }).waitFor();

  // A part of that destroyed, asked about first.
  await press(page, 'Shift+D', 'ArrowUp', 'Enter');
  await page.getByRole('dialog', { name: /^Redact E/ }).waitFor();
  assert.match(await page.getByRole('dialog').innerText(), /cannot be taken back/);
  assert.match(await page.getByRole('dialog').innerText(), /E16, E24 are of the same origin/);
  await page.keyboard.type('a name');
  await press(page, 'Enter');
  await page.getByText('Redacted copy', { exact: true }).waitFor();
  await look(page, 'E25');
  await page.getByText('It was redacted: what it showed is destroyed.').waitFor();
  await known(page).getByText('a name').waitFor();
  assert.deepEqual(await anywhere(`${dir}/cache`, 'gw-1b'), []);

  // Back to where one was.
  await press(page, 'Escape');
  await page.getByRole('region', { name: 'Claims', exact: true }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('a log, by keyboard alone', async (t) => {
  const { dir, page } = await begin(t);
  const label = await take(page, 'gateway.log', log());
  await look(page, label);
  const lines = page.getByRole('document');
  await lines.getByText('request 1 ok').waitFor();
  assert.ok((await page.locator('[data-line]').count()) < 60, 'only what is on the screen is in the page');

  await press(page, '/');
  await page.keyboard.type('timeout after');
  await page.getByText('1 of 100 lines').waitFor();
  await press(page, 'Escape', 'n', 'n');
  await page.getByText('3 of 100 lines').waitFor();
  await press(page, 'Shift+N');
  await page.getByText('2 of 100 lines').waitFor();

  // Three lines as an excerpt.
  await press(page, 'Shift+J', 'Shift+J', 'm');
  await page.getByRole('heading', { name: /^Lines 200 to 202 of/ }).waitFor();
  await page.getByText('Excerpt', { exact: true }).waitFor();
  await lines.getByText('request 200 timeout').waitFor();

  // The end of it; what is markup there is text here.
  await look(page, label);
  await press(page, 'End');
  await lines.getByText('<img src="https://example.com/x"').waitFor();
  assert.equal(await page.title(), 'Bearings');

  // One line destroyed.
  await press(page, '/');
  await page.keyboard.type('charged');
  await page.getByText('1 of 1 line', { exact: true }).waitFor();
  await press(page, 'Escape', 'Shift+D');
  await page.getByRole('radio', { name: 'Line 5002' }).waitFor();
  await page.keyboard.type('a card');
  await press(page, 'Enter');
  await page.getByText('Redacted copy', { exact: true }).waitFor();
  await press(page, '/');
  await page.keyboard.type('[redacted]');
  await page.getByText('1 of 1 line', { exact: true }).waitFor();
  assert.deepEqual(await anywhere(dir, secret), []);
  assert.deepEqual(page.problems, []);
});

test('a picture and a log, by mouse alone', async (t) => {
  const { page } = await begin(t, { theme: 'light', width: 1440, height: 900 });
  const label = await take(page, 'gateway.log', log());
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Claims' }).click();
  await page.getByText('Rollback to 4.17 stops the failures').first().click();
  await page
    .getByRole('button', { name: /1b fell from 41% to 9%/ })
    .first()
    .click();
  const stage = page.getByRole('region', { name: 'Picture E16' });
  const picture = stage.getByRole('img');
  await until('the picture is drawn', () =>
    picture.evaluate((img) => img.complete && img.naturalWidth === 900),
  );
  const box = await stage.boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];

  // The wheel zooms around the pointer; a drag moves.
  await page.mouse.move(...at(0.25, 0.5));
  await page.mouse.wheel(0, -600);
  await until('it is closer', async () => parseInt(await percent(page).innerText(), 10) > 150);
  const before = await picture.evaluate((img) => img.style.transform);
  await page.mouse.down();
  await page.mouse.move(...at(0.2, 0.45), { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await picture.evaluate((img) => img.style.transform), before);
  await percent(page).click();

  const drag = async () => {
    const stage = page.locator('[data-stage]');
    const box = await stage.boundingBox();
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.45);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.55, { steps: 5 });
    await page.mouse.up();
  };
  await page.getByRole('button', { name: 'Mark', exact: false }).first().click();
  await drag();
  await page.getByRole('button', { name: /^Keep as a copy/ }).click();
  await page.getByText('Marked copy', { exact: true }).waitFor();

  await page.getByRole('button', { name: /^Crop/ }).click();
  await drag();
  await page.getByRole('button', { name: /^Keep as a copy/ }).click();
  await page.getByText('Cropped copy', { exact: true }).waitFor();

  await page.getByRole('button', { name: /^Redact/ }).click();
  await drag();
  await page.getByRole('button', { name: /^Redact…/ }).click();
  await page.getByRole('button', { name: /^Destroy this part/ }).click();
  await page.getByText('Redacted copy', { exact: true }).waitFor();

  // Against, instead of for.
  await known(page)
    .getByRole('button', { name: /^Against/ })
    .click();
  await until('it speaks against', () =>
    known(page)
      .getByRole('button', { name: /^Against/ })
      .and(page.locator('[aria-pressed=true]'))
      .count(),
  );

  // A log: found, chosen by its numbers, kept as an excerpt.
  await heading(page).getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Find or do' }).click();
  await page.getByRole('combobox', { name: 'Find or do' }).fill(label);
  await page
    .getByRole('option', { name: new RegExp(`^${label}\\b`) })
    .first()
    .click();
  await page.locator('[data-line="4"] .number').click();
  const from = await page.locator('[data-line="4"] .number').boundingBox();
  const to = await page.locator('[data-line="7"] .number').boundingBox();
  await page.mouse.move(from.x + 5, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y + 8, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: /^Keep as an excerpt/ }).click();
  await page.getByRole('heading', { name: /^Lines 5 to 8 of/ }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('a picture stays on the screen while others write', async (t) => {
  const { dir, page } = await begin(t);
  await claims(page);
  await look(page, 'E16');
  const picture = page.locator('main img');
  const isSeen = () => picture.evaluate((img) => getComputedStyle(img).opacity === '1');
  await until('the picture is drawn', isSeen);
  await bearings(
    dir,
    'record',
    'latest',
    '{"do":"evidence.change","evidence":"e16","title":"Told anew"}',
    '--as',
    'Bo',
  );
  await page.getByRole('heading', { name: 'Told anew' }).waitFor();
  assert.ok(await isSeen(), 'the picture went away');
  assert.deepEqual(page.problems, []);
});

test('two pictures beside each other move together', async (t) => {
  const { page } = await begin(t);
  await claims(page);
  await look(page, 'E16');
  await press(page, 'b');
  const pictures = page.locator('main img');
  await until('two pictures are drawn', async () => (await pictures.count()) === 2);
  const scale = () =>
    pictures.evaluateAll((all) => all.map((img) => /scale\(([\d.]+)\)/.exec(img.style.transform)[1]));
  const [one, two] = await scale();
  await press(page, '+', '+');
  const [closer, other] = await scale();
  assert.ok(Number(closer) > Number(one) && Number(other) > Number(two), 'both are closer');

  // Which one it is compared with is chosen by name: by keys, and with the mouse.
  const names = page.getByRole('combobox', { name: 'Compared with' });
  const beside = () => names.evaluate((field) => field.selectedOptions[0].textContent);
  await press(page, 'Control+b');
  await until('the names have the focus', () =>
    page.evaluate(() => document.activeElement.hasAttribute('data-beside')),
  );
  // Each key there chooses, and the next one still belongs to the list: it is no command of the screen behind it.
  const place = () => page.locator('.title .walk').innerText();
  const before = await place();
  await press(page, 'ArrowDown');
  await until('it is compared with another', async () => (await place()) !== before);
  await page.keyboard.type('E7');
  await until('it is compared with E7', async () => /^E7 /.test(await beside()));
  await page.keyboard.press('Enter');
  await names.selectOption({ label: await names.locator('option', { hasText: /^E3 / }).textContent() });
  await until('it is compared with E3', async () => /^E3 /.test(await beside()));
  await press(page, 'Escape');
  await until('one is alone again', async () => (await pictures.count()) === 1);
  assert.deepEqual(page.problems, []);
});

test('what is known of an evidence is changed by keyboard, and a link says where it leads', async (t) => {
  const { page } = await begin(t);
  await claims(page);
  await look(page, 'E16');
  await press(page, 'e');
  await page.getByLabel('Title').waitFor();
  await page.keyboard.type('Share of failing payments in zone 1b');
  await press(page, 'Control+Enter');
  await page.getByRole('heading', { name: 'Share of failing payments in zone 1b' }).waitFor();

  const link = await page.evaluate(async () => {
    const { list } = await window.go.app.Incidents.Start();
    const ask = { incident: list.incidents[0].id, on: '', relation: '', how: 'paste' };
    const took = await window.go.app.Evidence.Passage(ask, 'http://paypal.com@evil.example/x');
    return took.rows[0].label;
  });
  await look(page, link);
  const said = page.getByRole('region', { name: `Link ${link}` });
  assert.match(await said.innerText(), /evil\.example/);
  assert.match(await said.innerText(), /it leads to evil\.example/);
  assert.match(await said.innerText(), /not encrypted/);
  assert.deepEqual(page.problems, []);
});

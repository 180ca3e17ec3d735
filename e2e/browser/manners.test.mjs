// The small ways of the window: what a key asks for before a line is begun, where the palette looks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { screens } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

async function shown(t, name) {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await screens.find((screen) => screen.name === name).show(page);
  return { dir, page };
}

const claims = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json')).claims;

test('E and F, or G, say what evidence tells about the selected claim', async (t) => {
  const { dir, page } = await shown(t, 'claims');
  // The claim that looks chosen is, before anything has the focus.
  const first = page.getByRole('region', { name: 'Claims', exact: true }).locator('[aria-current=true]');
  const label = /\b(C\d+)\b/.exec(await first.innerText())[1];
  await page.getByText(`${label} selected`).waitFor();
  const count = async (side) => (await claims(dir)).find((claim) => claim.label === label)[side].length;
  const before = { supports: await count('supports'), contradicts: await count('contradicts') };
  for (const [key, side] of [
    ['f', 'supports'],
    ['g', 'contradicts'],
  ]) {
    await page.keyboard.press('e');
    await page.getByRole('menu', { name: `Evidence on ${label}` }).waitFor();
    await page.keyboard.press(key);
    await page.getByRole('textbox', { name: /^Write/ }).waitFor();
    await until('the line has the focus', () =>
      page.evaluate(() => document.activeElement.tagName === 'TEXTAREA'),
    );
    await page.keyboard.type(`log seen on egress-${key}`);
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Write' }).waitFor({ state: 'detached' });
    assert.equal(await count(side), before[side] + 1);
  }
  await first.waitFor();
  assert.deepEqual(page.problems, []);
});

test('Tab widens the palette from the selected thing to the whole incident', async (t) => {
  const { page } = await shown(t, 'cockpit');
  await page.keyboard.press('j');
  await page.keyboard.press('Control+k');
  const groups = () =>
    page.locator('#found [role=group]').evaluateAll((all) => all.map((el) => el.getAttribute('aria-label')));
  await until('what can be done with the thread comes first', async () =>
    /^T3 /.test((await groups())[0] ?? ''),
  );
  await page.getByRole('button', { name: 'on T3', exact: true }).waitFor();
  await page.keyboard.press('Tab');
  await until('the whole incident is looked through', async () => (await groups())[0] === 'Do');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
  await page.keyboard.press('Tab');
  await until('the thread comes first again', async () => /^T3 /.test((await groups())[0] ?? ''));
  assert.deepEqual(page.problems, []);
});

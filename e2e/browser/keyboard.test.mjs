// A whole visit without a mouse: only keys are pressed, and what has the focus is always to be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { screens } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** What has the focus must be drawn so: an outline or a shadow around it, and inside the window. */
async function focusIsSeen(page) {
  await until('what has the focus is drawn so', () =>
    page.evaluate(() => {
      const el = document.activeElement;
      if (!el || el === document.body) return false;
      const box = el.getBoundingClientRect();
      const inside =
        box.width > 0 &&
        box.top >= 0 &&
        box.left >= 0 &&
        box.bottom <= innerHeight &&
        box.right <= innerWidth;
      for (let at = el; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') return inside;
      }
      return false;
    }),
  );
}

test('reading in, by keyboard', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('article', { name: 'Brief' }).waitFor();

  // A sentence, its source, and back to the sentence.
  await press(page, 'j', 'j');
  await focusIsSeen(page);
  const from = await page.evaluate(() => document.activeElement.dataset.opens);
  await press(page, 'Enter');
  await page.getByText('The record').waitFor();
  await press(page, 'Escape');
  await until(
    'the focus is back where it came from',
    async () => (await page.evaluate(() => document.activeElement.dataset.opens)) === from,
  );

  // The cockpit: a thread, the next column, the next panel.
  await press(page, '1');
  await page.getByRole('region', { name: 'Threads' }).waitFor();
  await press(page, 'j', 'ArrowRight');
  await focusIsSeen(page);
  await press(page, 'Enter');
  await page.getByRole('region', { name: /^Thread T/ }).waitFor();
  await press(page, 'Escape');
  await page.getByRole('region', { name: 'Threads' }).waitFor();
  await press(page, 'F6');
  await focusIsSeen(page);

  // The claims: the next one shows what speaks for it.
  await press(page, '2');
  await page.getByRole('region', { name: 'Claims', exact: true }).locator('[data-item]').first().waitFor();
  await press(page, 'j', 'j');
  await focusIsSeen(page);
  await page
    .getByRole('region', { name: /^Claim C/ })
    .getByRole('heading', { name: 'What speaks for it and against it' })
    .waitFor();

  // The palette finds a claim by its words; the keys are listed; the list of incidents is one key away.
  await press(page, 'Control+k');
  await page.keyboard.type('nordbank healthy');
  await until('the claim is found', () => page.getByRole('option', { name: /Nordbank is healthy/ }).count());
  await press(page, 'Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page
    .getByRole('region', { name: /claim/i })
    .filter({ hasText: 'Nordbank is healthy' })
    .first()
    .waitFor();
  await press(page, '?');
  const sheet = page.getByRole('dialog', { name: 'Keys for here' });
  await sheet.waitFor();
  await press(page, 'Escape');
  // One that is closed has no role any more, and takes the keys until it is gone.
  await page.locator('dialog').waitFor({ state: 'detached' });
  await press(page, 'Control+0');
  await page.getByRole('heading', { name: 'Incidents' }).waitFor();
  await press(page, 'j');
  await focusIsSeen(page);

  // An incident is declared, and is there for another process.
  await press(page, 'Control+n');
  await page.getByLabel('What is broken?').waitFor();
  await page.keyboard.type('Refunds hang');
  await press(page, 'Enter');
  await page.getByText('No threads yet').waitFor();
  const titles = JSON.parse(await bearings(dir, 'list', '--json')).map((incident) => incident.title);
  assert.ok(titles.includes('Refunds hang'));
  assert.deepEqual(page.problems, []);
});

/** Presses keys on what has the focus until that is no other, and returns what has had it. */
async function arrows(page, key) {
  const passed = [];
  for (;;) {
    const before = await page.evaluate(() => document.activeElement.dataset.tabbed);
    await press(page, key);
    const at = await page.evaluate(() => document.activeElement.dataset.tabbed);
    if (at === undefined || at === before || passed.includes(at)) return passed;
    passed.push(at);
  }
}

const walked = [
  'brief',
  'cockpit',
  'claims',
  'timeline',
  'inbox',
  'thread',
  'beside',
  'evidence',
  'tree',
  'worklist',
  'recheck',
  'incidents',
  'settings',
];
test('Tab, and the arrows along a row, reach everything that can be pressed', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const url = await serve(t, dir);
  for (const name of walked) {
    await t.test(`${name}, by Tab and arrows`, async (t) => {
      const page = await openPage(t, await chromium(), url);
      await screens.find((screen) => screen.name === name).show(page);
      const all = await page.evaluate(() => {
        const pressable = [
          ...(document.querySelector('dialog[open]') ?? document).querySelectorAll(
            'button, a[href], summary, input:not([type=radio]), input[type=radio]:checked',
          ),
        ];
        const shown = pressable.filter((el) => !el.disabled && el.getClientRects().length > 0);
        shown.forEach((el, i) => (el.dataset.tabbed = String(i)));
        return shown.length;
      });
      assert.ok(all > 3);
      const reached = new Set();
      // Once around. What is no button may take the focus, too: marks of a timeline, and what scrolls.
      for (let i = 0, first; i < 5 * all; i += 1) {
        await press(page, 'Tab');
        const at = await page.evaluate(() => document.activeElement.dataset.tabbed);
        if (at === undefined) continue;
        if (at === first) break;
        first ??= at;
        reached.add(at);
      }
      // A row is one stop of Tab; what lies along it is reached by the arrows from there, and what folds it is done by them.
      const rest = () =>
        page.evaluate(
          (reached) =>
            [...document.querySelectorAll('[data-tabbed]')]
              .filter((el) => !reached.includes(el.dataset.tabbed))
              .map((el) => ({
                id: el.dataset.tabbed,
                row: el.closest('li')?.querySelector('[data-item]')?.dataset.tabbed,
                folds: el.ariaExpanded,
                html: el.outerHTML.slice(0, 120),
              })),
          [...reached],
        );
      for (const { id, row, folds } of await rest()) {
        if (reached.has(id) || !reached.has(row)) continue;
        await page.locator(`[data-tabbed="${row}"]`).focus();
        if (folds === null) for (const at of await arrows(page, 'ArrowRight')) reached.add(at);
        else {
          await press(page, folds === 'true' ? 'ArrowLeft' : 'ArrowRight');
          const now = page.locator(`[data-tabbed="${id}"]`);
          await until('the row is folded', async () => (await now.getAttribute('aria-expanded')) !== folds);
          await press(page, folds === 'true' ? 'ArrowRight' : 'ArrowLeft');
          reached.add(id);
        }
      }
      assert.deepEqual(await rest(), []);
    });
  }
});

test('what the pointer opens on a thing, a key opens as well, with the same in it', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await screens.find((screen) => screen.name === 'cockpit').show(page);
  const card = page.getByRole('region', { name: 'Threads' }).locator('[data-item]').first();
  const rows = () => page.getByRole('menuitem').allInnerTexts();
  await card.click({ button: 'right' });
  await page.getByRole('menu').waitFor();
  const pointed = await rows();
  await press(page, 'Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await card.focus();
  await press(page, 'Shift+F10');
  await page.getByRole('menu').waitFor();
  assert.ok(pointed.length > 5);
  assert.deepEqual(await rows(), pointed);
});

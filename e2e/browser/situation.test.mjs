// The situation is seen whole: it never scrolls, whatever the size of the window and however much there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { crowd } from '../support/crowd.mjs';
import { situationBeyond } from '../support/fit.mjs';
import { sample, workspace } from '../support/program.mjs';
import { screens, sizes } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const screen = (name) => screens.find((s) => s.name === name);

// The window's size less the bar of menus that the desktop draws.
const menuBar = 27;
const withMenus = sizes.map(({ width, height }) => ({ width, height: height - menuBar }));

for (const [content, fill] of Object.entries({ sample, crowded: crowd })) {
  test(`the situation never scrolls, ${content}`, async (t) => {
    const dir = await workspace(t);
    await fill(dir);
    const page = await openPage(t, await chromium(), await serve(t, dir));
    for (const name of ['cockpit', 'past-cockpit', 'composer']) {
      await screen(name).show(page);
      for (const { width, height } of [...sizes, ...withMenus]) {
        await page.setViewportSize({ width, height });
        // How large everything is drawn follows the size of the window a moment later.
        await until(
          `the situation fits, ${name} at ${width} × ${height}`,
          async () => (await situationBeyond(page)) === 0,
        );
      }
      if (name.startsWith('past')) await page.keyboard.press('n');
    }
  });
}

test('at the largest letters in the smallest window, the bar at the top holds what is on it', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir), sizes[0]);
  await screen('cockpit').show(page);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Control+=');
  const drawn = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--size'));
  await until('everything is drawn half as large again', async () => (await drawn()) === '1.5');
  const boxes = await page
    .locator('header :is(.ident, .phase, nav, .find)')
    .evaluateAll((all) =>
      all.map((el) => [el.getBoundingClientRect().left, el.getBoundingClientRect().right]),
    );
  const [ident, phase, nav, find] = boxes;
  const ends = [ident[1], nav[0], nav[1], find[0], find[1], sizes[0].width];
  assert.deepEqual(
    ends,
    ends.toSorted((a, b) => a - b),
    'they stand one after the other',
  );
  assert.ok(phase[1] <= nav[0], 'the status is under the views');
});

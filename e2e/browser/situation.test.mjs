// The situation is seen whole: it never scrolls, whatever the size of the window and however much there is.
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

// The window for every eye and every screen: any text size, the colours of the system, more contrast, no motion, and too much
// of everything in long words and other scripts. Nothing is cut off, nothing moves, the focus is always to be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { crowd } from '../support/crowd.mjs';
import { beyond, cutOff, focusIsOutlined, moving, situationBeyond } from '../support/fit.mjs';
import { sample, workspace } from '../support/program.mjs';
import { screens, sizes } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const screen = (name) => screens.find((s) => s.name === name);

/** Sets the size of the text as it was kept by an earlier visit: no key is of use in every dialog. */
const textSize = (page, percent) =>
  page.evaluate((percent) => globalThis.go.app.Settings.Keep('size', String(percent)), percent);

// The window's size less the bar of menus that the desktop draws.
const menuBar = 27;
const withMenus = sizes.map(({ width, height }) => ({ width, height: height - menuBar }));

/** A workspace that is served until the test is over, and a browser to look at it. */
async function shown(t, fill) {
  const dir = await workspace(t);
  await fill(dir);
  const url = await serve(t, dir);
  const browser = await chromium();
  return { dir, open: (t) => openPage(t, browser, url) };
}

for (const [content, fill] of Object.entries({ sample, crowded: crowd })) {
  test(`the situation never scrolls, ${content}`, async (t) => {
    const { open } = await shown(t, fill);
    const page = await open(t);
    for (const name of ['cockpit', 'composer']) {
      await screen(name).show(page);
      for (const { width, height } of [...sizes, ...withMenus]) {
        await page.setViewportSize({ width, height });
        // How large everything is drawn follows the size of the window a moment later.
        await until(
          `the situation fits, ${name} at ${width} × ${height}`,
          async () => (await situationBeyond(page)) === 0,
        );
      }
    }
  });
}

for (const percent of [85, 150]) {
  test(`every screen at a text size of ${percent} %`, async (t) => {
    const { open } = await shown(t, crowd);
    await textSize(await open(t), percent);
    for (const { name, show } of screens.filter((s) => s.on.includes('crowded'))) {
      await t.test(`${name}, ${percent} %`, async (t) => {
        const page = await open(t);
        await show(page);
        assert.equal(await beyond(page), 0);
        assert.deepEqual(await cutOff(page), []);
        assert.deepEqual(await moving(page), []);
        assert.deepEqual(page.problems, []);
      });
    }
  });
}

test('every screen in the colours of the system, with more contrast', async (t) => {
  const { dir, open } = await shown(t, sample);
  for (const { name, show } of screens.filter((s) => s.on.includes('sample'))) {
    await t.test(`${name}, forced colours`, async (t) => {
      const page = await open(t);
      await page.emulateMedia({ forcedColors: 'active', contrast: 'more' });
      await show(page, dir);
      assert.deepEqual(await cutOff(page), []);
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab');
        // After the last of the page comes the browser's own.
        if (await page.evaluate(() => document.activeElement === document.body)) continue;
        await until('what has the focus is outlined', () => focusIsOutlined(page), 3000).catch(
          async (error) => {
            const at = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160));
            throw new Error(`the focus is not to be seen on ${at}`, { cause: error });
          },
        );
      }
      assert.deepEqual(page.problems, []);
    });
  }
});

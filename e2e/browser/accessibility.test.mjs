// Every screen and dialog, with nothing, enough and too much on it: nothing that axe objects to in either theme, nothing cut
// off sideways at any size that the window is drawn for, no error on the page's console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, openPage, serve } from '../support/browser.mjs';
import { crowd } from '../support/crowd.mjs';
import { sample, workspace } from '../support/program.mjs';
import { screens, sizes } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';

const contents = { empty: async () => {}, sample, crowded: crowd };

for (const [content, fill] of Object.entries(contents)) {
  test(`every screen, ${content}`, async (t) => {
    const dir = await workspace(t);
    await fill(dir);
    const url = await serve(t, dir);
    const browser = await chromium();
    for (const screen of screens.filter((s) => s.on.includes(content))) {
      await t.test(`${screen.name}, ${content}`, async (t) => {
        const page = await openPage(t, browser, url);
        await screen.show(page, dir);
        assert.deepEqual(await accessibility(page), [], 'dark');
        // Colours hang on the theme, and not on how much there is.
        if (content !== 'crowded') {
          await page.emulateMedia({ colorScheme: 'light' });
          assert.deepEqual(await accessibility(page, 'colours'), [], 'light');
        }
        for (const { width, height } of sizes) {
          await page.setViewportSize({ width, height });
          const beyond = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          assert.equal(beyond, 0, `the page is wider than ${width} × ${height}`);
        }
        assert.deepEqual(page.problems, []);
      });
    }
  });
}

// Every screen, in both themes, at the two sizes that it is drawn for, with nothing, enough and too much on it: nothing
// that axe objects to, nothing cut off sideways, no error on the page's console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, launch, openPage, serve } from '../support/browser.mjs';
import { crowd } from '../support/crowd.mjs';
import { sample, workspace } from '../support/program.mjs';
import { screens, sizes, themes } from '../support/screens.mjs';

const contents = { empty: async () => {}, sample, crowded: crowd };

for (const [content, fill] of Object.entries(contents)) {
  test(`every screen, ${content}`, async (t) => {
    const dir = await workspace(t);
    await fill(dir);
    const url = await serve(t, dir);
    const browser = await launch(t);
    for (const screen of screens.filter((s) => s.on.includes(content))) {
      for (const theme of themes) {
        for (const size of sizes) {
          await t.test(`${screen.name}, ${content}, ${theme}, ${size.width} × ${size.height}`, async (t) => {
            const page = await openPage(t, browser, url, { theme, ...size });
            await screen.show(page);
            assert.deepEqual(await accessibility(page), []);
            const beyond = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            assert.equal(beyond, 0, 'the page is wider than the window');
            assert.deepEqual(page.problems, []);
          });
        }
      }
    }
  });
}

// Every screen and dialog, with nothing, enough and too much on it, for every eye: nothing that axe objects to in either theme,
// nothing cut off sideways at any size that the window is drawn for and at any size of its text, nothing that moves, the focus
// always to be seen, also in the colours of the system. No error on the page's console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, openPage, serve } from '../support/browser.mjs';
import { crowd } from '../support/crowd.mjs';
import { beyond, cutOff, focusIsOutlined, moving } from '../support/fit.mjs';
import { sample, workspace } from '../support/program.mjs';
import { screens, sizes } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

/** Nothing is cut off, whatever the size of the window. */
async function fits(page) {
  for (const { width, height } of sizes) {
    await page.setViewportSize({ width, height });
    assert.equal(await beyond(page), 0, `the page is wider than ${width} × ${height}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Draws the page as it is for somebody who chose that size of text. No key is of use in every dialog. */
const textSize = (page, percent) =>
  page.evaluate((size) => {
    document.documentElement.style.setProperty('--size', String(size));
    document.documentElement.style.setProperty('--scale', `scale(${size})`);
  }, percent / 100);

/** Nothing is cut off, nor moves, whatever the size of the text. */
async function fitsAtAnyTextSize(page) {
  for (const percent of [85, 150]) {
    await textSize(page, percent);
    assert.equal(await beyond(page), 0, `the page is too wide at ${percent} %`);
    // What is placed by what it measures, as the picture of what rests on what, is placed anew once it has.
    await until('nothing is cut off', async () => (await cutOff(page)).length === 0, 5000).catch(
      () => undefined,
    );
    assert.deepEqual(await cutOff(page), [], `${percent} %`);
    assert.deepEqual(await moving(page), [], `${percent} %`);
  }
}

/** In the colours of the system, what has the focus is outlined: where it is, and on what comes next within the screen or the dialog. */
async function showsFocusInSystemColours(page) {
  await page.emulateMedia({ forcedColors: 'active', contrast: 'more' });
  assert.deepEqual(await cutOff(page), [], 'forced colours');
  // The bar at the top is the same on all of them, and comes before what is theirs.
  await page.evaluate(() => {
    if (document.activeElement.closest('dialog, main')) return;
    const main = document.querySelector('main');
    main.tabIndex = -1;
    main.focus();
  });
  for (let i = 0; i < 6; i += 1) {
    await page.keyboard.press('Tab');
    // After the last of the page comes the browser's own.
    const seen = () =>
      page
        .evaluate(() => document.activeElement === document.body)
        .then((body) => body || focusIsOutlined(page));
    await until('what has the focus is outlined', seen, 3000).catch(async (error) => {
      const at = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160));
      throw new Error(`the focus is not to be seen on ${at}`, { cause: error });
    });
  }
}

/** Nothing that axe objects to, dark and light. */
async function holdsInBothThemes(page) {
  assert.deepEqual(await accessibility(page), [], 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await accessibility(page, 'colours'), [], 'light');
}

/** Colours hang on the theme, and not on how much there is. */
async function holdsWithMuch(page) {
  assert.deepEqual(await accessibility(page, 'structure'), []);
}

const contents = {
  empty: { fill: async () => {}, has: [holdsInBothThemes, fits] },
  sample: { fill: sample, has: [holdsInBothThemes, fits, showsFocusInSystemColours] },
  crowded: { fill: crowd, has: [holdsWithMuch, fits, fitsAtAnyTextSize] },
};

for (const [content, { fill, has }] of Object.entries(contents)) {
  test(`every screen, ${content}`, async (t) => {
    const dir = await workspace(t);
    await fill(dir);
    const url = await serve(t, dir);
    const browser = await chromium();
    for (const screen of screens.filter((s) => s.on.includes(content))) {
      await t.test(`${screen.name}, ${content}`, async (t) => {
        const page = await openPage(t, browser, url);
        await screen.show(page, dir);
        for (const holds of has) await holds(page);
        assert.deepEqual(page.problems, []);
      });
    }
  });
}

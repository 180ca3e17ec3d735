// The user's guide is true: every line that it says one can type is one that can be recorded, and every key in its table is
// one that the window knows.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { keyboardOf, openPage, serve } from '../support/browser.mjs';
import { line, lineIsOpen, select } from '../support/incident.mjs';
import { root, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const guide = await readFile(join(root, 'docs/GUIDE.md'), 'utf8');

/** What stands in backticks in the first cells of the table under a heading. */
const firstCells = (heading) =>
  guide
    .split('\n## ')
    .find((section) => section.startsWith(heading))
    .split('\n')
    .filter((row) => row.startsWith('| `'))
    .flatMap((row) => [...row.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, text]) => text));

test('every line of the guide can be recorded', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  const keyboard = keyboardOf(page);
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  await keyboard.press('1');
  await keyboard.says('Do next');
  await line(keyboard, ['l'], '/join Raj Subramaniam', 'Raj Subramaniam joins');
  await line(keyboard, ['l'], '/join Mei Lin', 'Mei Lin joins');
  const lines = firstCells('One line').filter((text) => !text.includes('…'));
  assert.ok(lines.length > 15);
  await select(keyboard, 'T1');
  await keyboard.press('u');
  await lineIsOpen(keyboard);
  for (const text of lines) {
    await keyboard.press('Control', 'a');
    await keyboard.press('Backspace');
    await keyboard.says('new line'); // what was said of the line before is gone
    await keyboard.type(text);
    const says = await until(`it is said what “${text}” does`, () =>
      page.evaluate((text) => {
        const means = document.querySelector('#means');
        const typed = document.querySelector('form[aria-label=Write] textarea').value === text;
        return typed && means.querySelector('kbd')?.innerText === '↵' && means.innerText;
      }, text),
    );
    assert.doesNotMatch(says, /new line|tries again/);
  }
});

test('every key of the guide is on the sheet of keys somewhere', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  const known = new Set();
  for (const place of [['1'], ['1', 'j'], ['2'], ['4', 'j'], ['Control+0']]) {
    for (const key of place) await page.keyboard.press(key);
    if (place.includes('j')) await page.getByText(/ selected$/).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys for here' });
    await sheet.waitFor();
    for (const shown of await sheet.locator('dd kbd').allInnerTexts()) {
      const key = shown.trim().replace('↵', 'Enter');
      known.add(key);
      // Of two keys, one after the other, the guide tells each.
      if (/^\S \S$/.test(key)) for (const one of key.split(' ')) known.add(one);
    }
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  }
  const missing = firstCells('Keys').filter((key) => !known.has(key));
  assert.deepEqual(missing, []);
});

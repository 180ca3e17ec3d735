import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyboardOf, openPage, serve } from '../support/browser.mjs';
import { sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { typeAhead } from '../support/typing.mjs';

test('what is typed while a line is recorded is not lost', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  await typeAhead(keyboardOf(page), dir);
  assert.deepEqual(page.problems, []);
});

test('a number that is typed stays one, whatever is offered meanwhile', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('article', { name: 'Brief' }).waitFor();
  const field = page.getByLabel('Write in the log');
  const option = page.getByRole('option').first();
  const offered = () => option.waitFor();
  // What was offered for another line is gone first: no key takes it.
  const begin = async (line) => {
    await field.fill('');
    await option.waitFor({ state: 'detached' });
    await field.fill(line);
    await offered();
  };

  await page.keyboard.press('c');
  await page.keyboard.type('They fail only on ');
  await offered();
  await page.keyboard.type('4.17 and for ');
  assert.equal(await field.inputValue(), '/c They fail only on 4.17 and for ');

  await begin('/refute C4 ');
  await page.keyboard.type('1a still fails');
  assert.equal(await field.inputValue(), '/refute C4 1a still fails');

  await begin('/refute C4 ');
  await page.keyboard.press('Control+1');
  assert.equal(await field.inputValue(), '/refute C4 by E20 ');
  assert.deepEqual(page.problems, []);
});

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

// A whole incident by keyboard alone, in Chromium; e2e/window does the same in the real window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyboardOf, openPage, serve } from '../support/browser.mjs';
import { runIncident } from '../support/incident.mjs';
import { workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';

test('a whole incident by keyboard alone, and the command line agrees', async (t) => {
  const dir = await workspace(t);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await runIncident(keyboardOf(page), dir);
  assert.deepEqual(page.problems, []);
});

// A whole incident by keyboard alone, in the window that is shipped.
import { test } from 'node:test';
import { runIncident } from '../support/incident.mjs';
import { workspace } from '../support/program.mjs';
import { openWindow } from './driver.mjs';

test('a whole incident by keyboard alone, in the real window, and the command line agrees', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir);
  await runIncident(window, dir);
  await window.screenshot('window-incident');
});

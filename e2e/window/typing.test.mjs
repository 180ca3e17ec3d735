import { test } from 'node:test';
import { sample, workspace } from '../support/program.mjs';
import { typeAhead } from '../support/typing.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

test('what is typed while a line is recorded is not lost, in the real window', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const window = await openWindow(t, dir);
  await until('the brief is read', () =>
    window.page(() => document.querySelector('article[aria-label=Brief]') !== null),
  );
  await typeAhead(window, dir);
});

import { test } from 'node:test';
import { few, keystrokes } from '../support/keystrokes.mjs';
import { workspace } from '../support/program.mjs';
import { openWindow } from './driver.mjs';

test('in the real window, a note, taking a thread and the worst problem take as few keys as promised', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('Who is reading');
  await window.press('1');
  await window.says('Do next');
  const took = await keystrokes(window, dir);
  t.diagnostic(`worst problem ${took.worst}, note ${took.note} beyond its text, take ${took.take}`);
  few(took);
});

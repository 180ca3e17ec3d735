import { test } from 'node:test';
import { keyboardOf, openPage, serve } from '../support/browser.mjs';
import { few, keystrokes } from '../support/keystrokes.mjs';
import { sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';

test('a note, taking a thread and the worst problem take as few keys as promised', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  const keyboard = keyboardOf(page);
  await keyboard.says('Who is reading');
  await keyboard.press('1');
  await keyboard.says('Do next');
  const took = await keystrokes(keyboard, dir);
  t.diagnostic(`worst problem ${took.worst}, note ${took.note} beyond its text, take ${took.take}`);
  few(took);
});

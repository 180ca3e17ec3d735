// Somebody types on while a line is being recorded, on a machine whose disk has all the time in the world: no key is lost.
// A keyboard is one of those that incident.mjs speaks of.
import assert from 'node:assert/strict';
import { lineIsOpen } from './incident.mjs';
import { bearings } from './program.mjs';
import { until } from './wait.mjs';

const standing = () => document.querySelector('form[aria-label=Write] textarea')?.value;
const asked = async (dir) =>
  JSON.parse(await bearings(dir, 'show', 'latest', '--json')).questions.map((question) => question.text);

/** Keeps what is sent to Go from reaching it until letGo() is called on the page. */
const hold = () => {
  const composer = globalThis.go.app.Composer;
  const send = composer.Send;
  const held = new Promise((letGo) => (globalThis.letGo = letGo));
  composer.Send = async (...line) => {
    await held;
    return send(...line);
  };
  return true;
};

/** Types ahead, in a window that shows an incident without questions. */
export async function typeAhead(keyboard, dir) {
  const before = await asked(dir);
  await keyboard.page(hold);
  await keyboard.press('l');
  await lineIsOpen(keyboard);
  await keyboard.type('/q One?');
  await keyboard.press('Enter');
  await keyboard.type('/q Two');
  await keyboard.type(' or more?');
  await keyboard.press('Enter');
  await keyboard.type('/q Thr');
  await keyboard.says('Recording /q One?');
  assert.equal(await keyboard.page(standing), '/q Thr');
  assert.deepEqual(await asked(dir), before);

  await keyboard.page(() => {
    globalThis.letGo();
    return true;
  });
  await keyboard.type('ee');
  await until('both lines are recorded', async () => (await asked(dir)).length === before.length + 2);
  await until('nothing is being recorded any more', () =>
    keyboard.page(() => !document.querySelector('#means').innerText.includes('Recording')),
  );
  await keyboard.type('?');
  assert.equal(await keyboard.page(standing), '/q Three?');
  await keyboard.press('Enter');
  await until('the line is closed', async () => ((await keyboard.page(standing)) ?? null) === null);
  assert.deepEqual(await asked(dir), [...before, 'One?', 'Two or more?', 'Three?']);
}

// How many keys it takes to do what a lead does all the time. Every key that goes down counts, Shift too; a character of a
// text that has to be typed anyway does not.
import assert from 'node:assert/strict';
import { bearings } from './program.mjs';
import { lineIsOpen, select } from './incident.mjs';
import { until } from './wait.mjs';

/** Counts the keys that reach the page from now on. */
const count = (keyboard) =>
  keyboard.page(() => {
    window.keysDown = 0;
    window.keyCounter ??=
      addEventListener('keydown', () => (window.keysDown += 1), { capture: true }) ?? true;
  });
const counted = (keyboard) => keyboard.page(() => window.keysDown);

/** Measures the three on the sample incident, whose cockpit is open. Returns how many keys each took. */
export async function keystrokes(keyboard, dir) {
  const took = {};
  const state = async () => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));

  await count(keyboard);
  const open = () => document.querySelector('form[aria-label=Write], main section.pane') !== null;
  assert.equal(await keyboard.page(open), false);
  await keyboard.press('p');
  await until('what answers the worst problem is open', () => keyboard.page(open));
  took.worst = await counted(keyboard);
  await keyboard.press('Escape');
  await until('it is closed', async () => !(await keyboard.page(open)));

  const { threads } = await state();
  const thread = threads.find((one) => ['active', 'waiting'].includes(one.state) && one.owner !== '');
  await select(keyboard, thread.label);
  const text = 'The rollback is through in zone 1a';
  await count(keyboard);
  await keyboard.press('u');
  await lineIsOpen(keyboard);
  await keyboard.type(text);
  await keyboard.press('Enter');
  const now = async () => (await state()).threads.find((one) => one.label === thread.label);
  await until('the note is on the thread', async () => (await now()).last_note === text);
  took.note = (await counted(keyboard)) - text.length;

  // The command line may know of the note before the window has closed its line.
  await until('the line is closed', () =>
    keyboard.page(() => document.querySelector('form[aria-label=Write]') === null),
  );
  await keyboard.says(`${thread.label} selected`);
  await count(keyboard);
  await keyboard.press('Shift', 'O');
  await until('the thread has another owner', async () => (await now()).owner !== thread.owner);
  took.take = await counted(keyboard);
  return took;
}

/** Holds them to what was promised. */
export function few(took) {
  assert.ok(took.worst >= 1 && took.worst <= 1, `opening the worst problem took ${took.worst} keys`);
  assert.ok(took.note >= 1 && took.note <= 3, `a note on a thread took ${took.note} keys beyond its text`);
  assert.ok(took.take >= 1 && took.take <= 2, `taking a thread took ${took.take} keys`);
}

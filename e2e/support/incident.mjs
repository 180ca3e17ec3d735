// A whole incident, run from the window by keyboard alone, by whoever drives it: WebKit's driver or Chromium's.
//
// A keyboard is { press(...together), type(text), says(words), page(function, ...values) }: pressing and typing send real
// keys to what has the focus, and the page is only ever read.
import assert from 'node:assert/strict';
import { bearings } from './program.mjs';
import { until } from './wait.mjs';

const composing = () => document.querySelector('form[aria-label=Write] textarea') !== null;
const selected = () => /^(\S+) selected$/.exec(document.querySelector('footer .place')?.innerText)?.[1];

/** Whether the window waits for a line to be typed: the composer is open, and has the focus. */
export const lineIsOpen = (keyboard) =>
  until('a line can be typed', () =>
    keyboard.page(() => document.activeElement?.matches('form[aria-label=Write] textarea')),
  );

/** Records the line that stands in the composer, and waits for the window to say that it did. */
export async function enter(keyboard, says) {
  await keyboard.press('Enter');
  await until('the line is recorded', async () => !(await keyboard.page(composing)));
  await keyboard.says(says);
}

/** Opens the composer by a key, types a line, and records it. */
export async function line(keyboard, key, text, says) {
  await keyboard.press(...key);
  await lineIsOpen(keyboard);
  await keyboard.type(text);
  await enter(keyboard, says);
}

/** Walks over the board to a thread, as somebody would who looks where it is. */
export async function select(keyboard, label) {
  const reached = async () => (await keyboard.page(selected)) === label;
  const columns = 3;
  const most = 12; // cards of a column
  if (await reached()) return;
  const onTheBoard = () =>
    keyboard.page(() => document.activeElement.closest('section[aria-label=Threads] [data-item]') !== null);
  for (let panel = 0; panel < 6 && !(await onTheBoard()); panel += 1) await keyboard.press('F6');
  for (let i = 1; i < columns; i += 1) await keyboard.press('ArrowLeft');
  for (let column = 0; column < columns; column += 1) {
    await keyboard.press('Home');
    let last;
    for (let card = 0; card < most; card += 1) {
      if (await reached()) return;
      const now = await keyboard.page(selected);
      if (now === last) break;
      last = now;
      await keyboard.press('j');
    }
    await keyboard.press('ArrowRight');
  }
  throw new Error(`${label} is not on the board`);
}

const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
const minutes = 60_000;

/** Runs the incident, in a window that was opened on an empty workspace, and has the command line agree with it. */
export async function runIncident(keyboard, dir) {
  // Declared: what, how bad, who says so.
  await keyboard.says('Nothing is recorded here yet');
  await until('the title can be typed', () => keyboard.page(() => document.activeElement?.id === 'title'));
  await keyboard.type('Checkout answers 502');
  await keyboard.press('Tab');
  for (let i = 0; i < 3; i += 1) await keyboard.press('ArrowRight');
  await keyboard.press('Tab');
  await keyboard.press('Control', 'a');
  await keyboard.type('Ana');
  await keyboard.press('Enter');
  await keyboard.says('No threads yet');

  // The worst problem is one key away: nobody leads.
  await keyboard.says('Nobody leads');
  await line(keyboard, ['p'], '', 'Ana leads');

  // Three threads, and the people for them.
  await line(keyboard, ['t'], 'investigate Errors of the gateway 15m', 'recorded as T1');
  await line(keyboard, ['t'], 'mitigate Roll back 4.17', 'recorded as T2');
  // What is new is selected: taking it is one key.
  await until('the new thread is selected', async () => (await keyboard.page(selected)) === 'T2');
  await keyboard.press('Shift', 'O');
  await keyboard.says('T2 is Ana');
  await line(keyboard, ['t'], 'comms Tell the support desk', 'recorded as T3');
  await line(keyboard, ['l'], '/join Raj Subramaniam: knows the gateway', 'Raj Subramaniam joins');
  await line(keyboard, ['l'], '/join Mei Lin: speaks for support', 'Mei Lin joins');
  await line(keyboard, ['l'], '/impact Every second card payment fails', 'Impact');
  await select(keyboard, 'T1');
  await line(keyboard, ['o'], 'raj', 'T1 is Raj Subramaniam');
  await select(keyboard, 'T3');
  await line(keyboard, ['o'], 'mei', 'T3 is Mei Lin');

  // What they see, do and need; what is believed; and a note that is taken back.
  await select(keyboard, 'T1');
  await line(keyboard, ['u'], 'All errors come from zone 1b', 'Note on T1');
  await line(
    keyboard,
    ['u'],
    'seeing: timeouts to the ledger doing: reading its pool need: somebody who knows the ledger',
    'Note on T1',
  );
  await keyboard.says('somebody who knows the ledger');
  await line(keyboard, ['c'], 'The pool of zone 1b is empty test: restart one pod', 'recorded as C1');
  await line(keyboard, ['u'], 'This belongs elsewhere', 'Note on T1');
  await keyboard.press('Control', 'z');
  const lastNote = async () => (await show(dir)).threads.find((thread) => thread.label === 'T1').last_note;
  await until('the note is taken back', async () => (await lastNote()).includes('somebody who knows'));

  // An action in time, and one that another process records, whose time was over before it came.
  await select(keyboard, 'T2');
  await line(keyboard, ['a'], '@raj 10m Drain zone 1b on C1', 'recorded as A1');
  const { threads } = await show(dir);
  const late = {
    do: 'action.add',
    by: 'Raj Subramaniam',
    at: new Date(Date.now() - 12 * minutes).toISOString(),
    text: 'Page the owner of the ledger',
    owner: 'Raj Subramaniam',
    thread: threads.find((thread) => thread.label === 'T2').id,
    minutes: 1,
  };
  await bearings(dir, 'record', 'latest', JSON.stringify(late));
  await keyboard.says('11 min over');
  const overdue = (await show(dir)).actions.filter((action) => action.overdue);
  assert.deepEqual(
    overdue.map((action) => action.label),
    ['A2'],
  );
  // It is the worst problem now, and one key begins the line that answers it.
  await until('the late action is the first of what to do next', () =>
    keyboard.page(() => document.querySelector('ol.next li')?.innerText.includes('A2')),
  );
  await line(keyboard, ['p'], 'She is on her way', 'A2: done');

  // Worse, with its reason; then over.
  await line(keyboard, ['l'], '/sev 1 Half of Europe cannot pay', 'Severity SEV1');
  await line(keyboard, ['l'], '/done A1 Errors fell to zero', 'A1: done');
  await select(keyboard, 'T2');
  await line(keyboard, ['q'], 'Nothing is left of 4.17', 'T2: done');
  await line(keyboard, ['l'], '/status resolved No errors for 20 minutes', 'Status resolved');

  agrees(await show(dir));
}

/** What was done in the window, as the command line tells it. */
function agrees(shown) {
  const { incident } = shown;
  assert.equal(incident.title, 'Checkout answers 502');
  assert.equal(incident.severity, 'SEV1');
  assert.equal(incident.status, 'resolved');
  assert.equal(incident.lead, 'Ana');
  assert.equal(incident.impact, 'Every second card payment fails');
  assert.deepEqual(
    shown.responders.map((r) => r.name),
    ['Ana', 'Raj Subramaniam', 'Mei Lin'],
  );
  assert.deepEqual(
    shown.threads.map((t) => [t.label, t.title, t.kind, t.owner, t.state]),
    [
      ['T1', 'Errors of the gateway', 'investigate', 'Raj Subramaniam', 'active'],
      ['T2', 'Roll back 4.17', 'mitigate', 'Ana', 'done'],
      ['T3', 'Tell the support desk', 'comms', 'Mei Lin', 'active'],
    ],
  );
  assert.deepEqual(
    shown.actions.map((a) => [a.label, a.text, a.owner, a.state, a.overdue]),
    [
      ['A1', 'Drain zone 1b', 'Raj Subramaniam', 'done', false],
      ['A2', 'Page the owner of the ledger', 'Raj Subramaniam', 'done', false],
    ],
  );
  assert.deepEqual(
    shown.claims.map((c) => [c.label, c.text, c.by, c.state]),
    [['C1', 'The pool of zone 1b is empty', 'Ana', 'hypothesis']],
  );
}

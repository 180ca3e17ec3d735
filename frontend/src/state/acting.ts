import type { Card, Chip } from '../backend';
import type { App } from './app.svelte';
import type { Command } from './commands';
import type { Opening } from './composer.svelte';
import { focusItem } from './walk';

/**
 * The acts: what can be done in an incident, and to the thing that is selected. Each is a line that one could type too;
 * most are begun for the person, who goes on typing.
 */

/** What a line is begun with: the text, and where the caret stands in it if not at its end. */
type Begin = (chip: Chip, app: App) => string | { text: string; caret: number };

type Row = Pick<Command, 'id' | 'name' | 'keys'> & Partial<Command>;

/** A line that is begun about the thing that is selected. */
const onThing = (row: Row & { on: string[] }, begin: Begin): Command => ({
  place: 'incident',
  acts: true,
  ...row,
  opens: (app, chip) => opening(row.id, chip, chip ? begin(chip, app) : ''),
  run: (app) => app.subject && app.acts.compose(opening(row.id, app.subject, begin(app.subject, app))),
});

/** A line that is recorded at once. */
const atOnce = (row: Row & { on: string[] }, line: (chip: Chip) => string): Command => ({
  place: 'incident',
  acts: true,
  ...row,
  run: (app) => app.subject && app.acts.lines(app.subject.id, line(app.subject)),
});

/** A line that needs nothing selected; it is about what is, if that can hold it. */
const anywhere = (row: Row, text: string, within: string[] = []): Command => {
  const opens = (app: App, chip = app.subject): Opening =>
    opening(row.id, chip && within.includes(chip.kind) ? chip : undefined, text);
  return { place: 'incident', acts: true, ...row, opens, run: (app) => app.acts.compose(opens(app)) };
};

function opening(name: string, about: Chip | undefined, begun: ReturnType<Begin>): Opening {
  return typeof begun === 'string' ? { name, about, text: begun } : { name, about, ...begun };
}

const is =
  (...words: string[]) =>
  (app: App) =>
    words.includes(app.subject?.word ?? '');
const not =
  (...words: string[]) =>
  (app: App) =>
    !words.includes(app.subject?.word ?? '');
const ends = ['done', 'dead_end', 'failed', 'dropped', 'reversed', 'superseded', 'refuted', 'withdrawn'];
const goesOn = not(...ends);

export function cardOf(app: App, id: string): Card | undefined {
  return app.cockpit?.columns.flatMap((c) => c.cards).find((card) => card.id === id);
}

/** Asks the owner for a word, as a question: a note would count as the word that is missing. */
function nudge(chip: Chip, app: App): string {
  const owner = cardOf(app, chip.id)?.owner ?? '';
  return owner === '' ? '/q any word?' : `/q ${owner.split(' ')[0] ?? owner}: any word?`;
}

/** The columns of the board, and the kind of work that each is for. */
export const columnNames: Record<string, string> = {
  investigating: 'Investigating',
  mitigating: 'Mitigating',
  waiting: 'Waiting on others',
};
export const columnOrder = Object.keys(columnNames);
const kinds: Record<string, string> = { investigating: 'investigate', mitigating: 'mitigate' };

/** Moves a thread to another column, or among the closed: what it is, or what it waits for, changes with it. */
export async function moveTo(app: App, chip: Chip, column: string): Promise<void> {
  if (column === 'waiting') return void app.acts.compose(opening('wait', chip, `/wait ${chip.label} on `));
  if (column === 'closed') return void app.acts.compose(opening('close', chip, `/done ${chip.label} `));
  const kind = kinds[column];
  if (kind === undefined) return;
  const lines: string[] = [];
  if (chip.word === 'waiting' || chip.word === 'parked') lines.push(`/resume ${chip.label}`);
  if (!fits(cardOf(app, chip.id)?.sort ?? '', column)) lines.push(`/kind ${chip.label} ${kind}`);
  if (lines.length > 0) await app.acts.lines(chip.id, ...lines);
}

/** What moving a thread there would do, in a few words; '' where it is there already. */
export function wouldMove(app: App, chip: Chip, column: string): string {
  const now = app.cockpit?.columns.find((c) => c.cards.some((card) => card.id === chip.id))?.name;
  if (column === now) return '';
  return (
    { waiting: 'Wait on…', closed: 'Done, because…', mitigating: 'Mitigate', investigating: 'Investigate' }[
      column
    ] ?? ''
  );
}

/** Whether a kind of work belongs in a column already, as Go sorts it. */
function fits(sort: string, column: string): boolean {
  const mitigating = ['mitigate', 'recover', 'comms'].includes(sort);
  return column === 'mitigating' ? mitigating : !mitigating;
}

function moveBeside(app: App, by: 1 | -1): void {
  const chip = app.subject;
  const at = app.cockpit?.columns.findIndex((c) => c.cards.some((card) => card.id === chip?.id)) ?? -1;
  const next = app.cockpit?.columns[at + by]?.name;
  if (chip && at >= 0 && next !== undefined) void moveTo(app, chip, next);
}

const thread = ['thread'];
const claim = ['claim'];
const action = ['action'];
const decision = ['decision'];

export const acting: Command[] = [
  onThing({ id: 'update', name: 'Update', hint: 'update', keys: ['U'], on: ['thread', 'action'] }, () => ''),
  onThing(
    { id: 'evidence', name: 'Evidence', hint: 'evidence', keys: ['E'], on: ['thread', 'claim'] },
    ({ kind, label }) => (kind === 'claim' ? { text: `/e  for ${label}`, caret: 3 } : '/e '),
  ),
  onThing(
    { id: 'action', name: 'Action', hint: 'action', keys: ['A'], on: ['thread', 'decision'] },
    () => '/a ',
  ),
  onThing(
    {
      id: 'owner',
      name: 'Owner: hand it to…',
      hint: 'owner',
      keys: ['O'],
      on: ['thread', 'action'],
      when: goesOn,
    },
    ({ label }) => `/owner ${label} @`,
  ),
  atOnce(
    { id: 'take', name: 'Take it yourself', keys: ['Shift O'], on: ['thread', 'action'], when: goesOn },
    ({ label }) => `/take ${label}`,
  ),
  onThing(
    {
      id: 'nudge',
      name: 'Nudge its owner',
      hint: 'nudge',
      keys: ['N'],
      on: thread,
      when: goesOn,
      except: ['timeline'],
    },
    nudge,
  ),
  {
    id: 'move',
    name: 'Move to…',
    hint: 'move to…',
    keys: ['M'],
    place: 'incident',
    acts: true,
    on: thread,
    when: goesOn,
    run: (app) => app.openMenu('move'),
  },
  {
    id: 'moveLeft',
    name: 'Move it one column to the left',
    keys: ['Shift Left'],
    place: 'cockpit',
    acts: true,
    silent: true,
    on: thread,
    run: (app) => moveBeside(app, -1),
  },
  {
    id: 'moveRight',
    name: 'Move it one column to the right',
    keys: ['Shift Right'],
    place: 'cockpit',
    acts: true,
    silent: true,
    on: thread,
    run: (app) => moveBeside(app, 1),
  },
  onThing(
    { id: 'wait', name: 'Waiting on…', keys: ['W'], on: thread, when: goesOn },
    ({ label }) => `/wait ${label} on `,
  ),
  atOnce(
    { id: 'resume', name: 'Go on with it', keys: [], on: thread, when: is('waiting', 'parked', ...ends) },
    ({ label }) => `/resume ${label}`,
  ),
  onThing(
    { id: 'due', name: 'Next word due…', keys: [], on: thread, when: goesOn },
    ({ label }) => `/due ${label} `,
  ),
  onThing(
    { id: 'park', name: 'Park it', keys: [], on: thread, when: goesOn },
    ({ label }) => `/park ${label} `,
  ),
  atOnce(
    { id: 'start', name: 'Start it', keys: [], on: action, when: is('proposed', 'assigned', 'blocked') },
    ({ label }) => `/start ${label}`,
  ),
  onThing(
    { id: 'block', name: 'It is blocked…', keys: [], on: action, when: goesOn },
    ({ label }) => `/block ${label} `,
  ),
  onThing(
    { id: 'fail', name: 'It failed…', keys: [], on: action, when: goesOn },
    ({ label }) => `/fail ${label} `,
  ),
  onThing(
    { id: 'drop', name: 'Drop it…', keys: [], on: action, when: goesOn },
    ({ label }) => `/drop ${label} `,
  ),
  onThing(
    { id: 'verify', name: 'Verify', hint: 'verify', keys: ['V'], on: claim },
    ({ label }) => `/verify ${label} `,
  ),
  {
    ...onThing(
      { id: 'refute', name: 'Refute', hint: 'refute', keys: ['Shift V'], on: claim },
      ({ label }) => `/refute ${label} `,
    ),
    run: (app) =>
      app.subject && app.acts.refute(opening('refute', app.subject, `/refute ${app.subject.label} `)),
  },
  onThing(
    { id: 'test', name: 'What would settle it', hint: 'would settle it', keys: ['S'], on: claim },
    ({ label }) => `/test ${label} `,
  ),
  onThing({ id: 'wrong', name: 'Wrong if…', keys: [], on: claim }, ({ label }) => `/wrong ${label} `),
  atOnce({ id: 'still', name: 'Still true', keys: ['.'], on: claim }, ({ label }) => `/still ${label}`),
  onThing(
    { id: 'unsure', name: 'Take back your verdict', keys: [], on: claim },
    ({ label }) => `/unsure ${label} `,
  ),
  onThing(
    { id: 'withdraw', name: 'Withdraw it as moot', keys: [], on: claim },
    ({ label }) => `/withdraw ${label} `,
  ),
  onThing(
    { id: 'why', name: 'Why it was decided', keys: ['Y'], on: decision, except: ['brief'] },
    ({ label }) => `/why ${label} `,
  ),
  onThing(
    { id: 'force', name: 'Put it in force', keys: [], on: decision, when: is('proposed', 'revisit') },
    ({ label }) => `/force ${label} `,
  ),
  onThing(
    { id: 'object', name: 'Object to it', keys: [], on: decision, when: goesOn },
    ({ label }) => `/object ${label} `,
  ),
  onThing(
    { id: 'reverse', name: 'Reverse it', keys: [], on: decision, when: goesOn },
    ({ label }) => `/reverse ${label} `,
  ),
  onThing(
    { id: 'link', name: 'Link it to a claim', keys: ['R'], on: ['evidence'], except: ['brief'] },
    ({ label }) => `/link ${label} for `,
  ),
  onThing(
    { id: 'strike', name: 'Strike it', keys: [], on: ['evidence', 'note'] },
    ({ label }) => `/strike ${label} `,
  ),
  onThing(
    {
      id: 'basis',
      name: 'What it rests on',
      keys: ['R'],
      on: ['thread', 'claim', 'decision', 'action'],
      except: ['brief'],
    },
    ({ label }) => `/basis ${label} on `,
  ),
  onThing(
    { id: 'rename', name: 'Reword it', keys: [], on: ['thread', 'claim', 'decision'] },
    ({ label, name }) => `/rename ${label} ${name}`,
  ),
  onThing(
    { id: 'answer', name: 'Answer it', keys: ['A'], on: ['question'] },
    ({ label }) => `/answer ${label} `,
  ),
  onThing(
    { id: 'deadEnd', name: 'It led nowhere', keys: [], on: thread, when: goesOn },
    ({ label }) => `/dead ${label} `,
  ),
  onThing(
    { id: 'close', name: 'Done', keys: ['Q'], on: ['thread', 'action'], when: goesOn },
    ({ label }) => `/done ${label} `,
  ),

  anywhere({ id: 'log', name: 'Log line', hint: 'log', keys: ['L'] }, ''),
  anywhere({ id: 'newThread', name: 'New thread', hint: 'thread', keys: ['T'] }, '/t '),
  anywhere({ id: 'newClaim', name: 'New claim', hint: 'claim', keys: ['C'] }, '/c ', [
    'thread',
    'action',
    'evidence',
  ]),
  anywhere({ id: 'newDecision', name: 'New decision', hint: 'decision', keys: ['D'] }, '/d ', [
    'thread',
    'claim',
    'action',
    'evidence',
  ]),
  anywhere({ id: 'lead', name: 'Take the lead', keys: [] }, '/lead @me '),
  anywhere({ id: 'scribe', name: 'Somebody is scribe', keys: [] }, '/role scribe @'),
  anywhere({ id: 'comms', name: 'Somebody does comms', keys: [] }, '/role comms @'),
  {
    id: 'undo',
    name: 'Undo your last step',
    keys: ['Ctrl Z'],
    place: 'incident',
    acts: true,
    run: (app) => app.acts.undo(),
  },
  {
    id: 'redo',
    name: 'Redo it',
    keys: ['Ctrl Shift Z'],
    place: 'incident',
    acts: true,
    run: (app) => app.acts.redo(),
  },
];

/** Puts the focus back on a thing: what had it may have gone, or moved to another column. */
export const focusThing = (id: string): boolean =>
  focusItem(document.querySelector<HTMLElement>(`[data-item][data-opens="${CSS.escape(id)}"]`));

import { atOnce } from './begin';
import type { App } from '../app.svelte';
import type { WorkRow } from '../../backend';
import type { Command } from './command';

const named = 'What it rests on, and what rests on it';

/** The pages about what rests on what. */
export const groundPages: Command[] = [
  {
    id: 'tree',
    name: named,
    hint: 'tree',
    keys: ['Y'],
    place: 'incident',
    on: ['claim', 'action', 'thread', 'update', 'evidence'],
    except: ['brief'],
    run: (app) => app.subject && app.grounds.open('tree', app.subject.id),
  },
  {
    id: 'treeOfDecision',
    name: named,
    hint: 'tree',
    keys: ['Shift Y'],
    place: 'incident',
    on: ['decision'],
    run: (app) => app.subject && app.grounds.open('tree', app.subject.id),
  },
  {
    id: 'worklist',
    name: 'Work through what fell with a claim',
    keys: ['Shift F'],
    place: 'incident',
    run: (app) => app.grounds.open('worklist', next(app)),
  },
  {
    id: 'recheck',
    name: 'Look again at what we believe, since the incident changed',
    keys: ['Shift B'],
    place: 'incident',
    run: (app) => app.grounds.open('recheck'),
  },
];

/** The worklist to open: of the claim that is selected where it fell, else the next one. */
function next(app: App): string {
  const { subject } = app;
  if (app.screen === 'worklist') return app.grounds.work?.next.id ?? '';
  return subject?.kind === 'claim' && ['refuted', 'withdrawn'].includes(subject.word) ? subject.id : '';
}

const open = (app: App): boolean => app.grounds.row?.settled === '';

const onRow = (
  row: Pick<Command, 'id' | 'name' | 'hint' | 'keys'>,
  run: (app: App, row: WorkRow) => unknown,
): Command => ({
  place: 'worklist',
  acts: true,
  on: ['claim', 'decision', 'action', 'update', 'thread'],
  when: open,
  ...row,
  run: (app) => app.grounds.row && run(app, app.grounds.row),
});

/** What each of them does. */
export const onGround: Command[] = [
  onRow({ id: 'workKeep', name: 'Keep it, and say why it holds', hint: 'keep', keys: ['.'] }, (app, row) =>
    app.grounds.keep(row),
  ),
  onRow({ id: 'workRest', name: 'Keep it on something else', hint: 'new basis', keys: ['R'] }, (app, row) =>
    app.grounds.keep(row, 'on '),
  ),
  onRow(
    { id: 'workStop', name: 'Reverse it, stop it, or correct it', hint: 'reverse or stop', keys: ['X'] },
    (app, row) => app.grounds.stop(row),
  ),
  onRow({ id: 'workAsk', name: 'Ask its owner', hint: 'ask its owner', keys: ['O'] }, (app, row) =>
    app.grounds.ask(row),
  ),
  {
    ...atOnce(
      {
        id: 'backToAssumption',
        name: 'Back to an assumption',
        hint: 'back to an assumption',
        keys: ['B'],
        on: ['claim'],
      },
      ({ label }) => `/doubt ${label}`,
    ),
    place: 'recheck',
  },
  {
    id: 'drawn',
    name: 'As a picture, or as an outline',
    hint: 'picture, outline',
    keys: ['P'],
    place: 'tree',
    run: (app) => (app.grounds.drawn = !app.grounds.drawn),
  },
  {
    id: 'fold',
    name: 'Hide what is under it',
    keys: ['Left'],
    place: 'tree',
    silent: true,
    run: (app) => app.grounds.fold(true),
  },
  {
    id: 'unfold',
    name: 'Show what is under it',
    keys: ['Right'],
    place: 'tree',
    silent: true,
    run: (app) => app.grounds.fold(false),
  },
];

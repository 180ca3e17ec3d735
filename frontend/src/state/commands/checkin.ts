import type { CheckinRow } from '../../backend';
import type { App } from '../app.svelte';
import { pressFocused } from '../walk';
import { onThing } from './begin';
import type { Command } from './command';

const onRow = (
  row: Pick<Command, 'id' | 'name' | 'hint' | 'keys'>,
  run: (app: App, row: CheckinRow) => unknown,
): Command => ({
  place: 'checkin',
  acts: true,
  silent: true,
  when: (app) => app.round.row !== undefined,
  ...row,
  run: (app) => app.round.row && run(app, app.round.row),
});

/** About whoever is asked. */
export const onRound: Command[] = [
  {
    id: 'heard',
    name: 'Heard: write down what they said, and go on to the next',
    hint: 'write, next',
    keys: ['Enter'],
    place: 'checkin',
    silent: true,
    run: pressFocused,
  },
  onRow({ id: 'same', name: 'Heard, no change', hint: 'no change', keys: ['.'] }, (app, row) =>
    app.round.same(row),
  ),
  onRow({ id: 'theirWords', name: 'Type their words', hint: 'their words', keys: ['U'] }, (app, row) =>
    app.round.write(row),
  ),
  onRow({ id: 'skip', name: 'Skip them', hint: 'skip', keys: ['S'] }, (app, row) => app.round.skip(row)),
  {
    id: 'endRound',
    name: 'End the round',
    hint: 'end the round',
    keys: ['Q'],
    place: 'checkin',
    acts: true,
    when: (app) => app.round.view?.round !== undefined,
    run: (app) => app.round.end(),
  },
];

/** The round itself. */
export const rounds: Command[] = [
  {
    id: 'checkin',
    name: 'Check-in round',
    hint: 'check-in',
    keys: ['I'],
    place: 'incident',
    except: ['evidence'],
    run: (app) => app.round.open(),
  },
  onThing(
    { id: 'situationNote', name: 'Write down what the round told', keys: [], on: ['checkin'] },
    () => '',
  ),
];

import type { Chip } from '../../backend';
import type { App } from '../app.svelte';
import type { Opening } from '../line';
import type { Command } from './command';

/**
 * The acts: what can be done in an incident, and to the thing that is selected. Each is a line that one could type too;
 * most are begun for the person, who goes on typing.
 */

/** What a line is begun with: the text, and where the caret stands in it if not at its end. */
type Begin = (chip: Chip, app: App) => string | { text: string; caret: number };

type Row = Pick<Command, 'id' | 'name' | 'keys'> & Partial<Command>;

/** A line that is begun about the thing that is selected. */
export const onThing = (row: Row & { on: string[] }, begin: Begin): Command => ({
  place: 'incident',
  acts: true,
  ...row,
  opens: (app, chip) => opening(row.id, chip, chip ? begin(chip, app) : ''),
  run: (app) => app.subject && app.acts.compose(opening(row.id, app.subject, begin(app.subject, app))),
});

/** A line that is recorded at once. */
export const atOnce = (row: Row & { on: string[] }, line: (chip: Chip) => string): Command => ({
  place: 'incident',
  acts: true,
  ...row,
  run: (app) => app.subject && app.acts.lines(app.subject.id, line(app.subject)),
});

/** A line that needs nothing selected; it is about what is, if that can hold it. */
export const anywhere = (row: Row, text: string, within: string[] = []): Command => {
  const opens = (app: App, chip = app.subject): Opening =>
    opening(row.id, chip && within.includes(chip.kind) ? chip : undefined, text);
  return { place: 'incident', acts: true, ...row, opens, run: (app) => app.acts.compose(opens(app)) };
};

export function opening(name: string, about: Chip | undefined, begun: ReturnType<Begin>): Opening {
  return typeof begun === 'string' ? { name, about, text: begun } : { name, about, ...begun };
}

export const is =
  (...words: string[]) =>
  (app: App) =>
    words.includes(app.subject?.word ?? '');
const not =
  (...words: string[]) =>
  (app: App) =>
    !words.includes(app.subject?.word ?? '');
export const ends = [
  'done',
  'dead_end',
  'failed',
  'dropped',
  'reversed',
  'superseded',
  'refuted',
  'withdrawn',
];
export const goesOn = not(...ends);

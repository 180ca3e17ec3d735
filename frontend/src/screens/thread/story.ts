import type { Chip, EntryRow, WordRow } from '../../backend';
import type { ThreadPage } from '../../state/shown.svelte';

/** One moment of a thread's story. */
export interface Moment {
  entry: EntryRow;
  /** What was said, field by field, where it is a word and not a change. */
  word: WordRow | undefined;
  /** What it is about, if that is another thing than the thread. */
  about: Chip | undefined;
}

const words = ['note.add', 'checkin.answer'];

/** The story in the order in which it happened, each entry with the word and the thing that it belongs to. */
export function storyOf(page: ThreadPage): Moment[] {
  const names = new Map(page.names.map((chip) => [chip.id, chip]));
  const said = new Map(page.thread.story.map((word) => [`${word.at} ${word.by}`, word]));
  return page.entries
    .map((entry) => ({
      entry,
      word: words.includes(entry.do) ? said.get(`${entry.at} ${entry.by}`) : undefined,
      about: entry.id === page.thread.chip.id ? undefined : names.get(entry.id),
    }))
    .reverse();
}

/** The things of one kind that were made in the thread, as they stand now. */
export function madeHere(page: ThreadPage, kind: string): Chip[] {
  const ids = new Set(
    page.entries.filter((e) => e.kind === kind && e.thread.id === page.thread.chip.id).map((e) => e.id),
  );
  return page.names.filter((chip) => chip.kind === kind && ids.has(chip.id));
}

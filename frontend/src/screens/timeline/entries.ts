import type { Chip, EntryRow, TimelineView } from '../../backend';

/** What one may ask for: the kinds of thing that an entry is about, and the moments that somebody marked. */
export const kinds: [kind: string, name: string][] = [
  ['', 'Everything'],
  ['key', 'Key moments'],
  ['note', 'Notes'],
  ['thread', 'Threads'],
  ['decision', 'Decisions'],
  ['claim', 'Claims'],
  ['evidence', 'Evidence'],
  ['action', 'Actions'],
  ['checkin', 'Check-ins'],
  ['update', 'Updates'],
  ['incident', 'Situation'],
  ['reading', 'Readings'],
  ['role', 'Roles'],
  ['responder', 'People'],
  ['question', 'Questions'],
  ['tripwire', 'Tripwires'],
  ['dont', 'Don’ts'],
];

/** Times that differ by less are those of a person who typed what just happened. */
const soon = 60_000;

/** Whether an entry was recorded well after it happened. */
export const late = (entry: EntryRow): boolean => entry.recorded - entry.at >= soon;

/** What an entry is about, as acts on it want it. */
export const chipOf = (entry: EntryRow): Chip => ({
  id: entry.id || entry.record,
  label: entry.label,
  kind: entry.kind,
  name: entry.text,
  word: '',
  doubtful: false,
});

/** The people that one may ask for: whoever is known to have done something. */
export function peopleIn(view: TimelineView, rows: EntryRow[], asked: string): [string, string][] {
  const names = [...view.lanes.map((lane) => lane.owner), ...rows.map((row) => row.by), asked];
  return [...new Set(names)]
    .filter((name) => name !== '')
    .sort((a, b) => a.localeCompare(b))
    .map((name) => [name, name]);
}

/** The threads that one may ask for, as the lanes have them. */
export function threadsIn(view: TimelineView, rows: EntryRow[]): [string, string][] {
  const all = [...view.lanes.map((lane) => lane.chip), ...rows.map((row) => row.thread)];
  return [...new Map(all.map((chip) => [chip.id, `${chip.label} ${chip.name}`]))].filter(([id]) => id !== '');
}

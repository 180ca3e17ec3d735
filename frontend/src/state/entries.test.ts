// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { EntriesView, EntryRow } from '../backend';
import { Entries } from './entries.svelte';
import { fake, head } from './fake';

const row = (record: string): EntryRow => ({
  record,
  do: 'note.add',
  id: record,
  label: '',
  kind: 'note',
  at: 0,
  until: 0,
  approx: false,
  recorded: 0,
  by: 'Mara',
  text: '',
  thread: { id: '', label: '', kind: '', name: '', word: '', doubtful: false },
  key: false,
  due: 0,
});
const view = (records: string[], next = ''): EntriesView => ({
  head,
  entries: records.map(row),
  found: 250,
  says: '250 entries, newest first',
  next,
});

describe('what happened', () => {
  it('comes page by page, each from where the one before ended', async () => {
    const { backend, calls } = fake({
      entries: (_i, _a, _f, before) => Promise.resolve(before === '' ? view(['c', 'b'], 'b') : view(['a'])),
    });
    const entries = new Entries(backend);
    expect(entries.says).toBe('');
    await entries.read('i1', 0);
    expect(entries.says).toBe('250 entries, newest first');
    expect(entries.more).toBe(true);
    await entries.further('i1', 0);
    expect(entries.rows.map((r) => r.record)).toEqual(['c', 'b', 'a']);
    expect(entries.more).toBe(false);
    await entries.further('i1', 0);
    expect(calls).toHaveLength(2);
  });

  it('is what was asked for last, whichever answer comes first', async () => {
    const answers: ((v: EntriesView) => void)[] = [];
    const { backend } = fake({ entries: () => new Promise((done) => answers.push(done)) });
    const entries = new Entries(backend);
    const one = entries.read('i1', 0);
    entries.want({ text: 'pool' });
    const two = entries.read('i1', 0);
    answers[1]?.(view(['new']));
    answers[0]?.(view(['old']));
    await Promise.all([one, two]);
    expect(entries.rows.map((r) => r.record)).toEqual(['new']);
  });

  it('is filtered by everything that was asked for, and by nothing in another incident', async () => {
    const { backend, calls } = fake();
    const entries = new Entries(backend);
    await entries.read('i1', 0);
    entries.want({ kind: 'claim' });
    entries.want({ person: 'Mara' });
    expect(entries.filtered).toBe(true);
    await entries.read('i1', 5);
    expect(calls.at(-1)).toContain('"person":"Mara","kind":"claim"');
    await entries.read('i2', 0);
    expect(entries.filtered).toBe(false);
  });
});

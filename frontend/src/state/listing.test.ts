// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { IncidentRow, SearchView } from '../backend';
import { fake, list } from './fake';
import { allOfThem, called, Listing, nextSeverity, wants } from './listing.svelte';

const first = list.incidents[0] as IncidentRow;
const rows: IncidentRow[] = [
  { ...first, id: 'a', severity: 'SEV1', ended: false, mine: true },
  { ...first, id: 'b', severity: 'SEV2', ended: true, mine: false },
  { ...first, id: 'c', severity: '', ended: true, mine: true },
];
const shown = (wanted: object): string[] =>
  rows.filter((row) => wants({ ...allOfThem, ...wanted }, row)).map((row) => row.id);

describe('the list of incidents', () => {
  it('shows those that are wanted', () => {
    expect(shown({})).toEqual(['a', 'b', 'c']);
    expect(shown({ ended: 'going' })).toEqual(['a']);
    expect(shown({ ended: 'over' })).toEqual(['b', 'c']);
    expect(shown({ mine: true })).toEqual(['a', 'c']);
    expect(shown({ severity: 'SEV2' })).toEqual(['b']);
    expect(shown({ severity: 'none' })).toEqual(['c']);
    expect(shown({ ended: 'over', mine: true, severity: 'SEV1' })).toEqual([]);
  });

  it('finds an incident by its label, its title and who leads it', () => {
    for (const words of ['inc-1', 'checkout', 'mara down']) expect(called(first, words)).toBe(true);
    expect(called(first, 'mail')).toBe(false);
    expect(called(first, ' ')).toBe(true);
  });

  it('goes through the severities, and back to any', () => {
    let severity = '';
    const seen = Array.from({ length: 6 }, () => (severity = nextSeverity(severity)));
    expect(seen).toEqual(['SEV1', 'SEV2', 'SEV3', 'SEV4', 'none', '']);
  });

  it('shows what the last words find, whichever answer comes first', async () => {
    const answers: Record<string, (view: SearchView) => void> = {};
    const { backend } = fake({ search: (words) => new Promise((done) => (answers[words] = done)) });
    const listing = new Listing(backend);
    listing.want({ words: 'pool' });
    const one = listing.search();
    listing.want({ words: 'pools' });
    const two = listing.search();
    answers['pools']?.({ groups: [], found: 2, more: false });
    answers['pool']?.({ groups: [], found: 1, more: false });
    await Promise.all([one, two]);
    expect(listing.found?.found).toBe(2);
  });

  it('asks for nothing while nothing much is typed', async () => {
    const { backend, calls } = fake();
    const listing = new Listing(backend);
    listing.want({ words: 'p' });
    await listing.search();
    expect(calls).toEqual([]);
    expect(listing.found).toBeUndefined();
  });
});

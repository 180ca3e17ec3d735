import type { Backend, IncidentRow, SearchView } from '../backend';
import { score, wordsOf } from '../parts/search';

export type Ended = 'all' | 'going' | 'over';

/** Which incidents of the list are wanted. */
export interface Wanted {
  words: string;
  ended: Ended;
  mine: boolean;
  /** "SEV1"; '' for any, "none" for those without. */
  severity: string;
}

export const allOfThem: Wanted = { words: '', ended: 'all', mine: false, severity: '' };

/** Whether an incident is wanted, whatever was typed. */
export function wants({ ended, mine, severity }: Wanted, row: IncidentRow): boolean {
  if (ended === 'going' && row.ended) return false;
  if (ended === 'over' && !row.ended) return false;
  if (mine && !row.mine) return false;
  return severity === '' || row.severity === (severity === 'none' ? '' : severity);
}

/** Whether an incident is called what was typed, or led by it. */
export const called = (row: IncidentRow, words: string): boolean =>
  words.trim() === '' ||
  score(wordsOf([row.label, row.title, row.severity, row.status, ...row.leads].join(' ')), wordsOf(words)) >
    0;

/** What the list of incidents shows: those that are wanted, and what was found in what was recorded. */
export class Listing {
  wanted = $state.raw<Wanted>(allOfThem);
  found = $state.raw<SearchView>();
  #asked = 0;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get filtered(): boolean {
    const { ended, mine, severity } = this.wanted;
    return ended !== 'all' || mine || severity !== '';
  }

  want(change: Partial<Wanted>): void {
    this.wanted = { ...this.wanted, ...change };
  }

  /** Looks through everything that was ever recorded. */
  async search(): Promise<void> {
    const asked = (this.#asked += 1);
    const { words } = this.wanted;
    // One letter is in everything.
    const found = words.trim().length < 2 ? undefined : await this.#backend.search(words);
    if (asked === this.#asked) this.found = found;
  }

  showAll(): void {
    this.wanted = allOfThem;
    this.found = undefined;
  }
}

const severities = ['', 'SEV1', 'SEV2', 'SEV3', 'SEV4', 'none'];

/** The severity after one, round and round. */
export const nextSeverity = (severity: string): string =>
  severities[(severities.indexOf(severity) + 1) % severities.length] ?? '';

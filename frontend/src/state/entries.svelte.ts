import type { Backend, EntryRow, Filter } from '../backend';

/** How many entries are read at once, and the most of them that are read again together. */
const page = 100;
const most = 500;

export const everything: Filter = { text: '', thread: '', person: '', kind: '' };

/** What happened in an incident, newest first, page by page. */
export class Entries {
  rows = $state.raw<EntryRow[]>([]);
  filter = $state.raw<Filter>(everything);
  /** How many there are behind the filter, in words. */
  says = $state.raw('');
  #next = '';
  #asked = 0;
  #of = '';
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get filtered(): boolean {
    return Object.values(this.filter).some((part) => part !== '');
  }

  /** Whether there are more than were read. */
  get more(): boolean {
    return this.#next !== '';
  }

  /** Reads what is shown again, from the newest on. */
  async read(incident: string, asOf: number): Promise<void> {
    if (incident !== this.#of) this.reset(incident);
    const limit = Math.min(Math.max(this.rows.length, page), most);
    await this.#ask(incident, asOf, '', limit, (rows) => rows);
  }

  /** Reads the next page. */
  async further(incident: string, asOf: number): Promise<void> {
    if (this.more) await this.#ask(incident, asOf, this.#next, page, (rows) => [...this.rows, ...rows]);
  }

  async #ask(
    incident: string,
    asOf: number,
    before: string,
    limit: number,
    together: (rows: EntryRow[]) => EntryRow[],
  ): Promise<void> {
    const asked = (this.#asked += 1);
    const { filter } = this;
    const view = await this.#backend.entries(incident, asOf, filter, before, limit);
    // What was asked later is what is wanted.
    if (asked !== this.#asked) return;
    this.rows = together(view.entries);
    this.says = view.says;
    this.#next = view.next;
  }

  want(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    this.rows = [];
  }

  reset(incident = ''): void {
    this.#of = incident;
    this.filter = everything;
    this.rows = [];
    this.says = '';
    this.#next = '';
  }
}

import type { Backend, ClaimFilter, ClaimRow, ClaimsScreen } from '../backend';

/** Lets every claim through. */
export const everyClaim: ClaimFilter = { text: '', state: '', flag: '', thread: '', person: '', mine: false };

/** Which claims are wanted, and the pages of them that were asked for beyond the first. */
export class Believing {
  filter = $state.raw<ClaimFilter>(everyClaim);
  /** What follows the first page of a group, by its name. */
  #more = $state.raw<Record<string, ClaimRow[]>>({});
  #of = '';
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get filtered(): boolean {
    return Object.values(this.filter).some((part) => part !== '' && part !== false);
  }

  want(change: Partial<ClaimFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.#more = {};
  }

  /** Starts afresh for another incident. */
  reset(incident: string): void {
    if (incident === this.#of) return;
    this.#of = incident;
    this.filter = everyClaim;
    this.#more = {};
  }

  /** The claims of a group, each once: a page that was read before may hold one that has moved up since. */
  rows(group: ClaimsScreen['groups'][number]): ClaimRow[] {
    const more = this.#more[group.name];
    if (!more) return group.claims;
    const first = Object.fromEntries(group.claims.map((claim) => [claim.id, true]));
    return [...group.claims, ...more.filter((claim) => !first[claim.id])];
  }

  /** The claim that a list shows as the chosen one: of an id, else the first. */
  chosen(view: ClaimsScreen | undefined, id: string): ClaimRow | undefined {
    const all = (view?.groups ?? []).flatMap((group) => this.rows(group));
    return all.find((claim) => claim.id === id) ?? all[0];
  }

  /** Reads the next page of a group. */
  async further(group: ClaimsScreen['groups'][number], asOf: number): Promise<void> {
    const { filter } = this;
    const known = this.#more[group.name] ?? [];
    const next = await this.#backend.claimGroup(
      this.#of,
      group.name,
      group.claims.length + known.length,
      filter,
      asOf,
    );
    // What was asked later is what is wanted.
    if (filter === this.filter) this.#more = { ...this.#more, [group.name]: [...known, ...next.claims] };
  }
}

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { ClaimsScreen, Cockpit, List } from '../backend';

/**
 * What became new while the window was open and was not looked at since: the quiet dot. What is there when a screen is
 * first read is not new.
 */
export class News {
  /** Ids of what is new. */
  readonly unseen = new SvelteSet<string>();
  readonly #marks = new SvelteMap<string, string>();
  readonly #read = new SvelteSet<string>();

  list(view: List): void {
    this.#take(
      'list',
      view.incidents.map((row) => [row.id, String(row.records)]),
    );
  }

  cockpit(view: Cockpit): void {
    this.#take(
      'threads',
      view.columns.flatMap((column) => column.cards).map((card) => [card.id, String(card.lastAt)]),
    );
    this.#beliefs(view.beliefs);
  }

  claims(view: ClaimsScreen): void {
    this.#beliefs(view.groups);
  }

  #beliefs(groups: ClaimsScreen['groups']): void {
    this.#take(
      'claims',
      groups
        .flatMap((group) => group.claims)
        .map((claim) => [claim.id, `${claim.state} ${claim.for.all} ${claim.against.all}`]),
    );
  }

  /** Starts afresh for another incident. */
  incident(): void {
    this.#read.delete('threads');
    this.#read.delete('claims');
  }

  see(id: string): void {
    this.unseen.delete(id);
  }

  #take(what: string, marks: [id: string, mark: string][]): void {
    const known = this.#read.has(what);
    this.#read.add(what);
    for (const [id, mark] of marks) {
      if (known && this.#marks.get(id) !== mark) this.unseen.add(id);
      this.#marks.set(id, mark);
    }
  }
}

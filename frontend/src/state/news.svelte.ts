import type { ClaimsScreen, Cockpit, List } from '../backend';

/**
 * What became new while the window was open and was not looked at since: the quiet dot. What is there when a screen is
 * first read is not new.
 */
export class News {
  /** Ids of what is new. */
  unseen = $state.raw<Record<string, boolean>>({});
  readonly #marks: Record<string, string> = {};
  readonly #read: Record<string, boolean> = {};

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
    this.#beliefs('beliefs', view.beliefs);
  }

  claims(view: ClaimsScreen): void {
    this.#beliefs('claims', view.groups);
  }

  /** The cockpit shows some of the claims only: that the others are met on their own screen is no news. */
  #beliefs(what: string, groups: ClaimsScreen['groups']): void {
    this.#take(
      what,
      groups
        .flatMap((group) => group.claims)
        .map((claim) => [claim.id, `${claim.state} ${claim.for.all} ${claim.against.all}`]),
    );
  }

  /** Starts afresh for another incident. */
  incident(): void {
    this.#read['threads'] = false;
    this.#read['beliefs'] = false;
    this.#read['claims'] = false;
  }

  see(id: string): void {
    if (this.unseen[id]) this.unseen = { ...this.unseen, [id]: false };
  }

  #take(what: string, marks: [id: string, mark: string][]): void {
    const known = this.#read[what];
    this.#read[what] = true;
    for (const [id, mark] of marks) {
      if (known && this.#marks[id] !== mark) this.unseen = { ...this.unseen, [id]: true };
      this.#marks[id] = mark;
    }
  }
}

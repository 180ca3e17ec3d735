import type { ClaimsScreen, Cockpit, List } from '../backend';

/**
 * What became new while the window was open and was not looked at since: the quiet dot. What is there when a screen is
 * first read is not new, and nor is what came of one's own doing.
 */
export class News {
  /** Ids of what is new. */
  unseen = $state.raw<Record<string, boolean>>({});
  readonly #marks: Record<string, string> = {};
  /** How much others had recorded when a screen was read last; undefined before it first was. */
  readonly #read: Record<string, number | undefined> = {};

  list(view: List): void {
    this.#take(
      'list',
      view.asOf,
      view.incidents.map((row) => [row.id, String(row.records)]),
    );
  }

  cockpit(view: Cockpit): void {
    this.#take(
      'threads',
      view.head.others,
      view.columns.flatMap((column) => column.cards).map((card) => [card.id, String(card.lastAt)]),
    );
    this.#beliefs('beliefs', view.head.others, view.beliefs);
  }

  claims(view: ClaimsScreen): void {
    this.#beliefs('claims', view.head.others, view.groups);
  }

  /** The cockpit shows some of the claims only: that the others are met on their own screen is no news. */
  #beliefs(what: string, others: number, groups: ClaimsScreen['groups']): void {
    this.#take(
      what,
      others,
      groups
        .flatMap((group) => group.claims)
        .map((claim) => [claim.id, `${claim.state} ${claim.for.all} ${claim.against.all}`]),
    );
  }

  /** Starts afresh for another incident. */
  incident(): void {
    this.#read['threads'] = this.#read['beliefs'] = this.#read['claims'] = undefined;
  }

  see(id: string): void {
    if (this.unseen[id]) this.unseen = { ...this.unseen, [id]: false };
  }

  #take(what: string, others: number, marks: [id: string, mark: string][]): void {
    const known = this.#read[what] ?? others;
    this.#read[what] = others;
    for (const [id, mark] of marks) {
      if (known !== others && this.#marks[id] !== mark) this.unseen = { ...this.unseen, [id]: true };
      this.#marks[id] = mark;
    }
  }
}

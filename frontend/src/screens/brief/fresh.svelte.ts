import type { BriefView } from '../../backend';
import { keys } from './lines';

/**
 * Which lines of a brief came after the reader opened it. A line is known by its section and by what it is about, so
 * that one whose ages moved on is still the same line.
 */
export class Fresh {
  #fresh = $state.raw<Record<string, boolean>>({});
  #known: string[] = [];
  #of = '';

  /** Takes a brief that is about to be shown. Another brief, for another reader or length, starts afresh. */
  take(view: BriefView): void {
    const of = [view.head.id, view.ask.reader, view.ask.length, view.ask.since].join(' ');
    const lines = view.sections.flatMap((section) => keys(section));
    if (of !== this.#of) {
      this.#of = of;
      this.#fresh = {};
    } else {
      for (const line of lines) {
        if (!this.#known.includes(line)) this.#fresh = { ...this.#fresh, [line]: true };
      }
    }
    this.#known = lines;
  }

  has(key: string): boolean {
    return this.#fresh[key] ?? false;
  }
}

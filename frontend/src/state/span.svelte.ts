import type { TimelineView } from '../backend';
import { holding, length, wholeOf, zoomed, type Range } from './scale';

const MINUTE = 60_000;

/** Which stretch of an incident its timeline shows. */
export class Span {
  /** All of it. In the past it reaches to now still: one goes forward again. */
  whole = $state.raw<Range>({ from: 0, to: MINUTE });
  /** The moment of the entry that is selected; 0 for none. */
  pointed = $state.raw(0);
  #zoomed = $state.raw<Range>();
  #known = false;

  get shown(): Range {
    return this.#zoomed ?? this.whole;
  }

  get all(): boolean {
    return this.#zoomed === undefined;
  }

  /** Takes in what was read. */
  take(view: TimelineView, now: number): void {
    if (view.head.past && this.#known) return;
    const moments = [...view.signals, ...view.decisions, ...view.checkins].map((mark) => mark.at);
    this.whole = wholeOf(view.from, Math.max(view.to, now), moments);
    this.#known = true;
  }

  /** Starts afresh for another incident. */
  reset(): void {
    this.#zoomed = undefined;
    this.#known = false;
    this.pointed = 0;
  }

  /** Shows half as much or twice as much, around a moment if that is shown, else around the middle. */
  zoom(by: 'in' | 'out', about: number): void {
    const { shown } = this;
    const inside = about >= shown.from && about <= shown.to;
    const next = zoomed(shown, by, inside ? about : (shown.from + shown.to) / 2, this.whole);
    this.#zoomed = length(next) >= length(this.whole) ? undefined : next;
  }

  showAll(): void {
    this.#zoomed = undefined;
  }

  /** Moves along, where that is needed to show a moment. */
  hold(at: number): void {
    if (this.#zoomed) this.#zoomed = holding(this.#zoomed, at, this.whole);
  }

  point(at: number): void {
    this.pointed = at;
    if (at > 0) this.hold(at);
  }
}

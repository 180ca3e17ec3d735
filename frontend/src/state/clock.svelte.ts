/**
 * The time that the window shows. It ticks here, once a second, from the moment for which Go computed the last view: a
 * clock on the screen then agrees with the ages beside it.
 */
export class Clock {
  now = $state.raw(Date.now());
  /** The time that it is, also while the window shows an earlier one. */
  real = $state.raw(Date.now());
  #ahead = 0;
  #held = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes Go's moment as now. */
  set(asOf: number): void {
    this.#ahead = asOf - Date.now();
    this.#held = 0;
    this.now = this.real = asOf;
  }

  /** Stands still at a moment of the past, until the next set. */
  hold(at: number): void {
    this.#held = at;
    this.now = at;
  }

  /** Ticks at each turn of the second until the returned function is called. */
  start(): () => void {
    const tick = () => {
      this.real = Date.now() + this.#ahead;
      if (this.#held === 0) this.now = this.real;
      this.#timer = setTimeout(tick, 1000 - (this.real % 1000));
    };
    tick();
    return () => clearTimeout(this.#timer);
  }
}

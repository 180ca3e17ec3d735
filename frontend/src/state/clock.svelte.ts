/**
 * The time that the window shows. It ticks here, once a second, from the moment for which Go computed the last view: a
 * clock on the screen then agrees with the ages beside it.
 */
export class Clock {
  now = $state(Date.now());
  #ahead = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes Go's moment as now. */
  set(asOf: number): void {
    this.#ahead = asOf - Date.now();
    this.now = asOf;
  }

  /** Ticks at each turn of the second until the returned function is called. */
  start(): () => void {
    const tick = () => {
      this.now = Date.now() + this.#ahead;
      this.#timer = setTimeout(tick, 1000 - (this.now % 1000));
    };
    tick();
    return () => clearTimeout(this.#timer);
  }
}

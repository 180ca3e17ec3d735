/**
 * A screenful first. What lies below the edge of the window is drawn once what lies above it is on the screen, one part
 * after the other, so that the key that opens a page, and the next one, are answered without waiting for it.
 */

/** What is still to be drawn, in its order. */
const later: (() => void)[] = [];
let drawn: (() => void)[] = [];

function next(): void {
  later.shift()?.();
  if (later.length > 0) onceShown(next);
  else {
    drawn.forEach((done) => done());
    drawn = [];
  }
}

/** Runs once the next frame is on the screen. */
export function onceShown(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}

/** Resolves once all of the page is drawn. */
export const whole = (): Promise<void> =>
  later.length === 0 ? Promise.resolve() : new Promise((done) => drawn.push(done));

/** A part of a component that can wait, or a list of which only the first rows cannot. */
export class Screenful {
  /** Whether all is to be drawn. */
  all = $state.raw(false);

  /** To be made while a component is. */
  constructor() {
    $effect(() => {
      const draw = (): void => void (this.all = true);
      later.push(draw);
      if (later.length === 1) onceShown(next);
      return () => {
        const at = later.indexOf(draw);
        if (at > 0) later.splice(at, 1);
      };
    });
  }

  /** The first rows of a list, then all of them. */
  of<T>(list: T[], first: number): T[] {
    return this.all ? list : list.slice(0, first);
  }
}

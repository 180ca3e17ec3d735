import type { Backend, ReadingsView } from '../backend';

/** Where readings come from: a file that was dropped, or a text that was pasted. */
export type Source = { path: string } | { text: string };

/** Readings that were dropped or pasted: looked at first, and recorded only when somebody says so. */
export class Readings {
  /** What would come in; undefined where nothing was dropped. */
  offered = $state.raw<ReadingsView>();
  #from: Source | undefined;
  #otherwise: (() => Promise<void>) | undefined; // keeps it as evidence instead
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * Looks at what may hold readings, and offers them: or to keep it as evidence, which otherwise does. False where there
   * are none in it.
   */
  async offer(incident: string, from: Source, otherwise: () => Promise<void>): Promise<boolean> {
    try {
      this.offered = await ('path' in from
        ? this.#backend.lookAtCSV(incident, from.path)
        : this.#backend.lookAtText(incident, pasted, from.text));
    } catch {
      return false; // it is no table of readings, and good evidence all the same
    }
    this.#from = from;
    this.#otherwise = otherwise;
    return true;
  }

  /** Keeps as evidence what was looked at. */
  async keep(): Promise<void> {
    const otherwise = this.#otherwise;
    this.leave();
    await otherwise?.();
  }

  /** Records what was looked at, and says what came in. */
  async take(incident: string): Promise<string> {
    const from = this.#from;
    this.leave();
    if (!from) return '';
    const { says } = await ('path' in from
      ? this.#backend.takeCSV(incident, from.path)
      : this.#backend.takeText(incident, pasted, from.text));
    return says;
  }

  leave(): void {
    this.offered = undefined;
    this.#from = undefined;
    this.#otherwise = undefined;
  }
}

/** What values without a name are called. */
const pasted = 'reading';

/** Whether a text looks like readings: lines of values with one separator, the first beginning with a time or a name. */
export function looksLikeReadings(text: string): boolean {
  const lines = text.trim().split(/\r?\n/);
  if (lines.length < 2) return false;
  const separator = [',', ';', '\t'].find((s) => lines[0]?.includes(s));
  if (separator === undefined) return false;
  const fields = lines[0]?.split(separator).length;
  if (lines.some((line) => line.split(separator).length !== fields)) return false;
  // Every line but a heading has a time, and a number beside it.
  const moment = /(?:[\d-]+[T ])?\d{1,2}:[^\s,;]*/;
  return lines.slice(1).every((line) => moment.test(line) && /\d/.test(line.replace(moment, '')));
}

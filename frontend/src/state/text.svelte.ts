import type { Backend, LinesView } from '../backend';

/** How many lines Go is asked for at once, and how many such pages are kept. */
const pageOf = 200;
const keptPages = 24;

/** A line of a text, as far as it is known: its text may still be on its way. */
export interface Line {
  number: number;
  text: string | undefined;
  /** It goes on; only its beginning is shown. */
  cut: boolean;
}

/**
 * A long text that is read page by page: which lines are on the screen, which are chosen, what is looked for in it. The
 * text itself stays in Go; a log of any size costs the page a few thousand lines.
 */
export class LongText {
  /** How many lines there are. */
  count = $state.raw(0);
  /** The first line on the screen, from 0, and how many fit. */
  top = $state.raw(0);
  room = $state.raw(20);
  wrap = $state.raw(false);
  /** The line that the keys are on, and the one from which lines are chosen; chosen are all between. */
  at = $state.raw(0);
  from = $state.raw(0);
  words = $state.raw('');
  /** The numbers of the lines, from 0, in which the words are found; there may be more. */
  found = $state.raw<number[]>([]);
  more = $state.raw(false);
  searched = $state.raw(false);
  trouble = $state.raw<unknown>();

  #pages = $state.raw<[page: number, lines: LinesView][]>([]);
  readonly #asked: Record<number, boolean> = {}; // which pages were; nothing on the screen depends on it
  #searches = 0;
  readonly #backend: Backend;
  readonly #incident: string;
  readonly #ref: string;
  readonly #asOf: number;

  constructor(backend: Backend, incident: string, ref: string, asOf: number) {
    this.#backend = backend;
    this.#incident = incident;
    this.#ref = ref;
    this.#asOf = asOf;
  }

  /** Reads the beginning. */
  async open(): Promise<void> {
    await this.#ask(0);
  }

  /** The lines that are on the screen, and some beyond: a wrapped line takes more than one row. */
  get shown(): Line[] {
    const lines: Line[] = [];
    for (let n = this.top; n < Math.min(this.count, this.top + this.room + 1); n++) {
      const page = this.#pages.find(([at]) => at === Math.floor(n / pageOf))?.[1];
      const line = page?.lines[n % pageOf];
      if (!page) void this.#ask(Math.floor(n / pageOf));
      lines.push({ number: n, text: line?.text, cut: line?.cut ?? false });
    }
    return lines;
  }

  async #ask(page: number): Promise<void> {
    if (this.#asked[page]) return;
    this.#asked[page] = true;
    try {
      const got = await this.#backend.lines(this.#incident, this.#ref, page * pageOf, pageOf, this.#asOf);
      const all: [number, LinesView][] = [...this.#pages, [page, got]];
      for (const [old] of all.slice(0, -keptPages)) this.#asked[old] = false;
      this.#pages = all.slice(-keptPages);
      this.count = got.count;
    } catch (reason) {
      this.trouble = reason;
    }
  }

  /** The chosen lines, from 0, both included. */
  get chosen(): { from: number; to: number } {
    return { from: Math.min(this.at, this.from), to: Math.max(this.at, this.from) };
  }

  isChosen(line: number): boolean {
    const { from, to } = this.chosen;
    return line >= from && line <= to;
  }

  /** Scrolls, by lines. */
  scroll(by: number): void {
    this.top = this.#within(this.top + by, Math.max(0, this.count - 3));
  }

  scrollTo(line: number): void {
    this.top = this.#within(line, Math.max(0, this.count - 3));
  }

  /** Goes to a line; extends what is chosen, if that is wanted. */
  go(line: number, extend = false): void {
    this.at = this.#within(line, this.count - 1);
    if (!extend) this.from = this.at;
    if (this.at < this.top) this.top = this.at;
    else if (this.at >= this.top + this.room) this.top = Math.max(0, this.at - this.room + 1);
  }

  move(by: number, extend = false): void {
    this.go(this.at + by, extend);
  }

  #within(line: number, most: number): number {
    return Math.round(Math.min(Math.max(line, 0), Math.max(0, most)));
  }

  /** Looks for words, and goes to the first line that has them, from where one is. */
  async search(words: string): Promise<void> {
    this.words = words;
    const asked = (this.#searches += 1);
    if (words.trim() === '') {
      this.found = [];
      this.more = this.searched = false;
      return;
    }
    try {
      const got = await this.#backend.find(this.#incident, this.#ref, words, this.#asOf);
      if (asked !== this.#searches) return;
      this.found = got.lines;
      this.more = got.more;
      this.searched = true;
      const first = this.found.find((line) => line >= this.at) ?? this.found[0];
      if (first !== undefined) this.#goFound(first);
    } catch (reason) {
      if (asked === this.#searches) this.trouble = reason;
    }
  }

  /** Goes to the next or previous line that has the words, round and round. */
  step(by: 1 | -1): void {
    const { found } = this;
    if (found.length === 0) return;
    const next =
      by > 0
        ? (found.find((line) => line > this.at) ?? found[0])
        : (found.findLast((line) => line < this.at) ?? found.at(-1));
    if (next !== undefined) this.#goFound(next);
  }

  #goFound(line: number): void {
    const off = line < this.top || line >= this.top + this.room;
    this.go(line);
    if (off) this.scrollTo(line - Math.floor(this.room / 3));
  }

  /** Which of the found lines one is on, from 1; 0 for none. */
  get place(): number {
    return this.found.indexOf(this.at) + 1;
  }
}

/** A line in pieces: what was looked for, and what is around it. Case does not count. */
export function pieces(text: string, words: string): { text: string; found: boolean }[] {
  if (words === '') return [{ text, found: false }];
  const out: { text: string; found: boolean }[] = [];
  // Lower case may be longer than what it is of (İ): then nothing is marked rather than the wrong characters.
  const lower = text.toLowerCase();
  const wanted = words.toLowerCase();
  let at = 0;
  if (lower.length === text.length) {
    for (let hit = lower.indexOf(wanted); hit >= 0; hit = lower.indexOf(wanted, at)) {
      if (hit > at) out.push({ text: text.slice(at, hit), found: false });
      out.push({ text: text.slice(hit, hit + wanted.length), found: true });
      at = hit + wanted.length;
    }
  }
  if (at < text.length || out.length === 0) out.push({ text: text.slice(at), found: false });
  return out;
}

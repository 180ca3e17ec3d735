import {
  AppError,
  type Backend,
  type Chip,
  type Completion,
  type EntryRow,
  type Reading,
  type Tested,
} from '../backend';
import { toAppError } from '../backend/error';
import {
  completed,
  goneOn,
  inOrder,
  keepAfter,
  placeOf,
  type Entered,
  type Line,
  type Meaning,
  type Opening,
  type Other,
} from './line';

/** What was recorded, for the one who says so. */
export interface Recorded {
  says: string;
  labels: string[];
  /** Id of what it made, if that can be opened. */
  open: string;
  /** Whether it can be taken back. */
  undo: boolean;
  /** The claim that it is a test's result of: a verdict on it is the next thing to say. */
  tested?: Tested | undefined;
  /** How many things it brought down that are to be worked through. */
  fell?: number | undefined;
}

const nothing: Reading = { says: '', problem: '', hint: '' };

/** How long after a key Go is asked what the line means. */
const readAfter = 40;

/**
 * The one line in which everything is typed. It knows nothing of what a line means: Go reads it, completes it, records
 * it. What was typed is never lost: it is kept as a draft from key to key until Go has recorded it. Keys do not wait for
 * Go: a line that was entered leaves the field to the next one at once, and comes back before it if Go refuses.
 */
export class Composer {
  open = $state.raw(false);
  text = $state.raw('');
  about = $state.raw<Chip>();
  reading = $state.raw<Reading>(nothing);
  offers = $state.raw<Completion[]>([]);
  #offeredFor = ''; // the text that they go on from
  #closedAt: string | undefined; // the text at which they were closed, and are not to come again
  /** The offer that was moved to; -1 for none. */
  chosen = $state.raw(-1);
  /** What was entered and is not recorded yet, in order. What is typed meanwhile is the next line. */
  entered = $state.raw<string[]>([]);
  /** Enter was pressed on a line that cannot be recorded yet. Until then its problem is advice. */
  refused = $state.raw(false);
  /** Why the line could not be recorded. It is still there. */
  trouble = $state.raw<AppError>();
  other = $state.raw<Other>();
  /** What somebody else did last to what the line is about, since it was begun. */
  touched = $state.raw<EntryRow>();
  #known = -1; // how much had been done to it when that was looked at; -1 before it was
  /** Where the caret is to be put: the field follows each new one. */
  put = $state.raw({ at: 0 });
  /** What was typed and not recorded, by place. */
  drafts = $state.raw<Record<string, string>>({});

  readonly #backend: Backend;
  #incident = '';
  #place = '';
  #begun = ''; // the text that it began with, which is no draft
  #caret = 0;
  #asked = 0; // counts what Go was asked, so that a late answer is dropped
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #unkept = $state.raw<string[]>([]);
  #entries: Entered[] = [];

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether anything was typed that is not kept as a draft yet. */
  get unsaved(): boolean {
    return this.#unkept.length > 0;
  }

  /** Takes up the drafts of an incident. */
  async enter(incident: string): Promise<void> {
    if (incident === this.#incident) return;
    this.close();
    this.#incident = incident;
    this.#unkept = [];
    this.drafts = {};
    if (incident === '') return;
    const kept = await this.#backend.drafts(incident);
    if (incident !== this.#incident) return;
    this.drafts = { ...kept, ...this.drafts };
  }

  start(opening: Opening): void {
    this.close();
    this.#place = placeOf(opening);
    const going = this.#going;
    this.#begun = opening.text ?? '';
    const draft = going ? going.ahead || undefined : this.drafts[this.#place];
    this.about = opening.about;
    this.other = opening.other;
    this.text = draft ?? this.#begun;
    this.#caret = draft === undefined ? (opening.caret ?? this.text.length) : this.text.length;
    this.put = { at: this.#caret };
    this.reading = nothing;
    this.offers = [];
    this.#closedAt = undefined;
    this.chosen = -1;
    this.trouble = undefined;
    this.refused = false;
    this.open = true;
    this.touched = undefined;
    this.#known = -1;
    void this.look('');
    this.#showEntered();
    this.#preview();
  }

  /** Looks whether somebody else than me has changed what the line is about since it was begun. */
  async look(me: string): Promise<void> {
    const { about } = this;
    if (!this.open || !about) return;
    const rows = await this.#backend.history(this.#incident, about.id, 0).catch(() => []);
    if (this.about !== about) return;
    if (this.#known >= 0) {
      this.touched = rows.slice(this.#known).findLast((row) => row.by !== me) ?? this.touched;
    }
    this.#known = rows.length;
  }

  /** What stands in the field now, and where the caret is. */
  typed(text: string, caret: number): void {
    this.text = text;
    this.#caret = caret;
    this.chosen = -1;
    this.trouble = undefined;
    this.refused = false;
    this.#closedAt = undefined;
    this.#draft();
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => this.#preview(), readAfter);
  }

  /** The caret went elsewhere: what can be completed there is another thing. */
  moved(caret: number): void {
    if (caret === this.#caret) return;
    this.#caret = caret;
    this.offers = [];
    this.chosen = -1;
  }

  /** Writes into the incident's log what was to be about one thing. */
  widen(): boolean {
    if (!this.about || this.other) return false;
    this.about = undefined;
    this.#preview();
    return true;
  }

  choose(by: 1 | -1): void {
    const n = this.offers.length;
    if (n === 0) return;
    this.chosen = this.chosen < 0 ? (by === 1 ? 0 : n - 1) : (this.chosen + by + n) % n;
  }

  take(index = Math.max(0, this.chosen)): boolean {
    const offer = this.offers[index];
    if (!offer) return false;
    const line = completed(this.text, offer);
    this.text = line.text;
    this.#caret = line.caret;
    this.put = { at: this.#caret };
    this.offers = [];
    this.chosen = -1;
    this.#draft();
    this.#preview();
    return true;
  }

  /**
   * Takes the offer that has a key of its own; false where none has that one. Offers for what stood here before are none:
   * C7, typed fast, is no C and the seventh of them.
   */
  pick(key: string): boolean {
    if (this.text !== this.#offeredFor) return false;
    const index = this.offers.findIndex((offer) => offer.key !== '' && offer.key === key);
    return index >= 0 && this.take(index);
  }

  /** Closes the list of offers; false where there is none. */
  dismiss(): boolean {
    const had = this.offers.length > 0;
    this.offers = [];
    this.chosen = -1;
    this.#closedAt = this.text;
    return had;
  }

  /**
   * Records the line, and those that are entered while Go has it, in their order. Where an offer was moved to, or the line
   * cannot be read as it stands, the offer is taken instead. A line that Go refuses is put back before what was typed since,
   * and says why; if its place was left, it is a draft there, and the reason is thrown.
   */
  async send(): Promise<Recorded | undefined> {
    if (this.chosen >= 0) {
      this.take();
      return undefined;
    }
    const before = this.#going;
    if (before) {
      if (this.text.trim() !== '') this.#enter(before);
      return undefined;
    }
    const going: Entered = { incident: this.#incident, place: this.#place, lines: [], ahead: '' };
    this.#entries = [...this.#entries, going];
    this.#enter(going);
    let recorded: Recorded | undefined;
    try {
      for (let line = going.lines[0]; line; line = going.lines[0]) {
        const meaning = await this.#meaning(going.incident, line);
        if (meaning.reading.problem !== '') {
          this.#refuse(going, line, meaning);
          break;
        }
        if (line.text.trim() === '') {
          this.#putBack(going);
          break;
        }
        recorded = await this.#record(going.incident, line);
        this.#recorded(going);
      }
    } catch (reason) {
      const here = this.#stands(going);
      this.#putBack(going);
      if (!here) throw reason;
      this.trouble = toAppError(reason);
    }
    this.#entries = this.#entries.filter((entered) => entered !== going);
    return recorded;
  }

  /** What was entered where the field stands, and is not recorded yet. */
  get #going(): Entered | undefined {
    return this.#entries.find((e) => e.incident === this.#incident && e.place === this.#place);
  }

  /** Whether the field stands where these lines were entered. */
  #stands(entered: Entered): boolean {
    return this.open && this.#going === entered;
  }

  /** Takes the line out of the field, which is free for the next one. */
  #enter(entered: Entered): void {
    const { text, about, other } = this;
    entered.lines.push({ text, caret: this.#caret, about, other });
    clearTimeout(this.#readTimer);
    this.#asked += 1;
    this.text = '';
    this.#caret = 0;
    this.reading = nothing;
    this.offers = [];
    this.trouble = undefined;
    this.refused = false;
    this.#showEntered();
  }

  #showEntered(): void {
    this.entered = this.#going?.lines.map((line) => line.text) ?? [];
  }

  async #record(incident: string, { text, about, other }: Line): Promise<Recorded> {
    if (other) return { says: await other.send(text), labels: [], open: '', undo: false };
    return { ...(await this.#backend.send(incident, about?.id ?? '', text)), undo: true };
  }

  /** Lets go of the first line, and closes after the last, unless more was typed. */
  #recorded(entered: Entered): void {
    entered.lines.shift();
    if (!this.#stands(entered)) {
      this.#keepAt(entered.incident, entered.place, inOrder(entered.lines, entered.ahead));
      return;
    }
    if (this.text !== this.#begun) this.#begun = '';
    this.#showEntered();
    this.#draft();
    this.flush();
    if (entered.lines.length === 0 && this.text.trim() === '') this.close();
  }

  #refuse(entered: Entered, line: Line, { reading, offers }: Meaning): void {
    if (!this.#stands(entered)) throw new AppError('invalid', reading.problem, reading.hint);
    // What has a key of its own is one of several that may be meant: it is never taken for the person.
    const offer = offers.find((o) => o.key === '');
    if (offer) Object.assign(line, completed(line.text, offer));
    this.#putBack(entered);
    if (offer) return;
    this.refused = true;
    this.reading = reading;
  }

  /** Puts what was entered back before what was typed since: into the field, or where that was left into its draft. */
  #putBack(entered: Entered): void {
    const { lines, ahead } = entered;
    const here = this.#stands(entered);
    entered.lines = [];
    const [first, ...rest] = lines;
    if (!first) return;
    if (!here) {
      entered.ahead = inOrder(lines, ahead);
      this.#keepAt(entered.incident, entered.place, entered.ahead);
      return;
    }
    const typed = inOrder(rest, this.text);
    const text = goneOn(first, typed);
    const tail = first.text.length - first.caret + this.text.length - this.#caret;
    this.about = first.about;
    this.#caret = text.length - tail;
    this.text = text;
    this.put = { at: this.#caret };
    this.#showEntered();
    this.#draft();
    this.#preview();
  }

  /** Keeps what is left of a place that the field does not stand at. */
  #keepAt(incident: string, place: string, text: string): void {
    if (incident !== this.#incident) {
      void this.#backend.keepDraft(incident, place, text).catch(() => undefined);
      return;
    }
    this.#keep(place, text);
    this.flush();
  }

  /** Closes the line; what stands in it is kept. */
  close(): void {
    if (!this.open) return;
    const going = this.#going;
    if (going) going.ahead = this.text;
    this.flush();
    clearTimeout(this.#readTimer);
    this.#asked += 1;
    this.open = false;
  }

  /** Lets go of what stands in the line: it was recorded in another way. */
  drop(): void {
    this.typed('', 0);
    this.close();
  }

  /** Keeps at once what was typed since the last time. */
  flush(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    const incident = this.#incident;
    for (const place of this.#unkept) {
      const text = this.drafts[place] ?? '';
      // What cannot be kept now is still here, and is kept at the next key.
      this.#backend.keepDraft(incident, place, text).then(
        () => {
          const same = incident === this.#incident && (this.drafts[place] ?? '') === text;
          if (same) this.#unkept = this.#unkept.filter((other) => other !== place);
        },
        () => undefined,
      );
    }
  }

  /** What is typed at a place, and not recorded; '' for nothing. */
  hold(place: string, text: string): void {
    const all = Object.entries({ ...this.drafts, [place]: text });
    this.drafts = Object.fromEntries(all.filter(([, typed]) => typed !== ''));
  }

  /** Holds it, to be kept with the next flush. */
  #keep(place: string, text: string): void {
    this.hold(place, text);
    if (!this.#unkept.includes(place)) this.#unkept = [...this.#unkept, place];
  }

  /** The place of a draft that was typed about a thing, if there is one. */
  draftOn(id: string): string | undefined {
    return Object.keys(this.drafts).find((place) => place.endsWith(` ${id}`));
  }

  #draft(): void {
    const text = inOrder(this.#going?.lines ?? [], this.text);
    this.#keep(this.#place, text === this.#begun ? '' : text);
    // No key puts it off: somebody may type for long without a pause.
    this.#keepTimer ??= setTimeout(() => this.flush(), keepAfter);
  }

  #preview(): void {
    this.#ask().catch((reason: unknown) => (this.trouble = toAppError(reason)));
  }

  /** Asks Go what the line means and how it may go on. An answer that comes after the next question is dropped. */
  async #ask(): Promise<void> {
    clearTimeout(this.#readTimer);
    const asked = ++this.#asked;
    const { text, about, other } = this;
    if (other) {
      this.reading = other.read(text);
      return;
    }
    const meaning = await this.#meaning(this.#incident, { text, caret: this.#caret, about, other });
    if (asked !== this.#asked) return;
    this.reading = meaning.reading;
    this.offers = text === this.#closedAt ? [] : meaning.offers;
    this.#offeredFor = text;
    this.chosen = -1;
  }

  async #meaning(incident: string, { text, caret, about, other }: Line): Promise<Meaning> {
    if (other) return { reading: other.read(text), offers: [] };
    const [reading, offers] = await Promise.all([
      this.#backend.read(incident, about?.id ?? '', text),
      this.#backend.complete(incident, about?.id ?? '', text, caret),
    ]);
    // What is written already need not be offered.
    return { reading, offers: offers.filter((o) => text.slice(o.from, o.to) !== o.insert.trim()) };
  }
}

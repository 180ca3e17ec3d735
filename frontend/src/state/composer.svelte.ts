import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { AppError, Backend, Chip, Completion, Reading } from '../backend';
import { toAppError } from '../backend/error';

/** A line that is begun: by which key, about what, and what stands in it already. */
export interface Opening {
  /** The act that it is for. Each act on each thing has a draft of its own. */
  name: string;
  about?: Chip | undefined;
  text?: string;
  /** Where the caret stands; at the end, where absent. */
  caret?: number;
  /** What is asked for where it is no line of the incident: it has its own way to be read and to be sent. */
  other?: Other;
}

export interface Other {
  asks: string;
  read: (text: string) => Reading;
  send: (text: string) => Promise<string>;
}

/** What was recorded, for the one who says so. */
export interface Recorded {
  says: string;
  labels: string[];
  /** Id of what it made, if that can be opened. */
  open: string;
  /** Whether it can be taken back. */
  undo: boolean;
}

const nothing: Reading = { says: '', problem: '', hint: '' };

/** How long after a key Go is asked what the line means, and how long after it the draft is kept. */
const readAfter = 40;
const keepAfter = 150;

/**
 * The one line in which everything is typed. It knows nothing of what a line means: Go reads it, completes it, records
 * it. What was typed is never lost: it is kept as a draft from key to key until Go has recorded it.
 */
export class Composer {
  open = $state(false);
  text = $state('');
  about = $state.raw<Chip>();
  reading = $state.raw<Reading>(nothing);
  offers = $state.raw<Completion[]>([]);
  /** The offer that was moved to; -1 for none. */
  chosen = $state(-1);
  sending = $state(false);
  /** Enter was pressed on a line that cannot be recorded yet. Until then its problem is advice. */
  refused = $state(false);
  /** Why the line could not be recorded. It is still there. */
  trouble = $state.raw<AppError>();
  other = $state.raw<Other>();
  /** What is to be known before the line is recorded. */
  aside = $state('');
  /** Where the caret is to be put: the field follows each new one. */
  put = $state.raw({ at: 0 });
  /** What was typed and not recorded, by place. */
  readonly drafts = new SvelteMap<string, string>();

  readonly #backend: Backend;
  #incident = '';
  #place = '';
  #begun = ''; // the text that it began with, which is no draft
  #caret = 0;
  #asked = 0; // counts what Go was asked, so that a late answer is dropped
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #unkept = new SvelteSet<string>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether anything was typed that is not kept as a draft yet. */
  get unsaved(): boolean {
    return this.#unkept.size > 0;
  }

  /** Takes up the drafts of an incident. */
  async enter(incident: string): Promise<void> {
    if (incident === this.#incident) return;
    this.close();
    this.#incident = incident;
    this.#unkept.clear();
    this.drafts.clear();
    if (incident === '') return;
    const kept = await this.#backend.drafts(incident);
    if (incident !== this.#incident) return;
    for (const [place, text] of Object.entries(kept)) {
      if (!this.drafts.has(place)) this.drafts.set(place, text);
    }
  }

  start(opening: Opening): void {
    this.close();
    this.#place = placeOf(opening);
    this.#begun = opening.text ?? '';
    const draft = this.drafts.get(this.#place);
    this.about = opening.about;
    this.other = opening.other;
    this.text = draft ?? this.#begun;
    this.#caret = draft === undefined ? (opening.caret ?? this.text.length) : this.text.length;
    this.put = { at: this.#caret };
    this.reading = nothing;
    this.offers = [];
    this.chosen = -1;
    this.trouble = undefined;
    this.refused = false;
    this.aside = '';
    this.open = true;
    this.#preview();
  }

  /** What stands in the field now, and where the caret is. */
  typed(text: string, caret: number): void {
    this.text = text;
    this.#caret = caret;
    this.chosen = -1;
    this.trouble = undefined;
    this.refused = false;
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
    const after = this.text.slice(offer.to);
    // An offer brings the space after it.
    const rest = offer.insert.endsWith(' ') && after.startsWith(' ') ? after.slice(1) : after;
    this.text = this.text.slice(0, offer.from) + offer.insert + rest;
    this.#caret = offer.from + offer.insert.length;
    this.put = { at: this.#caret };
    this.offers = [];
    this.chosen = -1;
    this.#draft();
    this.#preview();
    return true;
  }

  /** Closes the list of offers; false where there is none. */
  dismiss(): boolean {
    const had = this.offers.length > 0;
    this.offers = [];
    this.chosen = -1;
    this.#asked += 1;
    return had;
  }

  /**
   * Records the line. Where an offer was moved to, or the line cannot be read as it stands, the offer is taken instead;
   * where Go refuses, the line stays and says why.
   */
  async send(): Promise<Recorded | undefined> {
    if (this.sending) return undefined;
    if (this.chosen >= 0) {
      this.take();
      return undefined;
    }
    this.sending = true;
    try {
      await this.#ask();
      if (this.reading.problem !== '') {
        this.refused = !this.take();
        return undefined;
      }
      if (this.text.trim() === '') return undefined;
      return await this.#record();
    } catch (reason) {
      this.trouble = toAppError(reason);
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  async #record(): Promise<Recorded> {
    const { text, about, other } = this;
    let recorded: Recorded;
    if (other) {
      recorded = { says: await other.send(text), labels: [], open: '', undo: false };
    } else {
      const sent = await this.#backend.send(this.#incident, about?.id ?? '', text);
      recorded = { ...sent, undo: true };
    }
    this.#forget(this.#place);
    this.text = '';
    this.#begun = '';
    this.close();
    return recorded;
  }

  /** Closes the line; what stands in it is kept. */
  close(): void {
    if (!this.open) return;
    this.flush();
    clearTimeout(this.#readTimer);
    this.#asked += 1;
    this.open = false;
  }

  /** Keeps at once what was typed since the last time. */
  flush(): void {
    clearTimeout(this.#keepTimer);
    const incident = this.#incident;
    for (const place of this.#unkept) {
      const text = this.drafts.get(place) ?? '';
      // What cannot be kept now is still here, and is kept at the next key.
      this.#backend.keepDraft(incident, place, text).then(
        () => {
          const same = incident === this.#incident && (this.drafts.get(place) ?? '') === text;
          if (same) this.#unkept.delete(place);
        },
        () => undefined,
      );
    }
  }

  /** The place of a draft that was typed about a thing, if there is one. */
  draftOn(id: string): string | undefined {
    return [...this.drafts.keys()].find((place) => place.endsWith(` ${id}`));
  }

  #draft(): void {
    if (this.text === this.#begun || this.text.trim() === '') this.drafts.delete(this.#place);
    else this.drafts.set(this.#place, this.text);
    this.#unkept.add(this.#place);
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.flush(), keepAfter);
  }

  #forget(place: string): void {
    if (!this.drafts.delete(place)) return;
    this.#unkept.add(place);
    this.flush();
  }

  #preview(): void {
    this.#ask().catch((reason: unknown) => (this.trouble = toAppError(reason)));
  }

  /** Asks Go what the line means and how it may go on. An answer that comes after the next question is dropped. */
  async #ask(): Promise<void> {
    clearTimeout(this.#readTimer);
    const asked = ++this.#asked;
    const { text, other } = this;
    if (other) {
      this.reading = other.read(text);
      return;
    }
    const about = this.about?.id ?? '';
    const [reading, offers] = await Promise.all([
      this.#backend.read(this.#incident, about, text),
      this.#backend.complete(this.#incident, about, text, this.#caret),
    ]);
    if (asked !== this.#asked) return;
    this.reading = reading;
    // What is written already need not be offered.
    this.offers = offers.filter((o) => text.slice(o.from, o.to) !== o.insert.trim());
    this.chosen = -1;
  }
}

/** Where a draft lies: by the act and the thing, so that no line takes the place of another. */
export const placeOf = ({ name, about }: Pick<Opening, 'name' | 'about'>): string =>
  `${name} ${about?.id ?? ''}`;

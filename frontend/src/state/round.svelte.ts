import { tick } from 'svelte';
import type { CheckinRow, CheckinView } from '../backend';
import type { App } from './app.svelte';
import type { View } from './shown.svelte';
import { keepAfter } from './line';
import { focusItem } from './walk';

export const parts = ['seeing', 'doing', 'need'] as const;
export type Words = Record<(typeof parts)[number], string>;
export const noWords: Words = { seeing: '', doing: '', need: '' };

/** Where what is typed in a round is kept: it is a draft until somebody was heard. */
const place = 'checkin ';

const minutes = 3;

/** The check-in round: one after the other, from the longest silence on. Keys do not wait for Go. */
export class Round {
  view = $state.raw<CheckinView>();
  /** Whose row has, or had last, the focus. */
  at = $state('');
  /** What was typed and is not recorded, by person. */
  words = $state.raw<Record<string, Words>>({});
  skipped = $state.raw<Record<string, boolean>>({});
  /** Who is asked once more, as what was written down is not what they said. */
  again = $state.raw<Record<string, boolean>>({});
  readonly #sending: Record<string, boolean> = {};
  #from: View = 'cockpit';
  #keeping: ReturnType<typeof setTimeout> | undefined;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens the round, or goes on with the one that is open. */
  async open(): Promise<void> {
    const app = this.#app;
    if (app.screen !== 'checkin') {
      this.#from = app.screen === 'brief' || app.screen === 'claims' ? app.screen : 'cockpit';
      await app.show('checkin');
      await this.#takeUp();
    }
    if (!this.view || app.screen !== 'checkin') return;
    if (!this.view.round && this.view.rows.length > 0 && !app.past) {
      this.skipped = {};
      await app.acts.lines('', `/checkin ${minutes}m`);
    }
    await this.#goTo(this.#waiting()[0]);
  }

  async leave(): Promise<void> {
    await this.#app.show(this.#from);
  }

  /** Reads what was typed, and not recorded, when the window was closed. */
  async #takeUp(): Promise<void> {
    const kept = (await this.#app.backend.drafts(this.#app.incident))[place];
    this.words = JSON.parse(kept ?? '{}') as Record<string, Words>;
  }

  typed(person: string, part: keyof Words, text: string): void {
    this.#put(person, { ...(this.words[person] ?? noWords), [part]: text });
    this.#keep();
  }

  #put(person: string, words: Words): void {
    this.words = { ...this.words, [person]: words };
  }

  /** Whether words of theirs are typed. */
  said(person: string): boolean {
    return Object.values(this.words[person] ?? noWords).some((text) => text.trim() !== '');
  }

  /** Whether the fields for what they say are open. */
  asks({ person, answer }: CheckinRow): boolean {
    return answer === undefined || this.again[person] === true || this.said(person);
  }

  /** Writes down what somebody said, or that there is no change, and goes on to the next. */
  async heard(row: CheckinRow): Promise<void> {
    const { person } = row;
    if (!this.view?.round || this.#sending[person]) return;
    const words = this.words[person] ?? noWords;
    const said = parts.filter((part) => words[part].trim() !== '').map((part) => ` ${part}: ${words[part]}`);
    this.#sending[person] = true;
    void this.#next(person);
    if (await this.#app.acts.lines('', row.line + said.join(''))) {
      this.#put(person, noWords);
      this.skipped = { ...this.skipped, [person]: false };
      this.again = { ...this.again, [person]: false };
      this.#keep();
    }
    this.#sending[person] = false;
  }

  /** "Heard, no change": not where words are typed, which would be lost. */
  async same(row: CheckinRow): Promise<void> {
    if (this.said(row.person)) this.#app.say(`Words are typed for ${row.person}. Enter writes them down.`);
    else await this.heard(row);
  }

  skip(row: CheckinRow): void {
    this.skipped = { ...this.skipped, [row.person]: true };
    void this.#next(row.person);
  }

  /** Ends the round, and begins the note that says what it told. */
  async end(): Promise<void> {
    const app = this.#app;
    const { round, draft } = this.view ?? {};
    if (!round || !(await app.acts.lines('', '/checkin close'))) return;
    await this.leave();
    app.acts.compose({ name: 'situationNote', about: round, text: draft ?? '' });
  }

  get row(): CheckinRow | undefined {
    return this.view?.rows.find((row) => row.person === this.at);
  }

  /** Goes to the field for what somebody says. What was written down stands there, to be put right. */
  async write({ person, answer }: CheckinRow): Promise<void> {
    if (answer && !this.said(person)) {
      this.#put(person, { seeing: answer.seeing, doing: answer.doing, need: answer.need });
      this.again = { ...this.again, [person]: true };
      await tick();
    }
    this.#row(person)?.querySelector<HTMLElement>('textarea')?.focus();
  }

  /** Goes from a field back to the row. What was written down and is as it was stays so. */
  rest(row: CheckinRow): void {
    const { person, answer } = row;
    const typed = this.words[person];
    if (answer && typed && parts.every((part) => typed[part] === answer[part])) this.#put(person, noWords);
    this.again = { ...this.again, [person]: false };
    focusItem(this.#row(row.person)?.querySelector<HTMLElement>('[data-item]'));
  }

  #row(person: string): HTMLElement | null {
    return document.querySelector<HTMLElement>(`[data-person="${CSS.escape(person)}"]`);
  }

  #waiting(): CheckinRow[] {
    return (this.view?.rows ?? []).filter(
      ({ person, answer }) => !answer && !this.skipped[person] && !this.#sending[person],
    );
  }

  async #next(person: string): Promise<void> {
    const rows = this.view?.rows ?? [];
    const at = rows.findIndex((row) => row.person === person);
    const waiting = this.#waiting();
    await this.#goTo(waiting.find((row) => rows.indexOf(row) > at) ?? waiting[0]);
  }

  /** Goes to somebody's row, or to the end of the round where nobody is left. */
  async #goTo(row: CheckinRow | undefined): Promise<void> {
    await tick();
    if (row) this.rest(row);
    else focusItem(document.querySelector<HTMLElement>('[data-end]'));
  }

  #keep(): void {
    clearTimeout(this.#keeping);
    const { incident } = this.#app;
    const typed = Object.entries(this.words).filter(([person]) => this.said(person));
    const text = typed.length === 0 ? '' : JSON.stringify(Object.fromEntries(typed));
    this.#keeping = setTimeout(
      () => void this.#app.attempt(() => this.#app.backend.keepDraft(incident, place, text)),
      keepAfter,
    );
    // Wherever one goes, it is said that a draft is kept.
    this.#app.composer.hold(place, text);
  }
}

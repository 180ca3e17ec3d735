import { tick } from 'svelte';
import type { Chip, GateView, Head, ReviewView, WorklistView, WorkRow } from '../backend';
import type { App } from './app.svelte';
import { opening } from './commands/begin';
import type { Screen } from './shown.svelte';
import { focusThing } from './walk';

/** The pages about what rests on what. */
export type GroundScreen = 'tree' | 'worklist' | 'recheck';

const screens: Screen[] = ['tree', 'worklist', 'recheck'];

/** What has to be seen before a line is recorded. */
export interface OpenGate {
  view: GateView;
  about: string;
  /** Whether the line stands in the composer. */
  typed: boolean;
}

/** What rests on what: the tree of a thing, what is to be worked through after a claim fell, and what to look at again. */
export class Grounds {
  /** The thing whose tree is shown, or the claim that fell; '' for the one that fell last. */
  about = $state.raw('');
  head = $state.raw<Head>();
  /** Whether the tree of a thing is shown beside it. */
  beside = $state.raw(false);
  /** Whether the tree is drawn, or an outline. */
  drawn = $state.raw(false);
  /** Rows of the outline whose own rows are hidden, by key. */
  folded = $state.raw<Record<string, boolean>>({});
  /** What the parts have read that the keys act on. */
  work = $state.raw<WorklistView>();
  review = $state.raw<ReviewView>();
  gate = $state.raw<OpenGate>();

  readonly #app: App;
  #origin: { screen: Screen; claim: string; thing: string; focus: string } | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /** Whether one of the pages is shown. */
  get shown(): boolean {
    return screens.includes(this.#app.screen);
  }

  async open(screen: GroundScreen, about = ''): Promise<void> {
    const app = this.#app;
    if (!this.shown) {
      const focus = document.activeElement?.closest<HTMLElement>('[data-opens]')?.dataset['opens'] ?? '';
      this.#origin = { screen: app.screen, claim: app.claim, thing: app.thing?.chip.id ?? '', focus };
    }
    await app.attempt(async () => {
      this.head = await app.backend.groundHead(app.incident, app.travel.at);
      this.about = about;
      this.folded = {};
      this.work = undefined;
      this.review = undefined;
      app.close();
      app.selected = undefined;
      app.screen = screen;
      app.reading.took(this.head.asOf);
    });
  }

  /** Back to where the page was opened from. */
  async back(): Promise<void> {
    const app = this.#app;
    const origin = this.#origin ?? { screen: 'cockpit', claim: app.claim, thing: '', focus: '' };
    this.#origin = undefined;
    app.selected = undefined;
    app.claim = origin.claim;
    app.screen = origin.screen;
    await app.reread();
    if (origin.thing !== '') await app.openThing(origin.thing);
    await tick();
    if (origin.focus !== '') focusThing(origin.focus);
  }

  /** What is to be done about the thing that is selected. */
  get row(): WorkRow | undefined {
    return this.work?.items.find((item) => item.fall.chip.id === this.#app.subject?.id);
  }

  /** Begins the line by which a thing is kept: by a sentence, or on something else. */
  keep(row: WorkRow, on = ''): void {
    const { chip } = row.fall;
    this.#app.acts.compose(opening('workKeep', chip, row.keep + on));
  }

  /** Reverses a thing, stops it, or begins the message that corrects it: that is read before it is kept. */
  async stop(row: WorkRow): Promise<void> {
    const { chip } = row.fall;
    if (row.correct) {
      this.#app.acts.compose(opening('workStop', chip, { text: row.stop, caret: row.caret }));
      return;
    }
    await this.answer(chip, row.stop);
  }

  /** Asks the owner of a thing. */
  ask(row: WorkRow): Promise<void> {
    return this.answer(row.fall.chip, row.ask);
  }

  /** Answers for a thing that fell, or that is to be looked at again. */
  async answer(chip: Chip, line: string): Promise<void> {
    await this.#app.acts.lines(chip.id, line);
  }

  /** Hides or shows what belongs under the row of the outline that has the focus. */
  fold(hide: boolean): void {
    const key = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (key !== undefined) this.hide(key, hide);
  }

  hide(row: string, hide: boolean): void {
    this.folded = { ...this.folded, [row]: hide };
  }

  /** Shows what has to be seen before a line is recorded. */
  async stopAt(about: string, line: string, typed: boolean): Promise<void> {
    const app = this.#app;
    await app.attempt(async () => {
      this.gate = { view: await app.backend.gate(app.incident, about, line), about, typed };
    });
  }

  /** Starts what the gate stands before: that is recorded as a decision. */
  async through(): Promise<void> {
    const { gate } = this;
    this.gate = undefined;
    if (!gate) return;
    if ((await this.#app.acts.lines(gate.about, gate.view.goOn)) && gate.typed) this.#app.composer.drop();
  }
}

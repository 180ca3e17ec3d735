import {
  AppError,
  Length,
  Reader,
  type Backend,
  type BriefAsk,
  type BriefView,
  type Chip,
  type ClaimsScreen,
  type Cockpit,
  type Declaration,
  type Head,
  type List,
  type Start,
  type ThingView,
} from '../backend';
import { toAppError } from '../backend/error';
import { Clock } from './clock.svelte';
import { News } from './news.svelte';
import { Preferences } from './preferences.svelte';

export type Screen = 'incidents' | 'declare' | 'cockpit' | 'claims' | 'brief';
export type View = 'cockpit' | 'claims' | 'brief';

/** How often what is on the screen is read again without a change: prompts, dues and silence come from time alone. */
const rereadEvery = 20_000;

/** What the window shows: which screen, of which incident, and what was read for it. */
export class App {
  screen = $state<Screen>('incidents');
  /** Nothing was read yet: there is nothing to draw but the frame. */
  loading = $state(true);
  list = $state.raw<List>();
  incident = $state('');
  cockpit = $state.raw<Cockpit>();
  claims = $state.raw<ClaimsScreen>();
  brief = $state.raw<BriefView>();
  ask = $state.raw<BriefAsk>({ reader: Reader.Joining, length: Length.FiveMinutes, since: 0 });
  /** What is opened beside the screen. */
  thing = $state.raw<ThingView>();
  /** The claim that the claims screen shows beside its list. */
  claim = $state('');
  error = $state.raw<AppError>();
  /** Said once, and read out: "Copied". */
  said = $state('');
  palette = $state(false);
  keySheet = $state(false);
  prompts = $state<'few' | 'all'>('few');
  /** Whether the beliefs are shown where there is no room for them beside the threads. */
  beliefs = $state(false);

  readonly clock = new Clock();
  readonly news = new News();
  readonly preferences: Preferences;
  readonly backend: Backend;

  #trail: string[] = []; // what was opened before the thing that is open
  #reading = false;
  #again = false;
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    this.preferences = new Preferences((key, value) => void this.#try(() => backend.keep(key, value)));
  }

  /** The top bar's line about the incident that is open. */
  get head(): Head | undefined {
    if (this.screen === 'cockpit') return this.cockpit?.head;
    if (this.screen === 'claims') return this.claims?.head;
    return this.screen === 'brief' ? this.brief?.head : undefined;
  }

  /** Whether the form is shown that declares an incident: asked for, or because there is nothing else to show. */
  get declaring(): boolean {
    return this.screen === 'declare' || (this.screen === 'incidents' && this.list?.incidents.length === 0);
  }

  get inIncident(): boolean {
    return this.screen === 'cockpit' || this.screen === 'claims' || this.screen === 'brief';
  }

  /** Reads the first screen and stays in step from then on. Returns how to stop. */
  start(): () => void {
    void this.begin();
    const quiet = this.backend.onChanged(() => void this.reread());
    const stop = this.clock.start();
    const timer = setInterval(() => void this.reread(), rereadEvery);
    return () => {
      quiet();
      stop();
      clearInterval(timer);
    };
  }

  async begin(): Promise<void> {
    let first: Start | undefined;
    await this.#try(async () => {
      first = await this.backend.start();
    });
    this.loading = false;
    if (!first) return;
    this.preferences.restore(first.kept);
    this.#took(first.list.asOf);
    this.list = first.list;
    this.news.list(first.list);
    if (first.brief) {
      this.incident = first.open;
      this.brief = first.brief;
      this.screen = 'brief';
    }
  }

  /** Reads what is on the screen again. Calls that come meanwhile are answered by one more reading after it. */
  async reread(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    do {
      this.#again = false;
      await this.#try(() => this.#read(this.screen));
    } while (this.#again);
    this.#reading = false;
  }

  async #read(screen: Screen): Promise<void> {
    const id = this.incident;
    switch (screen) {
      case 'incidents':
      case 'declare':
        this.list = await this.backend.incidents();
        this.#took(this.list.asOf);
        this.news.list(this.list);
        break;
      case 'cockpit': {
        const view = await this.backend.cockpit(id);
        if (id !== this.incident) return;
        this.cockpit = view;
        this.#took(view.head.asOf);
        this.news.cockpit(view);
        break;
      }
      case 'claims': {
        const view = await this.backend.claims(id);
        if (id !== this.incident) return;
        this.claims = view;
        this.#took(view.head.asOf);
        this.news.claims(view);
        break;
      }
      case 'brief': {
        const ask = this.ask;
        const view = await this.backend.brief(id, ask);
        if (id !== this.incident || ask !== this.ask) return;
        this.brief = view;
        this.#took(view.head.asOf);
        break;
      }
    }
    const open = this.thing?.chip.id;
    if (open && this.inIncident) {
      const thing = await this.backend.thing(id, open);
      if (this.thing?.chip.id === open) this.thing = thing;
    }
  }

  /** Goes to a view of the incident that is open. */
  async show(view: View): Promise<void> {
    if (this.screen === view && this.error === undefined) return;
    this.screen = view;
    this.beliefs = false;
    this.close();
    await this.reread();
  }

  /** Opens an incident, in the cockpit unless another view is asked for. */
  async open(incident: string, view: View = 'cockpit'): Promise<void> {
    if (incident !== this.incident) {
      this.incident = incident;
      this.cockpit = undefined;
      this.claims = undefined;
      this.brief = undefined;
      this.claim = '';
      this.prompts = 'few';
      this.ask = { reader: Reader.Joining, length: Length.FiveMinutes, since: 0 };
      this.news.incident();
    }
    this.screen = view;
    this.close();
    void this.#try(() => this.backend.opened(incident));
    await this.reread();
  }

  async leave(): Promise<void> {
    this.screen = 'incidents';
    this.close();
    void this.#try(() => this.backend.opened(''));
    await this.reread();
  }

  async declare(d: Declaration): Promise<void> {
    await this.open(await this.backend.declare(d));
  }

  async openSample(): Promise<void> {
    await this.#try(async () => this.open(await this.backend.openSample(), 'brief'));
  }

  /** Opens a thing of the incident beside the screen. What was open before is one step back. */
  async openThing(ref: string): Promise<void> {
    await this.#try(async () => {
      const thing = await this.backend.thing(this.incident, ref);
      if (this.thing && this.thing.chip.id !== thing.chip.id) this.#trail.push(this.thing.chip.id);
      this.thing = thing;
      this.news.see(thing.chip.id);
    });
  }

  /** Opens what a chip names where it is at home: a claim among the claims, anything else beside the screen. */
  async goTo(chip: Chip): Promise<void> {
    if (chip.kind === 'claim') {
      this.claim = chip.id;
      await this.show('claims');
      return;
    }
    if (chip.kind === 'thread') await this.show('cockpit');
    await this.openThing(chip.id);
  }

  /** One step back; false where there is none to take. */
  async back(): Promise<boolean> {
    const before = this.#trail.pop();
    if (before !== undefined) {
      this.thing = undefined;
      await this.openThing(before);
      return true;
    }
    const was = this.thing !== undefined || this.beliefs;
    this.close();
    this.beliefs = false;
    return was;
  }

  close(): void {
    this.thing = undefined;
    this.#trail = [];
  }

  /** Asks for another brief: for another reader, length or time. */
  async askFor(change: Partial<BriefAsk>): Promise<void> {
    this.ask = { ...this.ask, ...change };
    await this.reread();
  }

  async copyBrief(): Promise<void> {
    await this.#try(async () => {
      await this.backend.copy(await this.backend.briefText(this.incident, this.ask));
      this.say('Copied as text');
    });
  }

  say(text: string): void {
    this.said = text;
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => (this.said = ''), 4000);
  }

  #took(asOf: number): void {
    this.clock.set(asOf);
    this.error = undefined;
  }

  async #try(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (reason) {
      this.error = toAppError(reason);
    }
  }
}

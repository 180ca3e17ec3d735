import { tick } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
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
  type EntryRow,
  type Head,
  type List,
  type Start,
  type ThingView,
  type TimelineView,
} from '../backend';
import { toAppError } from '../backend/error';
import { Acts } from './acts.svelte';
import { Clock } from './clock.svelte';
import { Composer } from './composer.svelte';
import { Entries } from './entries.svelte';
import { Listing } from './listing.svelte';
import { News } from './news.svelte';
import { Preferences } from './preferences.svelte';
import { readPlace, writePlace, type Place } from './place';
import { Readings } from './readings.svelte';
import { Sound } from './sound';
import { Span } from './span.svelte';
import { Travel } from './travel.svelte';
import { focusItem } from './walk';

export type Screen = 'incidents' | 'declare' | 'thread' | View;
export type View = 'cockpit' | 'claims' | 'timeline' | 'brief';

/** The page of one thread: all that happened in it, newest first. */
export interface ThreadPage {
  head: Head;
  thread: ThingView;
  entries: EntryRow[];
  more: number;
  /** What is in the incident, to name what the entries are about. */
  names: Chip[];
}

/** A menu on the thing that is selected: what can be done with it, or where it can be moved to. */
export interface OpenMenu {
  what: 'acts' | 'move';
  /** Where it opens: where the pointer is, else at the thing. */
  at: { x: number; y: number } | undefined;
}

/** How often what is on the screen is read again without a change: prompts, dues and silence come from time alone. */
const rereadEvery = 20_000;

/** How long a reader is somewhere before that is kept: moving along a list keeps nothing. */
const keepAfter = 250;

/** What the window shows: which screen, of which incident, and what was read for it. */
export class App {
  screen = $state<Screen>('incidents');
  /** Nothing was read yet: there is nothing to draw but the frame. */
  loading = $state(true);
  list = $state.raw<List>();
  incident = $state('');
  cockpit = $state.raw<Cockpit>();
  claims = $state.raw<ClaimsScreen>();
  timeline = $state.raw<TimelineView>();
  brief = $state.raw<BriefView>();
  ask = $state.raw<BriefAsk>({ reader: Reader.Joining, length: Length.FiveMinutes, since: 0 });
  /** What is opened beside the screen. */
  thing = $state.raw<ThingView>();
  /** The thread whose page is shown. */
  page = $state.raw<ThreadPage>();
  /** What has, or had last, the focus: what acts act on. */
  selected = $state.raw<Chip>();
  /** The prompts that were looked at. */
  readonly prompted = new SvelteSet<string>();
  /** Which menu is open, on the thing that is selected. */
  menu = $state.raw<OpenMenu>();
  /** The claim that the claims screen shows beside its list. */
  claim = $state('');
  error = $state.raw<AppError>();
  /** Said once, and read out: "Copied". */
  said = $state('');
  palette = $state(false);
  keySheet = $state(false);
  /** The field for a moment to go back to. */
  askingWhen = $state(false);
  settings = $state(false);
  /** Whether a form holds text that is nowhere else. */
  typed = $state(false);
  /** Somebody closes the window although what was typed would be lost. */
  closing = $state(false);
  prompts = $state<'few' | 'all'>('few');
  /** Whether all that guards the incident is shown, room or not. */
  guards = $state(false);
  /** Whether the beliefs are shown where there is no room for them beside the threads. */
  beliefs = $state(false);

  readonly clock = new Clock();
  readonly travel = new Travel();
  readonly span = new Span();
  readonly entries: Entries;
  readonly listing: Listing;
  readonly readings: Readings;
  readonly sound = new Sound();
  readonly news = new News();
  readonly composer: Composer;
  readonly acts: Acts;
  readonly preferences: Preferences;
  readonly backend: Backend;

  #trail: string[] = []; // what was opened before the thing that is open
  #reading = false;
  #again = false;
  #timelines = 0; // counts what was asked for, so that a late answer is dropped
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    this.composer = new Composer(backend);
    this.entries = new Entries(backend);
    this.listing = new Listing(backend);
    this.readings = new Readings(backend);
    this.acts = new Acts(this);
    this.preferences = new Preferences((key, value) => void this.#try(() => backend.keep(key, value)));
  }

  /** The top bar's line about the incident that is open. */
  get head(): Head | undefined {
    if (this.screen === 'cockpit') return this.cockpit?.head;
    if (this.screen === 'claims') return this.claims?.head;
    if (this.screen === 'timeline') return this.timeline?.head;
    if (this.screen === 'thread') return this.page?.head;
    return this.screen === 'brief' ? this.brief?.head : undefined;
  }

  /** Whether the form is shown that declares an incident: asked for, or because there is nothing else to show. */
  get declaring(): boolean {
    return this.screen === 'declare' || (this.screen === 'incidents' && this.list?.incidents.length === 0);
  }

  get inIncident(): boolean {
    return this.screen !== 'incidents' && this.screen !== 'declare';
  }

  /** Whether text would be lost, were the window closed now. */
  get unsaved(): boolean {
    return this.typed || this.composer.unsaved;
  }

  /** Whether the window shows the incident as it was known at an earlier moment: to be read only. */
  get past(): boolean {
    return this.travel.at > 0;
  }

  /** The thing that acts act on: what is selected, else what is open. */
  get subject(): Chip | undefined {
    if (!this.inIncident) return undefined;
    return (
      this.selected ?? this.thing?.chip ?? (this.screen === 'thread' ? this.page?.thread.chip : undefined)
    );
  }

  openMenu(what: OpenMenu['what'], at?: OpenMenu['at']): void {
    this.menu = { what, at };
  }

  /** Reads the first screen and stays in step from then on. Returns how to stop. */
  start(): () => void {
    void this.begin();
    const quiet = this.backend.onChanged(() => void this.reread());
    const stop = this.clock.start();
    const place = $effect.root(() => {
      $effect(() => {
        const { where, incident } = this;
        if (where === '') return;
        const timer = setTimeout(() => void this.#try(() => this.backend.left(incident, where)), keepAfter);
        return () => clearTimeout(timer);
      });
    });
    const timer = setInterval(() => void this.reread(), rereadEvery);
    return () => {
      quiet();
      stop();
      place();
      clearInterval(timer);
    };
  }

  async begin(): Promise<void> {
    let first: Start | undefined;
    await this.#try(async () => {
      first = await this.backend.start();
    });
    if (!first) {
      this.loading = false;
      return;
    }
    this.preferences.restore(first.kept);
    this.#took(first.list.asOf);
    this.list = first.list;
    this.news.list(first.list);
    if (first.brief) {
      this.incident = first.open;
      this.brief = first.brief;
      this.screen = 'brief';
      void this.#try(() => this.composer.enter(first?.open ?? ''));
      const place = readPlace(first.where);
      if (place) await this.#return(place);
    }
    this.loading = false;
  }

  /** Where in an incident the reader is, to be kept; '' where that is nowhere to come back to. */
  get where(): string {
    if (!this.inIncident || this.past || this.loading) return '';
    return writePlace({
      screen: this.screen as Place['screen'],
      thing: this.thing?.chip.id ?? '',
      claim: this.claim,
      thread: this.screen === 'thread' ? (this.page?.thread.chip.id ?? '') : '',
    });
  }

  /** Goes to where the reader was, unless they have gone elsewhere meanwhile: a key goes before a memory. */
  async #return(place: Place): Promise<void> {
    const incident = this.incident;
    this.claim = place.claim;
    if (place.screen === 'thread') {
      if (place.thread !== '') await this.openThread(place.thread);
    } else if (place.screen !== this.screen) {
      this.screen = place.screen;
      await this.reread();
    }
    const stayed = this.incident === incident && this.screen === place.screen;
    if (place.thing !== '' && stayed) await this.openThing(place.thing);
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
    const asOf = this.travel.at;
    const moved = (): boolean => id !== this.incident || asOf !== this.travel.at;
    switch (screen) {
      case 'incidents':
      case 'declare':
        this.list = await this.backend.incidents();
        this.#took(this.list.asOf);
        this.news.list(this.list);
        break;
      case 'cockpit': {
        const view = await this.backend.cockpit(id, asOf);
        if (moved()) return;
        this.cockpit = view;
        this.#took(view.head.asOf);
        if (!this.past) {
          this.news.cockpit(view);
          this.sound.cockpit(view, this.preferences.sound);
        }
        // The strip comes after the cockpit: nothing waits for it.
        void this.#try(() => this.#readTimeline());
        break;
      }
      case 'claims': {
        const view = await this.backend.claims(id, asOf);
        if (moved()) return;
        this.claims = view;
        this.#took(view.head.asOf);
        if (!this.past) this.news.claims(view);
        break;
      }
      case 'thread': {
        const thread = this.page?.thread.chip.id;
        if (thread !== undefined) await this.#readPage(thread);
        break;
      }
      case 'timeline':
        await this.#readTimeline();
        break;
      case 'brief': {
        const ask = this.ask;
        const view = await this.backend.brief(id, ask, asOf);
        if (moved() || ask !== this.ask) return;
        this.brief = view;
        this.#took(view.head.asOf);
        break;
      }
    }
    const open = this.thing?.chip.id;
    if (open && this.inIncident) {
      const thing = await this.#find(open);
      if (this.thing?.chip.id === open && !moved()) this.thing = thing;
    }
  }

  /** Reads the page of a thread: the thread, all that happened in it, and the names of what it speaks of. */
  async #readPage(id: string): Promise<void> {
    const { incident } = this;
    const asOf = this.travel.at;
    const filter = { text: '', thread: id, person: '', kind: '' };
    const [thread, entries, names] = await Promise.all([
      this.backend.thing(incident, id, asOf),
      this.backend.entries(incident, asOf, filter, '', 0),
      this.backend.names(incident, asOf),
    ]);
    if (incident !== this.incident || asOf !== this.travel.at) return;
    this.page = {
      head: entries.head,
      thread,
      entries: entries.entries,
      more: entries.found - entries.entries.length,
      names,
    };
    this.#took(entries.head.asOf);
    this.news.see(id);
  }

  /** Opens the page of a thread: its whole story. */
  async openThread(id: string): Promise<void> {
    await this.#try(async () => {
      await this.#readPage(id);
      this.close();
      this.selected = undefined;
      this.screen = 'thread';
    });
  }

  /** Shows a thing beside the screen until the key is let go. */
  async peek(id: string): Promise<void> {
    const was = this.thing?.chip.id;
    if (was === id) return;
    let held = true;
    window.addEventListener(
      'keyup',
      () => {
        held = false;
        this.close();
      },
      { once: true },
    );
    await this.openThing(id);
    if (!held) this.close();
  }

  async #readTimeline(): Promise<void> {
    const id = this.incident;
    const asOf = this.travel.at;
    const asked = (this.#timelines += 1);
    const view = await this.backend.timeline(id, asOf);
    if (asked !== this.#timelines || id !== this.incident || asOf !== this.travel.at) return;
    this.timeline = view;
    this.#took(view.head.asOf);
    this.span.take(view, this.clock.real);
  }

  /** A thing as it is now, or was; undefined where it did not exist yet. */
  async #find(ref: string): Promise<ThingView | undefined> {
    try {
      return await this.backend.thing(this.incident, ref, this.travel.at);
    } catch (reason) {
      if (this.past && toAppError(reason).code === 'not_found') return undefined;
      throw reason;
    }
  }

  /** Shows the incident as it was known at a moment: now, where that is still to come. */
  async goBackTo(at: number): Promise<void> {
    if (at >= this.clock.real) {
      await this.comeBack();
      return;
    }
    this.#depart(at, '');
    await this.reread();
  }

  #depart(at: number, because: string): void {
    const began = this.head?.began ?? 0;
    const focus = document.activeElement?.closest<HTMLElement>('[data-opens]')?.dataset['opens'] ?? '';
    const origin = { screen: this.screen, thing: this.thing?.chip.id ?? '', claim: this.claim, focus };
    this.travel.go(Math.max(at, began), because, origin);
    this.clock.hold(this.travel.at);
  }

  /** What was known when a decision was made. */
  async whenDecided(decision: Chip): Promise<void> {
    await this.#try(async () => {
      const at = await this.backend.decided(this.incident, decision.id);
      this.#depart(at, `when ${decision.label} was decided`);
      this.close();
      this.screen = 'cockpit';
      await this.reread();
    });
  }

  /** Comes back to now, and to where one was. */
  async comeBack(): Promise<void> {
    const origin = this.travel.end();
    if (!origin) return;
    this.close();
    this.screen = origin.screen;
    this.claim = origin.claim;
    await this.reread();
    if (origin.thing !== '') await this.openThing(origin.thing);
    await tick();
    if (origin.focus !== '') {
      focusItem(document.querySelector<HTMLElement>(`[data-item][data-opens="${CSS.escape(origin.focus)}"]`));
    }
  }

  /** Goes to a view of the incident that is open. */
  async show(view: View): Promise<void> {
    if (this.screen === view && this.error === undefined) return;
    this.screen = view;
    this.beliefs = false;
    this.selected = undefined;
    this.close();
    await this.reread();
  }

  /** Opens an incident in a view, or where the reader left it; in the cockpit if they were never there. */
  async open(incident: string, view?: View): Promise<void> {
    this.travel.end();
    if (incident !== this.incident) {
      this.incident = incident;
      this.cockpit = undefined;
      this.claims = undefined;
      this.timeline = undefined;
      this.span.reset();
      this.sound.reset();
      this.brief = undefined;
      this.claim = '';
      this.prompts = 'few';
      this.page = undefined;
      void this.#try(() => this.composer.enter(incident));
      this.ask = { reader: Reader.Joining, length: Length.FiveMinutes, since: 0 };
      this.news.incident();
    }
    let place: Place | undefined;
    if (!view) await this.#try(async () => (place = readPlace(await this.backend.where(incident))));
    if (incident !== this.incident) return;
    this.screen = view ?? (place && place.screen !== 'thread' ? place.screen : 'cockpit');
    this.selected = undefined;
    this.close();
    void this.#try(() => this.backend.opened(incident));
    const first = this.screen;
    await this.reread();
    if (place && this.incident === incident && this.screen === first) await this.#return(place);
  }

  /** Says who records from now on. */
  async callMe(name: string): Promise<void> {
    await this.backend.callMe(name);
    if (this.list) this.list = { ...this.list, me: name.trim() };
  }

  async leave(): Promise<void> {
    this.travel.end();
    this.composer.close();
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
      const thing = await this.#find(ref);
      if (!thing) {
        this.say('Not known yet at that moment');
        return;
      }
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
      await this.backend.copy(await this.backend.briefText(this.incident, this.ask, this.travel.at));
      this.say('Copied as text');
    });
  }

  /** Says something once. What can be taken back stays a while longer. */
  say(text: string): void {
    this.said = text;
    this.acts.next = '';
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => (this.said = ''), Math.max(8000, 80 * text.length));
  }

  #took(asOf: number): void {
    if (this.past) this.clock.hold(asOf);
    else this.clock.set(asOf);
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

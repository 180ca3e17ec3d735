import {
  Length,
  Reader,
  type Backend,
  type BriefAsk,
  type Chip,
  type Declaration,
  type Head,
  type Start,
} from '../backend';
import { toAppError } from '../backend/error';
import { chipOfClaim } from '../parts/claims';
import { Believing } from './believing.svelte';
import { Acts } from './acts.svelte';
import { Clock } from './clock.svelte';
import { Composer } from './composer.svelte';
import { Entries } from './entries.svelte';
import { Intake } from './intake.svelte';
import { Handout } from './handout.svelte';
import { Grounds } from './grounds.svelte';
import { Listing } from './listing.svelte';
import { News } from './news.svelte';
import type { Place } from './commands/command';
import { readPlace, writePlace, type Place as Kept } from './place';
import { Outside } from './outside.svelte';
import { People } from './people.svelte';
import { Preferences } from './preferences.svelte';
import { Reading } from './reading';
import { Round } from './round.svelte';
import { Sharing } from './sharing.svelte';
import { Readings } from './readings.svelte';
import { Shown, type OpenMenu, type View } from './shown.svelte';
import { Sound } from './sound';
import { Span } from './span.svelte';
import { Viewer } from './viewer.svelte';
import { keepingFocus, returnTo } from './walk';

/** How often what is on the screen is read again without a change: prompts, dues and silence come from time alone. */
const rereadEvery = 20_000;

/** How long a reader is somewhere before that is kept: moving along a list keeps nothing. */
const keepAfter = 250;

/** The window: it goes from place to place, opens what is asked for, and stays in step with what is recorded. */
export class App extends Shown {
  readonly clock = new Clock();
  readonly span = new Span();
  readonly believing: Believing;
  readonly entries: Entries;
  readonly listing: Listing;
  readonly readings: Readings;
  readonly intake: Intake;
  readonly sound = new Sound();
  readonly news = new News();
  readonly composer: Composer;
  readonly acts: Acts;
  readonly viewer = new Viewer(this);
  readonly preferences: Preferences;
  readonly reading = new Reading(this);
  readonly grounds = new Grounds(this);
  readonly round = new Round(this);
  readonly outside = new Outside(this);
  readonly handout = new Handout(this);
  readonly people = new People(this);
  readonly sharing = new Sharing(this);
  readonly backend: Backend;

  #trail: string[] = []; // what was opened before the thing that is open
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    super();
    this.backend = backend;
    this.composer = new Composer(backend);
    this.believing = new Believing(backend);
    this.entries = new Entries(backend);
    this.listing = new Listing(backend);
    this.readings = new Readings(backend);
    this.acts = new Acts(this);
    this.intake = new Intake(this);
    this.preferences = new Preferences((key, value) => void this.attempt(() => backend.keep(key, value)));
  }

  override get head(): Head | undefined {
    if (this.screen === 'evidence') return this.viewer.view?.head;
    if (this.screen === 'checkin') return this.round.view?.head;
    if (this.screen === 'people') return this.people.view?.head;
    return this.grounds.shown ? this.grounds.head : super.head;
  }

  /** The claim that the claims screen shows as the chosen one, whether it has the focus or not. */
  get #chosen(): Chip | undefined {
    const row = this.screen === 'claims' ? this.believing.chosen(this.claims, this.claim) : undefined;
    return row && chipOfClaim(row);
  }

  override get subject(): Chip | undefined {
    return super.subject ?? this.#chosen;
  }

  /** Whether text would be lost, were the window closed now. */
  get unsaved(): boolean {
    return this.typed || this.composer.unsaved;
  }

  /** The places of the table of commands that one is in. */
  get places(): Place[] {
    return this.screen === 'evidence' ? this.viewer.places : [this.screen as Place];
  }

  openMenu(what: OpenMenu['what'], at?: OpenMenu['at']): void {
    this.menu = { what, at };
  }

  /** Reads the first screen and stays in step from then on. Returns how to stop. */
  start(): () => void {
    void this.begin();
    const again = (): void =>
      void keepingFocus(
        () => this.reread(),
        () => this.selected?.id ?? '',
      ).then(() => this.composer.look(this.head?.me.name ?? ''));
    const quiet = this.backend.onChanged(again);
    const told = this.backend.onSharing(() => void this.sharing.read());
    const stop = this.clock.start();
    const place = $effect.root(() => {
      $effect(() => {
        const { where, incident } = this;
        if (where === '') return;
        const timer = setTimeout(
          () => void this.attempt(() => this.backend.left(incident, where)),
          keepAfter,
        );
        return () => clearTimeout(timer);
      });
    });
    const timer = setInterval(again, rereadEvery);
    return () => {
      quiet();
      told();
      stop();
      place();
      clearInterval(timer);
    };
  }

  async begin(): Promise<void> {
    let first: Start | undefined;
    await this.attempt(async () => {
      first = await this.backend.start();
    });
    if (!first) {
      this.loading = false;
      return;
    }
    this.preferences.restore(first.kept);
    this.reading.took(first.list.asOf);
    this.list = first.list;
    this.news.list(first.list);
    if (first.brief) {
      this.incident = first.open;
      this.brief = first.brief;
      this.screen = 'brief';
      void this.attempt(() => this.composer.enter(first?.open ?? ''));
      const place = readPlace(first.where);
      if (place) await this.#return(place);
    }
    this.loading = false;
  }

  /** Where in an incident the reader is, to be kept; '' where that is nowhere to come back to. */
  get where(): string {
    if (!this.inIncident || this.past || this.loading) return '';
    // An evidence is opened from a screen, and again from there.
    const evidence = this.screen === 'evidence' ? this.viewer : undefined;
    const screen = evidence?.from ?? this.screen;
    return writePlace({
      screen: screen as Kept['screen'],
      thing: (evidence?.view ?? this.thing)?.chip.id ?? '',
      claim: this.claim,
      thread: screen === 'thread' ? (this.page?.thread.chip.id ?? '') : '',
    });
  }

  /** Goes to where the reader was, unless they have gone elsewhere meanwhile: a key goes before a memory. */
  async #return(place: Kept): Promise<void> {
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

  /** Reads what is on the screen again. */
  reread(): Promise<void> {
    return this.reading.again();
  }

  /** Opens the page of a thread: its whole story. */
  async openThread(id: string): Promise<void> {
    await this.attempt(async () => {
      await this.reading.page(id);
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
    await this.openThing(id, true);
    if (!held) this.close();
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
    await this.attempt(async () => {
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
    if (origin.focus !== '') await returnTo(origin.focus);
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
      this.inbox = undefined;
      this.round.view = undefined;
      this.decisions = undefined;
      this.updates = undefined;
      this.outside.reset();
      this.people.reset();
      this.span.reset();
      this.sound.reset();
      this.brief = undefined;
      this.claim = '';
      this.prompts = 'few';
      this.page = undefined;
      void this.attempt(() => this.composer.enter(incident));
      this.ask = { reader: Reader.Joining, length: Length.FiveMinutes, since: 0 };
      this.news.incident();
    }
    let place: Kept | undefined;
    if (!view) await this.attempt(async () => (place = readPlace(await this.backend.where(incident))));
    if (incident !== this.incident) return;
    this.screen = view ?? (place && place.screen !== 'thread' ? place.screen : 'cockpit');
    this.selected = undefined;
    this.close();
    void this.attempt(() => this.backend.opened(incident));
    const first = this.screen;
    await this.reread();
    if (place && this.incident === incident && this.screen === first) await this.#return(place);
  }

  /** Says who records from now on. No record says that, so nothing tells the window that it changed: it reads again. */
  async callMe(name: string): Promise<void> {
    await this.backend.callMe(name);
    if (this.list) this.list = { ...this.list, me: name.trim() };
    await this.reread();
  }

  async leave(): Promise<void> {
    this.travel.end();
    this.composer.close();
    this.screen = 'incidents';
    this.close();
    void this.attempt(() => this.backend.opened(''));
    await this.reread();
    this.news.see(this.incident); // until now it was before one's eyes
  }

  async declare(d: Declaration): Promise<void> {
    await this.open(await this.backend.declare(d));
  }

  async openSample(): Promise<void> {
    await this.attempt(async () => this.open(await this.backend.openSample(), 'brief'));
  }

  /** The claim whose evidence is walked through: the one that is open. */
  get #claimOpen(): string {
    const open = this.thing?.chip;
    return (open?.kind === 'claim' ? open : this.#chosen)?.id ?? '';
  }

  /**
   * Opens a thing of the incident beside the screen, where what was open before is one step back; evidence has a screen of
   * its own, unless it is only glanced at. Whoever goes elsewhere while it is read stays there.
   */
  async openThing(ref: string, beside = false): Promise<void> {
    const { screen } = this;
    await this.attempt(async () => {
      const thing = await this.reading.thing(ref);
      if (this.screen !== screen) return;
      if (!thing) {
        this.say('Not known yet at that moment');
        return;
      }
      if (thing.chip.kind === 'evidence' && !beside) {
        await this.viewer.open(thing.chip.id, this.#claimOpen);
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
    if (this.screen !== 'evidence') this.viewer.forget();
    this.thing = undefined;
    this.#trail = [];
  }

  /** Asks for another brief: for another reader, length or time. */
  async askFor(change: Partial<BriefAsk>): Promise<void> {
    this.ask = { ...this.ask, ...change };
    await this.reread();
  }

  /** Begins a question about what a sentence of the brief was drawn from: the answer appears there. */
  async askAbout(): Promise<void> {
    const id = document.activeElement?.closest<HTMLElement>('[data-opens]')?.dataset['opens'];
    await this.attempt(async () => {
      const chip =
        id === undefined ? this.thing?.chip : (await this.backend.thing(this.incident, id, 0)).chip;
      this.acts.compose({ name: 'askAbout', about: chip, text: '/q ' });
    });
  }

  /** Says something once. What can be taken back stays a while longer. */
  say(text: string): void {
    this.said = text;
    this.acts.next = '';
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => (this.said = ''), Math.max(8000, 80 * text.length));
  }

  /** Tries something, and shows why it failed. */
  async attempt(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (reason) {
      this.error = toAppError(reason);
    }
  }
}

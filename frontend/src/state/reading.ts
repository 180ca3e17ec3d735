import type { ThingView } from '../backend';
import { toAppError } from '../backend/error';
import type { App } from './app.svelte';
import type { Screen } from './shown.svelte';

/**
 * How what is shown is read from Go. An answer for an incident, a moment or a question that is no longer the present one
 * is dropped.
 */
export class Reading {
  #going: Promise<void> | undefined;
  #again = false;
  #timelines = 0; // counts what was asked for, so that a late answer is dropped
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Reads what is on the screen again. Calls that come meanwhile are answered, and waited for, by one more reading after it. */
  again(): Promise<void> {
    this.#again = true;
    this.#going ??= this.#untilRead();
    return this.#going;
  }

  async #untilRead(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#app.attempt(async () => {
        await this.#of[this.#app.screen]();
        await this.#beside();
      });
    }
    this.#going = undefined;
  }

  /** What each screen shows. */
  readonly #of: Record<Screen, () => Promise<unknown>> = {
    incidents: () => this.#list(),
    declare: () => this.#list(),
    sharing: async () => {
      await this.#app.sharing.readPage();
      this.took(this.#app.sharing.view?.asOf ?? 0);
    },
    cockpit: () => this.#cockpit(),
    claims: () => this.#claims(),
    timeline: () => this.#timeline(),
    brief: () => this.#brief(),
    inbox: () => this.#inbox(),
    checkin: () => this.#checkin(),
    decisions: () => this.#decisions(),
    updates: () => this.#updates(),
    people: () => this.#people(),
    tree: () => this.#ground(),
    worklist: () => this.#ground(),
    recheck: () => this.#ground(),
    evidence: async () => {
      const { viewer } = this.#app;
      // Whoever comes back to it from elsewhere finds it closed. What is shown then is read after this, not within it.
      if (!viewer.view) return void this.#app.show('cockpit');
      const view = await viewer.reread();
      if (view) this.took(view.head.asOf);
    },
    thread: async () => {
      const thread = this.#app.page?.thread.chip.id;
      if (thread !== undefined) await this.page(thread);
    },
  };

  async #list(): Promise<void> {
    const app = this.#app;
    app.list = await app.backend.incidents();
    this.took(app.list.asOf);
    app.news.list(app.list);
  }

  async #cockpit(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const view = await app.backend.cockpit(app.incident, app.travel.at);
    if (moved()) return;
    app.cockpit = view;
    this.took(view.head.asOf);
    if (!app.past) {
      app.news.cockpit(view);
      app.sound.cockpit(view, app.preferences.sound);
    }
    // The strip comes after the cockpit: nothing waits for it.
    void app.attempt(() => this.#timeline());
  }

  async #claims(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    app.believing.reset(app.incident);
    const { filter } = app.believing;
    const view = await app.backend.claims(app.incident, filter, app.travel.at);
    if (moved() || filter !== app.believing.filter) return;
    app.claims = view;
    // What looks chosen stays so, wherever it lies next time.
    app.claim = app.believing.chosen(view, app.claim)?.id ?? app.claim;
    this.took(view.head.asOf);
    if (!app.past) app.news.claims(view);
  }

  async #checkin(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const view = await app.backend.checkin(app.incident, app.travel.at);
    if (moved()) return;
    app.round.view = view;
    this.took(view.head.asOf);
  }

  async #decisions(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const view = await app.backend.decisions(app.incident, app.travel.at);
    if (moved()) return;
    app.decisions = view;
    this.took(view.head.asOf);
  }

  async #updates(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const view = await app.backend.updates(app.incident, app.travel.at);
    if (moved()) return;
    app.updates = view;
    this.took(view.head.asOf);
  }

  async #timeline(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const asked = (this.#timelines += 1);
    const view = await app.backend.timeline(app.incident, app.travel.at);
    if (asked !== this.#timelines || moved()) return;
    app.timeline = view;
    this.took(view.head.asOf);
    app.span.take(view, app.clock.real);
  }

  async #brief(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const { ask } = app;
    const view = await app.backend.brief(app.incident, ask, app.travel.at);
    if (moved() || ask !== app.ask) return;
    app.brief = view;
    this.took(view.head.asOf);
  }

  async #inbox(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const view = await app.backend.inbox(app.incident, app.inbox?.rows.length ?? 0, app.travel.at);
    if (moved()) return;
    app.inbox = view;
    this.took(view.head.asOf);
  }

  async #people(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const { skill } = app.people;
    const view = await app.backend.people(app.incident, skill, app.travel.at);
    if (moved() || skill !== app.people.skill) return;
    app.people.view = view;
    this.took(view.head.asOf);
  }

  /** The parts of these pages read for themselves whenever the head was read. */
  async #ground(): Promise<void> {
    const app = this.#app;
    const moved = this.#moved();
    const head = await app.backend.groundHead(app.incident, app.travel.at);
    if (moved()) return;
    app.grounds.head = head;
    this.took(head.asOf);
  }

  /** Reads the page of a thread: the thread, all that happened in it, and the names of what it speaks of. */
  async page(id: string): Promise<void> {
    const app = this.#app;
    const { incident, backend } = app;
    const moved = this.#moved();
    const asOf = app.travel.at;
    const filter = { text: '', thread: id, person: '', kind: '' };
    const [thread, entries, names] = await Promise.all([
      backend.thing(incident, id, asOf),
      backend.entries(incident, asOf, filter, '', 0),
      backend.names(incident, asOf),
    ]);
    if (moved()) return;
    app.page = {
      head: entries.head,
      thread,
      entries: entries.entries,
      more: entries.found - entries.entries.length,
      names,
    };
    this.took(entries.head.asOf);
    app.news.see(id);
  }

  /** A thing as it is now, or was; undefined where it did not exist yet. */
  async thing(ref: string): Promise<ThingView | undefined> {
    const app = this.#app;
    try {
      return await app.backend.thing(app.incident, ref, app.travel.at);
    } catch (reason) {
      if (app.past && toAppError(reason).code === 'not_found') return undefined;
      throw reason;
    }
  }

  /** Reads again what is open beside the screen. */
  async #beside(): Promise<void> {
    const app = this.#app;
    const open = app.thing?.chip.id;
    if (!open || !app.inIncident) return;
    const moved = this.#moved();
    const thing = await this.thing(open);
    if (app.thing?.chip.id === open && !moved()) app.thing = thing;
  }

  /** Takes the time of what was read. That something could be read ends what was wrong before. */
  took(asOf: number): void {
    const app = this.#app;
    if (app.past) app.clock.hold(asOf);
    else app.clock.set(asOf);
    app.error = undefined;
  }

  /** Tells, later, whether another incident or moment is shown than now. */
  #moved(): () => boolean {
    const { incident } = this.#app;
    const { at } = this.#app.travel;
    return () => incident !== this.#app.incident || at !== this.#app.travel.at;
  }
}

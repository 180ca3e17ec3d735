import { Length, Reader, type Line, type PeopleView } from '../backend';
import type { App } from './app.svelte';

/** How often the attention of the reader is noted, at most. */
const noteEvery = 30_000;

/** What is said of somebody who joins; all but the name may be empty. */
export interface Joining {
  name: string;
  why: string;
  asked: string;
  offer: string;
  skills: string;
}

/** A field of a line holds one line. */
const flat = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** The line by which somebody joins, or says more of themselves. */
export function joinLine({ why, asked, offer, skills }: Joining): string {
  const said = Object.entries({ asked, offer, skills })
    .filter(([, text]) => flat(text) !== '')
    .map(([name, text]) => ` ${name}: ${flat(text)}`);
  return `/join me: ${flat(why)}${said.join('')}`;
}

/** Who is here, how the reader stands among them, and what the window says to them for it. */
export class People {
  view = $state.raw<PeopleView>();
  /** Only who has this skill is shown; everybody, where ''. */
  skill = $state.raw('');
  /** Whether the form is open by which the reader joins. */
  joining = $state.raw(false);

  #noted = 0;
  #notedOf = '';
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  reset(): void {
    this.view = undefined;
    this.skill = '';
  }

  /** What the window says to the reader now. */
  get line(): Line | undefined {
    return this.#app.past ? undefined : this.#app.head?.line;
  }

  async filter(skill: string): Promise<void> {
    this.skill = skill === this.skill ? '' : skill;
    await this.#app.reread();
  }

  /** Notes that the reader looks or acts, now and then; who comes back from a break is offered what changed. */
  async note(now: number): Promise<void> {
    const { incident, inIncident, loading, head } = this.#app;
    const of = `${incident} ${head?.me.name}`;
    if (!inIncident || loading || (of === this.#notedOf && now - this.#noted < noteEvery)) return;
    this.#noted = now;
    this.#notedOf = of;
    try {
      if (await this.#app.backend.seen(incident)) await this.#app.reread();
    } catch {
      this.#noted = 0; // nobody asked for it: it is tried again
    }
  }

  async putOff(): Promise<void> {
    const { line } = this;
    if (!line) return;
    await this.#app.attempt(() => this.#app.backend.putOff(this.#app.incident, line.key));
    await this.#app.reread();
  }

  /** Opens the brief on what changed since the reader left. */
  async changes(): Promise<void> {
    const app = this.#app;
    const { head } = app;
    if (!head) return;
    const halfAnHour = 30 * 60_000;
    const since = head.me.left || Math.max(head.began, head.asOf - halfAnHour);
    if (this.line?.kind === 'back') await app.attempt(() => app.backend.putOff(app.incident, 'back'));
    await this.#brief(Reader.Returned, app.ask.length, since);
  }

  /** Joins, and goes to the brief: the one minute of it first. */
  async join(said: Joining): Promise<void> {
    const app = this.#app;
    const comes = app.head?.me.state !== 'active' || flat(said.name) !== app.head.me.name;
    if (flat(said.name) !== app.head?.me.name) await app.callMe(said.name);
    if (!(await app.acts.lines('', joinLine(said)))) return;
    this.joining = false;
    if (comes) await this.#brief(Reader.Joining, Length.OneMinute, 0);
  }

  /** Does what concerns the lead next, whoever's turn it is. */
  async step(): Promise<void> {
    const app = this.#app;
    switch (app.head?.me.step) {
      case 'take':
        return app.acts.compose({ name: 'lead', text: '/lead @me ' });
      case 'readback':
        await this.#brief(Reader.Lead, app.ask.length, 0);
        return app.acts.compose({ name: 'readback', text: '/readback ' });
      case 'accept':
        return void (await app.acts.lines('', '/accept'));
      case 'yield':
        return void (await app.acts.lines('', '/release lead @me'));
      case 'wait':
        return app.show('people');
      default:
        return app.acts.compose({
          name: 'handover',
          text: app.head?.leading ? '/handover @' : '/handover @me',
        });
    }
  }

  /** Puts an end to the open handover: who was asked says why not. */
  async handoverOff(): Promise<void> {
    const { acts, head } = this.#app;
    if (head?.me.off === 'decline') acts.compose({ name: 'decline', text: '/decline ' });
    else await acts.lines('', '/handover off');
  }

  async #brief(reader: Reader, length: Length, since: number): Promise<void> {
    const app = this.#app;
    app.ask = { reader, length, since };
    if (app.screen === 'brief') await app.reread();
    else await app.show('brief');
  }
}

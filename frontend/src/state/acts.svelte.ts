import { tick } from 'svelte';
import type { PromptRow, Tested } from '../backend';
import { count } from '../parts/format';
import { toAppError } from '../backend/error';
import type { App } from './app.svelte';
import { command } from './commands';
import { answerOf, answers, promptKey } from './prompts';
import { cap, type Combo } from './keys';
import { focusItem, focusThing, returnTo } from './walk';
import type { Recorded } from './composer.svelte';
import type { Opening } from './line';

/** What can be done next about what was just done. */
export type Next = 'undo' | 'redo' | '';

/**
 * What the window does to an incident. Every act is a line that could be typed as well, so that there is one way in;
 * every act says what it did, and how it is taken back.
 */
export class Acts {
  /** What the last act offers: to take it back, or to bring it back. */
  next = $state.raw<Next>('');
  /** The claim that the last act gave a test's result of, and that result in words. */
  tested = $state.raw<Tested>();
  #lines = 0; // of the last act
  #from: Element | null = null; // where the focus was before a problem was opened
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens the composer, or says why not. */
  compose(opening: Opening): void {
    if (!this.may()) return;
    this.#app.composer.start(opening);
  }

  /** Whether anything can be recorded where we are; says why not. */
  may(): boolean {
    if (!this.#app.head?.past) return true;
    this.#app.say('This is the past: it can be read, not written into. Go back to now first.');
    return false;
  }

  /** Puts the focus back to where it was before a problem was opened; false where none was. */
  comeBack(): boolean {
    const from = this.#from;
    this.#from = null;
    if (!(from instanceof HTMLElement) || !from.isConnected) return false;
    if (from === document.body) {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      this.#app.selected = undefined;
    } else focusItem(from);
    return true;
  }

  /** Puts a prompt off for a while, for a reason. */
  snooze(prompt: PromptRow | undefined): void {
    if (!prompt || !this.may()) return;
    const app = this.#app;
    app.composer.start({
      name: 'snooze',
      about: prompt.about,
      other: {
        asks: `Put off: ${(prompt.count === 1 && prompt.about.label) || prompt.title}`,
        read: (text) =>
          text.trim() === ''
            ? {
                says: '',
                problem: 'Why can it wait?',
                hint: 'It comes back in 10 minutes, or when it gets worse.',
              }
            : { says: 'Put it off for 10 minutes', problem: '', hint: '' },
        send: async (text) => {
          await app.backend.snooze(app.incident, prompt.kind, prompt.about.id, text);
          return 'Put off for 10 minutes';
        },
      },
    });
  }

  /** Opens the draft that was typed last. */
  async openDraft(place = Object.keys(this.#app.composer.drafts).at(-1)): Promise<void> {
    if (place === undefined) return;
    const app = this.#app;
    const [name = ''] = place.split(' ', 1);
    const id = place.slice(name.length + 1); // of a person it is the name
    if (name === 'checkin') {
      await app.round.open();
      return;
    }
    try {
      const chip = id === '' ? undefined : (await app.backend.thing(app.incident, id, 0)).chip;
      this.compose(command(name).opens?.(app, chip) ?? { name, about: chip });
    } catch (reason) {
      this.#trouble(reason);
    }
  }

  /** Records lines that are one act, in their order. */
  async lines(about: string, ...lines: string[]): Promise<boolean> {
    if (!this.may()) return false;
    const app = this.#app;
    let done: Recorded | undefined;
    this.#lines = 0;
    try {
      for (const line of lines) {
        done = { ...(await app.backend.send(app.incident, about, line)), undo: true };
        this.#lines += 1;
      }
    } catch (reason) {
      const line = lines[this.#lines] ?? '';
      if (toAppError(reason).code === 'gate') await app.grounds.stopAt(about, line, false);
      else this.#trouble(reason);
    }
    if (done) this.#said(done);
    await this.#reread();
    this.#offer(done);
    return this.#lines === lines.length;
  }

  /** Says what was recorded otherwise than as a line. */
  async tell(done: Recorded): Promise<void> {
    this.#lines = 1;
    this.#said(done);
    await this.#reread();
  }

  /** Records what stands in the composer. */
  async send(): Promise<boolean> {
    const { composer, grounds } = this.#app;
    const { about } = composer;
    let done: Recorded | undefined;
    try {
      done = await composer.send();
    } catch (reason) {
      this.#trouble(reason); // of a line that was left, and is kept as a draft
    }
    if (!done && composer.trouble?.code === 'gate') {
      await grounds.stopAt(composer.about?.id ?? '', composer.text, true);
    }
    if (!done) return false;
    this.#lines = 1;
    this.#said(done);
    await this.#reread();
    // A thread or a claim that is new, and about nothing: what comes next is about it.
    if (!about && /^[TC]\d/.test(done.labels[0] ?? '')) await returnTo(done.open);
    this.#offer(done);
    return true;
  }

  /** Takes back one's own last step, or all of the act that was said last. */
  async undo(steps = 1): Promise<void> {
    await this.#step('redo', async () => {
      let says = '';
      for (let i = 0; i < steps; i++) says = await this.#app.backend.undo(this.#app.incident);
      return says;
    });
  }

  async redo(): Promise<void> {
    await this.#step('undo', () => this.#app.backend.redo(this.#app.incident));
  }

  /** Does what the status offers. */
  async doNext(): Promise<void> {
    if (this.next === 'undo') await this.undo(Math.max(1, this.#lines));
    else if (this.next === 'redo') await this.redo();
  }

  async #step(next: Next, step: () => Promise<string>): Promise<void> {
    if (!this.may()) return;
    try {
      this.#app.say(await step());
      this.next = next;
      this.#lines = 1;
    } catch (reason) {
      this.#trouble(reason);
    }
    await this.#reread();
  }

  /** Reads what the act changed. What was selected keeps the focus, wherever it lies now. */
  async #reread(): Promise<void> {
    await this.#app.reread();
    await tick();
    const { selected, subject } = this.#app;
    // One's own change is no news.
    if (subject) this.#app.news.see(subject.id);
    if (selected && document.activeElement === document.body) await returnTo(selected.id);
  }

  /** The key that answers a prompt, as it stands at its row. */
  keyOf(prompt: PromptRow): Combo {
    return prompt.rank === 1 ? 'P' : (command(answerOf(prompt)).keys[0] ?? 'Enter');
  }

  /** The prompt that a key answers where nothing is selected that the key could be meant for. */
  promptOf(combo: Combo): PromptRow | undefined {
    const { cockpit, past, preferences, prompts, screen, subject } = this.#app;
    if (screen !== 'cockpit' || past || subject || !preferences.letters) return undefined;
    const shown = cockpit?.prompts.slice(0, prompts === 'few' ? cockpit.waiting.few : undefined);
    return shown?.find((prompt) => this.keyOf(prompt) === combo);
  }

  /** Does what answers a prompt: begins the line that does, or opens what it is about. */
  async resolve(prompt: PromptRow | undefined): Promise<void> {
    if (!prompt) return;
    const app = this.#app;
    const key = promptKey(prompt);
    app.prompted = { ...app.prompted, [key]: true };
    const from = document.activeElement;
    focusItem(document.querySelector<HTMLElement>(`[data-prompt="${CSS.escape(key)}"]`));
    // The incident as a whole is nothing that a key could be meant for.
    if (prompt.about.kind !== 'incident') app.selected = prompt.about;
    const answer = answers[prompt.kind];
    if (answer === undefined) {
      await app.openThing(prompt.about.id);
      this.#from = from;
      return;
    }
    await command(answer).run(app);
  }

  #said({ says, labels, undo, tested, fell = 0 }: Recorded): void {
    const said = labels.length > 0 ? `${says}: recorded as ${labels.join(', ')}` : says;
    const next = tested
      ? `. Does ${tested.claim.label} hold? V verifies, Shift V refutes it`
      : fell > 0
        ? `. ${count(fell, 'thing', 'things')} to work through: ${cap('Shift F')}`
        : '';
    this.#app.say(said + next);
    this.next = undo ? 'undo' : '';
  }

  /** Offers the verdict on the claim that was tested: it is what is selected now, where it lies or not. */
  #offer(done: Recorded | undefined): void {
    this.tested = done?.tested;
    if (!this.tested) return;
    const { claim } = this.tested;
    focusThing(claim.id);
    this.#app.selected = claim;
  }

  #trouble(reason: unknown): void {
    const { message, hint } = toAppError(reason);
    this.#app.say(`${message} ${hint}`.trim());
  }
}

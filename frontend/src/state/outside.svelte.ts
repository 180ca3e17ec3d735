import type { MessageView, SentUpdate } from '../backend';
import type { App } from './app.svelte';

const usual = ['Status page', 'Leadership', 'Customers'];

/** What is to be told to people outside: to whom, which sentences, and when the next one comes. */
export class Outside {
  /** The audience that was chosen; '' for the one whose next update is due first. */
  to = $state.raw('');
  minutes = $state.raw(30);
  message = $state.raw<MessageView>();
  /** What was ticked, or taken out, against the rule. */
  #turned = $state.raw<Record<string, boolean>>({});
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  reset(): void {
    this.to = '';
    this.#turned = {};
    this.message = undefined;
  }

  /** Those who were told something, and until then whom one usually tells. */
  get audiences(): string[] {
    const told = (this.#app.updates?.audiences ?? []).map((audience) => audience.name);
    return told.length > 0 ? told : usual;
  }

  get audience(): string {
    return this.to || (this.audiences[0] ?? '');
  }

  ticked(id: string, byRule: boolean): boolean {
    return this.#turned[id] ?? byRule;
  }

  tick(id: string, on: boolean): void {
    this.#turned = { ...this.#turned, [id]: on };
  }

  get pieces(): string[] {
    return (this.#app.updates?.pieces ?? [])
      .filter((piece) => this.ticked(piece.id, piece.ticked))
      .map((piece) => piece.id);
  }

  /** The update that is selected. */
  get chosen(): SentUpdate | undefined {
    return this.#app.updates?.sent.find((sent) => sent.chip.id === this.#app.selected?.id);
  }

  /** Begins the line that keeps what is sent. It is read, and changed, before it is kept. */
  write(): void {
    const { message } = this;
    if (!message) return;
    const { acts, composer } = this.#app;
    acts.compose({ name: 'writeUpdate', text: message.line, caret: message.caret });
    if (composer.open && composer.text !== message.line) {
      this.#app.say('This is the draft that you left. Empty the line, and press Esc, to begin anew.');
    }
  }

  /** Copies the exact text of the update that is selected, else of the one that is begun. */
  async copy(): Promise<void> {
    const text = this.chosen?.text ?? this.message?.text;
    if (text === undefined) return;
    await this.#app.attempt(async () => {
      await this.#app.backend.copy(text);
      this.#app.say(this.chosen ? `Copied ${this.chosen.chip.label}` : 'Copied what is to be sent');
    });
  }

  correct(): void {
    const { chosen } = this;
    if (chosen?.correct === undefined || chosen.correct === '') return;
    this.#app.acts.compose({
      name: 'correct',
      about: chosen.chip,
      text: chosen.correct,
      caret: chosen.caret,
    });
  }
}

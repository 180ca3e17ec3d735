import { Format, type AppError } from '../backend';
import { toAppError } from '../backend/error';
import type { App } from './app.svelte';

/** How a brief leaves the window: on the clipboard, as a file, on paper. It is the brief that is asked for on its screen. */
export class Handout {
  /** Why the last one did not leave, for where it was asked for. */
  trouble = $state.raw<AppError>();
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  copy(): Promise<void> {
    return this.#copyAs(Format.Text, 'Copied as text');
  }

  copyMarkdown(): Promise<void> {
    return this.#copyAs(Format.Markdown, 'Copied as Markdown');
  }

  async #copyAs(format: Format, done: string): Promise<void> {
    await this.#try(async () => {
      await this.#app.backend.copy(await this.#as(format));
      return done;
    });
  }

  /** Saves it where the person says, in a dialog of the desktop. */
  async save(format: Format): Promise<void> {
    const { incident, ask, travel, backend } = this.#app;
    await this.#try(async () => {
      const name = await backend.saveBrief(incident, ask, format, travel.at);
      return name && `Saved as ${name}`;
    });
  }

  /** Opens it as a PDF, which is printed from there: the webview's own print knows no columns. */
  async print(): Promise<void> {
    const { incident, ask, travel, backend } = this.#app;
    await this.#try(async () => {
      await backend.printBrief(incident, ask, travel.at);
      return 'Opened as a PDF, to be printed';
    });
  }

  #as(format: Format): Promise<string> {
    const { incident, ask, travel, backend } = this.#app;
    return backend.briefAs(incident, ask, format, travel.at);
  }

  /** Tries something, and says what came of it. */
  async #try(what: () => Promise<string>): Promise<void> {
    this.trouble = undefined;
    try {
      const done = await what();
      if (done) this.#app.say(done);
    } catch (reason) {
      this.trouble = toAppError(reason);
      this.#app.say(this.trouble.message);
    }
  }
}

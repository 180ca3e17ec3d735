import type { App } from './app.svelte';
import { keepAfter } from './line';

/**
 * What is typed into a form, kept until it is sent: through Esc, a crash and a restart. Only the fields that were changed are
 * kept, so that nothing is put back that somebody else changes meanwhile.
 */
export class Draft {
  /** Whether the form was sent, and nothing of it is to be kept. */
  sent = false;
  readonly #app: App;
  readonly #place: string;

  constructor(app: App, place: string) {
    this.#app = app;
    this.#place = place;
  }

  /** To be attached to the form: its fields are the inputs of the class "field" that have names. */
  readonly of = (form: HTMLElement): (() => void) => {
    const app = this.#app;
    const fields = [...form.querySelectorAll<HTMLInputElement>('input.field[name]')];
    const began = fields.map((field) => field.value);
    let kept: string | undefined = ''; // or on its way to be
    let timer: ReturnType<typeof setTimeout> | undefined;

    const keep = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const changed = fields.flatMap((field, i) =>
        field.value === began[i] ? [] : [[field.name, field.value]],
      );
      const text = this.sent || changed.length === 0 ? '' : JSON.stringify(changed);
      if (text === kept) {
        app.typed = false;
        return;
      }
      kept = text;
      app.backend.keepDraft('', this.#place, text).then(
        () => (app.typed = timer !== undefined),
        // It is tried again with the next key; until then the window asks before it closes.
        () => (kept = undefined),
      );
    };

    const restore = async (): Promise<void> => {
      kept = (await app.backend.drafts(''))[this.#place] ?? '';
      for (const [name, value] of JSON.parse(kept) as [string, string][]) {
        // One that was typed into meanwhile stays as it is.
        const field = fields.find((field, i) => field.name === name && field.value === began[i]);
        if (!field) continue;
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    };

    form.addEventListener('input', () => {
      app.typed = true;
      timer ??= setTimeout(keep, keepAfter);
    });
    restore().catch(() => undefined); // there is none
    return () => {
      keep();
      app.typed = false;
    };
  };
}

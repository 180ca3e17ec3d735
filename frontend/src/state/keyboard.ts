import { tick } from 'svelte';
import type { App } from './app.svelte';
import { barredByPast, begins, commandFor } from './commands';
import { comboOf, isCharacter, takesText, type Combo } from './keys';

const ofTheText = ['Ctrl Z', 'Ctrl Shift Z', 'Shift Left', 'Shift Right'];
const ofTheField = ['Up', 'Down', 'Left', 'Right', 'Home', 'End', 'Enter', 'Space'];

/** How long the second key of two, such as G G, may take to follow. */
const secondWithin = 800;

/**
 * What a key that is struck does: the command that it stands for where one is, unless what has the focus takes it. Keys
 * that are struck before there is anything to act on are kept, and act in their order once there is.
 */
export class Keyboard {
  #first = ''; // the first key of two
  #second: ReturnType<typeof setTimeout> | undefined;
  #held: KeyboardEvent[] = [];
  #releasing = false; // what was held acts now: what comes meanwhile comes after it
  #released: KeyboardEvent | undefined;
  readonly #app: App;
  readonly #ready: () => boolean;

  /** ready says whether what the window is to show is there. */
  constructor(app: App, ready: () => boolean) {
    this.#app = app;
    this.#ready = ready;
  }

  keydown(e: KeyboardEvent): void {
    const app = this.#app;
    if (e.defaultPrevented || e.isComposing || app.palette || app.keySheet || app.menu) return;
    const combo = comboOf(e);
    if (combo === '') return;
    const at = e.target instanceof Element ? e.target : null;
    const waits = this.#releasing || (!this.#ready() && !takesText(at));
    if (waits && e !== this.#released && e.key !== 'Tab') {
      e.preventDefault();
      this.#held.push(e);
      return;
    }
    this.#strike(e, combo, at);
  }

  /** Strikes the keys that were held: what they act on is there now. */
  async release(): Promise<void> {
    if (this.#releasing) return;
    this.#releasing = true;
    // What is there is drawn, and a line that is begun takes the focus, a moment later.
    await settle();
    while (this.#held.length > 0 && this.#ready()) {
      const e = (this.#released = again(this.#held.shift()));
      const at = document.activeElement ?? document.body;
      // The browser does by itself for a person's keys only what they write and press.
      if (at.dispatchEvent(e) && !write(at, e)) press(at, comboOf(e));
      await settle();
    }
    this.#releasing = false;
  }

  #strike(e: KeyboardEvent, combo: Combo, at: Element | null): void {
    const app = this.#app;
    const typing = takesText(at);
    if (typing && combo === 'Esc') {
      (at as HTMLElement).blur();
      return;
    }
    if (typing && (isCharacter(combo) || ofTheField.includes(combo) || ofTheText.includes(combo))) {
      return;
    }
    // A control answers its own keys: Enter presses a button, arrows move in a group of radio buttons.
    const opensThread =
      app.screen === 'cockpit' && at?.closest('[data-item]') && app.selected?.kind === 'thread';
    if (combo === 'Enter' && at?.closest('button, a, summary') && !opensThread) return;
    if (combo === 'Space' && at?.closest('button, a, summary') && !at.closest('[data-item]')) {
      return;
    }
    if (ofTheField.includes(combo) && at instanceof HTMLInputElement) return;
    clearTimeout(this.#second);
    const command = (this.#first && commandFor(`${this.#first} ${combo}`, app)) || commandFor(combo, app);
    this.#first = '';
    if (!command && begins(combo, app)) {
      this.#first = combo;
      this.#second = setTimeout(() => (this.#first = ''), secondWithin);
      return;
    }
    const prompt = command ? undefined : app.acts.promptOf(combo);
    if (!command && !prompt) {
      if (barredByPast(combo, app)) app.acts.may();
      return;
    }
    e.preventDefault();
    if (e.repeat && (prompt || command?.acts)) return;
    void (prompt ? app.acts.resolve(prompt) : command?.run(app));
    // Whoever goes on has seen what was taken in last.
    app.intake.dismiss();
  }
}

async function settle(): Promise<void> {
  await tick();
  await tick();
}

function again(e: KeyboardEvent | undefined): KeyboardEvent {
  return new KeyboardEvent('keydown', {
    key: e?.key ?? '',
    ctrlKey: e?.ctrlKey ?? false,
    altKey: e?.altKey ?? false,
    shiftKey: e?.shiftKey ?? false,
    metaKey: e?.metaKey ?? false,
    repeat: e?.repeat ?? false,
    bubbles: true,
    cancelable: true,
  });
}

/** Writes what a key writes, where text is written; false where nothing takes text. */
function write(at: Element, e: KeyboardEvent): boolean {
  const field = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at : undefined;
  const text = e.key;
  if (!field || !takesText(field) || !(text === ' ' || isCharacter(comboOf(e)))) return false;
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
  return true;
}

function press(at: Element, combo: Combo): void {
  if ((combo === 'Enter' || combo === 'Space') && at.matches('button, a, summary')) {
    (at as HTMLElement).click();
  }
}

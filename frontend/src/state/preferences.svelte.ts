export type Theme = 'light' | 'dark' | 'system';

export const sizes = [85, 90, 100, 110, 125, 150];

/** A window as large as this hangs on a wall, or is read from further away: everything in it is drawn larger. */
const large = '(width >= 1800px) and (height >= 940px)';
const largerBy = 1.18;

/** How this reader likes the window. What is not chosen follows the system. Kept by Go, in the workspace. */
export class Preferences {
  theme = $state.raw<Theme>('system');
  size = $state.raw(100);
  /** Whether single letters act. Speech input and shaky hands want them off (WCAG 2.1.4). */
  letters = $state.raw(true);
  /** What interrupts: nothing, until somebody wants it. */
  notify = $state.raw(false);
  sound = $state.raw(false);
  #keep: (key: string, value: string) => void;
  readonly #large = matchMedia(large);

  constructor(keep: (key: string, value: string) => void) {
    this.#keep = keep;
    this.#large.addEventListener('change', () => this.apply());
  }

  /** Takes over what was kept. Unknown values are left at their default. */
  restore(kept: Record<string, string>): void {
    if (kept['theme'] === 'light' || kept['theme'] === 'dark') this.theme = kept['theme'];
    const size = Number(kept['size']);
    if (sizes.includes(size)) this.size = size;
    this.letters = kept['letters'] !== 'off';
    this.notify = kept['notify'] === 'yes';
    this.sound = kept['sound'] === 'on';
    this.apply();
  }

  /** Light if it is dark, dark if it is light: what the system shows counts until somebody chose. */
  turnTheme(): void {
    const dark =
      this.theme === 'dark' ||
      (this.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    this.choose(dark ? 'light' : 'dark');
  }

  choose(theme: Theme): void {
    this.theme = theme;
    this.#keep('theme', theme);
    this.apply();
  }

  resize(by: 1 | -1): void {
    const next = sizes[sizes.indexOf(this.size) + by];
    if (next !== undefined) this.resizeTo(next);
  }

  resizeTo(size: number): void {
    this.size = size;
    this.#keep('size', String(size));
    this.apply();
  }

  turnNotify(): void {
    this.notify = !this.notify;
    this.#keep('notify', this.notify ? 'yes' : 'no');
  }

  turnSound(): void {
    this.sound = !this.sound;
    this.#keep('sound', this.sound ? 'on' : 'off');
  }

  turnLetters(): void {
    this.letters = !this.letters;
    this.#keep('letters', this.letters ? 'on' : 'off');
  }

  apply(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
    const size = (this.size / 100) * (this.#large.matches ? largerBy : 1);
    root.style.setProperty('--size', String(size));
    root.style.setProperty('--scale', size === 1 ? 'none' : `scale(${size})`);
  }
}

/**
 * A key, or keys held together, as a command table writes them: "J", "Shift J", "Ctrl K", "Enter", "?". Ctrl is ⌘ on a
 * Mac.
 */
export type Combo = string;

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const named: Record<string, string> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
  ' ': 'Space',
};

/** Keys that stand for no combo on their own, or write half a character. */
const modifiers = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified'];

/** The combo that an event stands for; "" for a modifier on its own. */
export function comboOf(e: KeyboardEvent): Combo {
  if (modifiers.includes(e.key)) return '';
  const printable = [...e.key].length === 1 && e.key !== ' ';
  const letter = printable && e.key.toLowerCase() !== e.key.toUpperCase();
  const key = printable ? e.key.toUpperCase() : (named[e.key] ?? e.key);
  const parts: string[] = [];
  if (mac ? e.metaKey : e.ctrlKey) parts.push('Ctrl');
  if (e.altKey) parts.push('Alt');
  // What Shift makes of a key that is no letter is in the key itself: "?" and "+".
  if (e.shiftKey && (letter || !printable)) parts.push('Shift');
  parts.push(key);
  return parts.join(' ');
}

/** Whether a combo is a character that typing would write. */
export const isCharacter = (combo: Combo): boolean => [...combo.replace(/^Shift /, '')].length === 1;

const glyphs: Record<string, string> = { Up: '↑', Down: '↓', Left: '←', Right: '→', Enter: '↵' };

/** The keycaps to draw for a combo: "Ctrl K" is one cap, "Enter" is "↵". */
export function cap(combo: Combo): string {
  const parts = combo.split(' ').map((part) => glyphs[part] ?? part);
  if (!mac) return parts.join(' ');
  return parts.map((part) => ({ Ctrl: '⌘', Shift: '⇧', Alt: '⌥' })[part] ?? part).join('');
}

/** The combo as aria-keyshortcuts wants it. */
export const ariaKeys = (combos: Combo[]): string =>
  combos
    .map((combo) =>
      combo
        .split(' ')
        .map(
          (p) =>
            ({
              Ctrl: mac ? 'Meta' : 'Control',
              Esc: 'Escape',
              Up: 'ArrowUp',
              Down: 'ArrowDown',
              Left: 'ArrowLeft',
              Right: 'ArrowRight',
            })[p] ?? p,
        )
        .join('+'),
    )
    .join(' ');

/** Whether keys typed at el write text, or choose in it, and are none of ours. */
export function takesText(el: Element | null): boolean {
  if (el instanceof HTMLInputElement) return !['radio', 'checkbox', 'button', 'submit'].includes(el.type);
  return (
    el instanceof HTMLTextAreaElement ||
    el instanceof HTMLSelectElement ||
    (el instanceof HTMLElement && el.isContentEditable)
  );
}

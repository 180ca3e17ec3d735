import { tick } from 'svelte';
import { takesText } from './keys';
import { whole } from './screenful.svelte';

/**
 * Moving with the keys. Screens mark what can be walked over: panels ([data-panel]), columns in them ([data-column]),
 * and the items ([data-item]), each of which takes focus. The focus itself is the selection, so that screen readers
 * follow, and nothing has to be kept in step with it.
 */

const items = (within: ParentNode): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>('[data-item]')].filter(
    (el) => el.offsetParent !== null || el.getClientRects().length > 0,
  );

const panels = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter((p) => p.getClientRects().length > 0);

const focused = (): HTMLElement | null =>
  document.activeElement instanceof HTMLElement
    ? (document.activeElement.closest<HTMLElement>('[data-item]') ??
      document.activeElement.closest('li')?.querySelector<HTMLElement>(':scope [data-item]') ??
      null)
    : null;

/** Where the keys act: the panel of the focus, else the main one of the screen. */
function here(): HTMLElement | undefined {
  const panel = document.activeElement?.closest<HTMLElement>('[data-panel]');
  if (panel) return panel;
  const all = panels();
  return all.find((p) => p.hasAttribute('data-main')) ?? all[0];
}

/** How far a panel without items scrolls at a key: some three lines. */
const lineStep = 60;

const scroller = (panel: HTMLElement): HTMLElement | null =>
  panel.classList.contains('scroll') ? panel : panel.querySelector<HTMLElement>('.scroll');

export function focusItem(el: HTMLElement | undefined | null): boolean {
  if (!el) return false;
  el.focus({ preventScroll: true });
  el.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return true;
}

/** Moves by one item, within the column where there are columns. */
export function step(by: 1 | -1): void {
  const panel = here();
  if (!panel) return;
  const from = focused();
  const column = from?.closest<HTMLElement>('[data-column]');
  const list = items(
    column && panel.contains(column)
      ? column
      : (panel.querySelector('[data-column]:has([data-item])') ?? panel),
  );
  if (list.length === 0) {
    scroller(panel)?.scrollBy({ top: by * lineStep });
    return;
  }
  if (!from || !panel.contains(from)) {
    focusItem(panel.querySelector<HTMLElement>('[data-item][aria-current="true"]') ?? list[0]);
    return;
  }
  focusItem(list[list.indexOf(from) + by]);
}

/** Moves to the column beside, to the item at about the same height. */
export function stepColumn(by: 1 | -1): void {
  const panel = here();
  const from = focused();
  const columns = panel ? [...panel.querySelectorAll<HTMLElement>('[data-column]:has([data-item])')] : [];
  const at = columns.findIndex((c) => from !== null && c.contains(from));
  if (!from || at < 0) return;
  const next = columns[at + by];
  if (!next) return;
  const y = from.getBoundingClientRect().top;
  const nearest = items(next).sort(
    (a, b) => Math.abs(a.getBoundingClientRect().top - y) - Math.abs(b.getBoundingClientRect().top - y),
  );
  focusItem(nearest[0]);
}

/** Moves along a row, from its item over what lies in it, and back; one with rows under it shows or hides those. */
export function stepAlong(by: 1 | -1): void {
  const row = document.activeElement?.closest('li');
  if (!row) return;
  const fold = row.querySelector<HTMLElement>('[aria-expanded]');
  if (fold) {
    if ((fold.ariaExpanded === 'true') === by < 0) fold.click();
    return;
  }
  const stops = [...row.querySelectorAll<HTMLElement>('[data-item], [data-chip]')];
  const at = stops.findIndex((el) => el === document.activeElement);
  focusItem(stops[at + by]);
}

export function stepEnd(which: 'first' | 'last'): void {
  const panel = here();
  if (!panel) return;
  const column = focused()?.closest<HTMLElement>('[data-column]') ?? panel;
  focusItem(items(column).at(which === 'first' ? 0 : -1));
}

/** Moves to the next panel, onto its current or first item, else onto what else takes focus there. */
export function stepPanel(by: 1 | -1): void {
  const all = panels();
  const at = all.findIndex((p) => p.contains(document.activeElement));
  for (let i = 1; i <= all.length; i++) {
    const panel = all[(at + by * i + all.length * 2) % all.length];
    const target =
      panel?.querySelector<HTMLElement>('[data-item][aria-current="true"]') ??
      panel?.querySelector<HTMLElement>('[data-item]') ??
      panel?.querySelector<HTMLElement>('button, input, [tabindex="0"]');
    if (focusItem(target)) return;
  }
}

/**
 * Puts the focus back on a thing: what had it may have gone, or moved to another column. It is never taken from where
 * somebody types by now.
 */
export const focusThing = (id: string): boolean =>
  !takesText(document.activeElement) &&
  focusItem(document.querySelector<HTMLElement>(`[data-item][data-opens="${CSS.escape(id)}"]`));

/** Puts the focus back on a thing of a page that was just opened, of which it may be drawn last. */
export async function returnTo(id: string): Promise<void> {
  await tick();
  if (focusThing(id)) return;
  const from = document.activeElement;
  await whole();
  await tick();
  if (document.activeElement === from) focusThing(id);
}

/** Reads what changed. What had the focus may be drawn anew by it: the thing that is selected has it then. */
export async function keepingFocus(read: () => Promise<void>, selected: () => string): Promise<void> {
  const none = document.activeElement === document.body;
  await read();
  await tick();
  if (!none && document.activeElement === document.body && selected() !== '') await returnTo(selected());
}

/**
 * Presses what has the focus, or what looks chosen where nothing has it. The browser does the first by itself for a
 * button; an item may be another element.
 */
export function pressFocused(): void {
  const el = document.activeElement;
  const at = el === document.body ? document.querySelector('main [aria-current=true]') : el;
  if (at instanceof HTMLElement) at.click();
}

/** Gives a thing the focus that a page begins with, unless something else has it already. */
export async function beginAt(id: string): Promise<void> {
  await tick();
  const at = document.activeElement;
  if (at === null || at === document.body || at.closest('main') !== null) focusThing(id);
}

import type { Attachment } from 'svelte/attachments';
import type { Chip } from '../backend';

const chips = new WeakMap<Element, Chip>();

/** Marks an element as standing for a thing: while the focus is within it, that thing is what acts act on. */
export const standsFor =
  (chip: Chip): Attachment =>
  (element) => {
    chips.set(element, chip);
    element.setAttribute('data-thing', chip.kind);
    return () => {
      chips.delete(element);
      element.removeAttribute('data-thing');
    };
  };

/** The thing that an element, or what is around it, stands for. */
export function thingAt(element: Element | null): Chip | undefined {
  for (let at = element; at; at = at.parentElement) {
    const chip = chips.get(at);
    if (chip) return chip;
  }
  return undefined;
}

/** The kinds of thing that evidence can be dropped on. */
const takers = ['claim', 'thread'];

/** What takes evidence that is let go over an element: a claim or a thread, and the element that stands for it. */
export function takerAt(element: Element | null): { chip: Chip; element: Element } | undefined {
  if (element?.closest('[data-takes=nothing]')) return undefined;
  for (let at = element; at; at = at.parentElement) {
    const chip = chips.get(at);
    if (chip && takers.includes(chip.kind)) return { chip, element: at };
  }
  return undefined;
}

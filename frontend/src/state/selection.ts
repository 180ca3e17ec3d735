import type { Attachment } from 'svelte/attachments';
import type { Chip } from '../backend';

const chips = new WeakMap<Element, Chip>();

/** Marks an element as standing for a thing: while the focus is within it, that thing is what acts act on. */
export const standsFor =
  (chip: Chip): Attachment =>
  (element) => {
    chips.set(element, chip);
    return () => void chips.delete(element);
  };

/** The thing that an element, or what is around it, stands for. */
export function thingAt(element: Element | null): Chip | undefined {
  for (let at = element; at; at = at.parentElement) {
    const chip = chips.get(at);
    if (chip) return chip;
  }
  return undefined;
}

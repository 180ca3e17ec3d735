import type { Attachment } from 'svelte/attachments';
import { command } from '../state/commands';
import { ariaKeys, cap } from '../state/keys';

/** What a command does and its key, as a tooltip says them. */
export function tipOf(id: string): string {
  const { name, keys } = command(id);
  return keys[0] === undefined ? name : `${name} (${cap(keys[0])})`;
}

/** The tooltip of a control that stands for a command, with more words before it if there are any; its keys for screen readers. */
export const tip =
  (id: string, more = ''): Attachment<HTMLElement> =>
  (control) => {
    control.title = more === '' ? tipOf(id) : `${more}\n${tipOf(id)}`;
    const { keys } = command(id);
    if (keys.length > 0) control.setAttribute('aria-keyshortcuts', ariaKeys(keys));
    else control.removeAttribute('aria-keyshortcuts');
  };

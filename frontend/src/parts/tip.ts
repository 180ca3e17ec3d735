import { command } from '../state/commands';
import { ariaKeys, cap } from '../state/keys';

/** What a control says of its key: a tooltip for the pointer, the same for screen readers. */
export function tip(id: string): { title: string; 'aria-keyshortcuts': string | undefined } {
  const { name, keys } = command(id);
  const first = keys[0];
  return {
    title: first === undefined ? name : `${name} (${cap(first)})`,
    'aria-keyshortcuts': first === undefined ? undefined : ariaKeys(keys),
  };
}

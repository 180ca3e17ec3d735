import type { App } from './app.svelte';
import { actsHere, command, commands, type Command } from './commands';

/** A command as the window's own menus show it. */
export interface MenuItem {
  group: string;
  name: string;
  keys: string;
  id: string;
}

/** The menus, in the order in which they stand. */
const groups = ['Bearings', 'Incident', 'Selected', 'Time', 'View'];

const looks = ['incidents', 'theme', 'larger', 'smaller', 'letters', 'beliefs', 'allPrompts'];

/** A screen of an incident is a digit. */
const isView = (c: Command): boolean => c.place === 'incident' && /^\d$/.test(c.keys[0] ?? '');

function groupOf(c: Command): string {
  if (c.on) return 'Selected';
  if (isView(c) || looks.includes(c.id)) return 'View';
  if (c.place === 'timeline' || c.id === 'showNow' || c.id === 'goBackTo') return 'Time';
  return c.place === 'everywhere' || c.place === 'sharing' ? 'Bearings' : 'Incident';
}

/** The menus of the window, from the table of commands. Moving about is for keys, and stands in no menu. */
export function menus(table: Command[] = commands): MenuItem[] {
  const items = table
    .filter((c) => c.silent !== true && c.place !== 'incidents')
    .map((c) => ({ group: groupOf(c), name: c.name, keys: c.keys[0] ?? '', id: c.id }));
  return groups.flatMap((group) => items.filter((item) => item.group === group));
}

/** Does what was chosen in a menu, or says why it cannot be done here. */
export function chooseFromMenu(app: App, id: string): void {
  const chosen = command(id);
  if (actsHere(chosen, app)) void chosen.run(app);
  else if (chosen.acts && app.past) app.say('This is the past: it can be read, not written into.');
  else if (chosen.on && app.inIncident) {
    app.say(`Select what to do that with first: ${chosen.on.join(', ')}.`);
  } else app.say('That cannot be done here.');
}

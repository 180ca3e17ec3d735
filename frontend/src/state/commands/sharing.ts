import { focusItem } from '../walk';
import type { App } from '../app.svelte';
import type { Command } from './command';

const shared = (app: App): boolean => !app.sharing.settingUp && app.sharing.view !== undefined;

/** Whether members can be changed: not by a machine that is shut out, or whose folder is another's. */
const going = (app: App): boolean => shared(app) && app.sharing.line?.mark !== 'broken';

const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();

/** On the page about sharing. */
export const sharing: Command[] = [
  {
    id: 'inviteMember',
    name: 'Invite somebody to the shared workspace',
    hint: 'invite',
    keys: ['I'],
    place: 'sharing',
    when: (app) => going(app) && app.sharing.view?.sealed === true,
    run: () => focusItem(document.querySelector<HTMLElement>('[data-invite]')),
  },
  {
    id: 'removeMember',
    name: 'Remove a machine from the shared workspace',
    hint: 'remove',
    keys: ['X'],
    place: 'sharing',
    when: going,
    run: (app) => app.sharing.askToRemove(),
  },
  {
    id: 'checkFolder',
    name: 'Check all that the shared folder holds',
    hint: 'check',
    keys: ['C'],
    place: 'sharing',
    when: shared,
    run: (app) => app.sharing.check(),
  },
  {
    id: 'leaveShared',
    name: 'Stop sharing on this machine',
    keys: [],
    place: 'sharing',
    when: shared,
    run: (app) => void (app.sharing.sure = { what: 'leave' }),
  },
  {
    id: 'chooseShared',
    name: 'Choose with the dialog of the desktop',
    hint: 'choose',
    keys: ['Ctrl O'],
    place: 'sharing',
    when: (app) => app.sharing.settingUp || (going(app) && app.sharing.view?.sealed === true),
    run: () => press('[data-choose]'),
  },
];

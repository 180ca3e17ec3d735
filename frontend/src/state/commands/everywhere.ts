import type { App } from '../app.svelte';
import { focusThing, returnTo, step, stepEnd, stepPanel } from '../walk';
import type { Command } from './command';

const walking = (app: App): boolean => !app.declaring;

/** Along what the screen lists. */
export const walks: Command[] = [
  {
    id: 'down',
    except: ['picture', 'text', 'drawing'],
    name: 'Next',
    hint: 'move',
    keys: ['J', 'Down'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => step(1),
  },
  {
    id: 'up',
    except: ['picture', 'text', 'drawing'],
    name: 'Previous',
    keys: ['K', 'Up'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => step(-1),
  },
  {
    id: 'first',
    name: 'First',
    keys: ['G G', 'Home'],
    except: ['evidence'], // where G says that it speaks against
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => stepEnd('first'),
  },
  {
    id: 'last',
    name: 'Last',
    keys: ['Shift G', 'End'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => stepEnd('last'),
  },
];

/** Out of what was opened. */
export const steps: Command[] = [
  {
    id: 'back',
    name: 'Back one step',
    hint: 'back',
    keys: ['Esc'],
    place: 'everywhere',
    when: (app) =>
      app.screen === 'declare' ||
      app.screen === 'thread' ||
      app.screen === 'checkin' ||
      app.screen === 'sharing' ||
      app.grounds.shown ||
      app.screen === 'evidence' ||
      app.thing !== undefined ||
      app.beliefs ||
      app.past,
    silent: true,
    run: back,
  },
];

/** What concerns the program rather than an incident. */
export const everywhere: Command[] = [
  {
    id: 'declare',
    name: 'Declare an incident',
    keys: ['Ctrl N'],
    place: 'everywhere',
    run: (app) => void (app.screen = 'declare'),
  },
  {
    id: 'incidents',
    name: 'List of incidents',
    keys: ['Ctrl 0'],
    place: 'everywhere',
    run: (app) => app.leave(),
  },
  {
    id: 'palette',
    name: 'Find or do',
    keys: ['Ctrl K', '/'], // where a screen has a filter of its own, / is that
    place: 'everywhere',
    silent: true,
    run: (app) => (app.palette = true),
  },
  {
    id: 'keys',
    name: 'Keys for here',
    hint: 'all keys',
    keys: ['?'],
    place: 'everywhere',
    run: (app) => (app.keySheet = true),
  },
  {
    id: 'settings',
    name: 'Settings',
    keys: ['Ctrl ,'],
    place: 'everywhere',
    run: (app) => (app.settings = true),
  },
  {
    id: 'sharing',
    name: 'Sharing: who has what, and how it stands',
    keys: ['Ctrl Shift F'],
    place: 'everywhere',
    run: (app) => app.sharing.open(),
  },
  {
    id: 'nextPanel',
    name: 'Next panel',
    keys: ['F6'],
    place: 'everywhere',
    silent: true,
    run: () => stepPanel(1),
  },
  {
    id: 'previousPanel',
    name: 'Previous panel',
    keys: ['Shift F6'],
    place: 'everywhere',
    silent: true,
    run: () => stepPanel(-1),
  },
  {
    id: 'theme',
    name: 'Light or dark',
    keys: ['Ctrl Shift L'],
    place: 'everywhere',
    run: (app) => app.preferences.turnTheme(),
  },
  {
    id: 'larger',
    name: 'Larger',
    keys: ['Ctrl +', 'Ctrl ='],
    place: 'everywhere',
    run: (app) => app.preferences.resize(1),
  },
  {
    id: 'smaller',
    name: 'Smaller',
    keys: ['Ctrl -'],
    place: 'everywhere',
    run: (app) => app.preferences.resize(-1),
  },
  {
    id: 'letters',
    name: 'Single-letter keys on or off',
    keys: [],
    place: 'everywhere',
    run: (app) => app.preferences.turnLetters(),
  },
];

async function back(app: App): Promise<void> {
  if (app.screen === 'declare') {
    await app.leave();
    return;
  }
  if (app.screen === 'sharing') {
    await app.sharing.back();
    return;
  }
  if (app.screen === 'evidence') {
    await app.viewer.back();
    return;
  }
  if (app.screen === 'thread' && app.thing === undefined) {
    const thread = app.page?.thread.chip.id;
    await app.show('cockpit');
    if (thread !== undefined) await returnTo(thread);
    return;
  }
  if (app.screen === 'checkin' && app.thing === undefined) {
    await app.round.leave();
    return;
  }
  if (app.grounds.shown && app.thing === undefined) {
    await app.grounds.back();
    return;
  }
  const from = app.thing?.chip.id;
  if (!(await app.back()) && app.past) await app.comeBack();
  // The focus goes back to where the thing was opened from.
  if (from !== undefined && app.thing === undefined && !app.acts.comeBack()) {
    focusThing(from);
  }
}

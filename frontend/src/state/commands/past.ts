import type { Command } from './command';

/** Back to what was known at a moment, and to now again. */
export const past: Command[] = [
  {
    id: 'showNow',
    name: 'Back to now',
    hint: 'now',
    keys: ['N'],
    except: ['text'],
    place: 'incident',
    past: true,
    run: (app) => app.comeBack(),
  },
  {
    id: 'whenDecided',
    name: 'What did we know when we decided this?',
    hint: 'what we knew then',
    keys: ['W'],
    except: ['text'],
    place: 'incident',
    on: ['decision'],
    run: (app) => app.subject && app.whenDecided(app.subject),
  },
  {
    id: 'goBackTo',
    name: 'As it was at a moment…',
    keys: ['Shift T'],
    place: 'incident',
    run: (app) => (app.askingWhen = true),
  },
];

import { describe, expect, it } from 'vitest';
import type { Chip, Cockpit } from '../../backend';
import { App } from '../app.svelte';
import { cockpit, fake, head } from '../fake';
import { Keyboard } from '../keyboard';
import type { Screen } from '../shown.svelte';
import { commandFor } from './index';

const chip = (kind: string, label: string, word = ''): Chip => ({
  id: label.toLowerCase(),
  label,
  kind,
  name: 'It',
  word,
  doubtful: false,
});
const thread = chip('thread', 'T5', 'needs_owner');
const claim = chip('claim', 'C4', 'disputed');

/**
 * The keys that people learn, by where they are and what is selected there. Where a key of the design does something else
 * here, or another key does what it was to do, the guide says so under "Keys".
 */
const map: [screen: Screen, selected: Chip | undefined, keys: Record<string, string>][] = [
  [
    'cockpit',
    undefined,
    {
      'Ctrl K': 'palette',
      '/': 'palette',
      '?': 'keys',
      '1': 'cockpit',
      '2': 'claims',
      '3': 'timeline',
      '4': 'decisions',
      '5': 'people',
      '6': 'brief',
      '7': 'inbox',
      '8': 'updates',
      'Ctrl 0': 'incidents',
      'Ctrl Z': 'undo',
      'Ctrl Shift Z': 'redo',
      F6: 'nextPanel',
      'Shift F6': 'previousPanel',
      'Ctrl +': 'larger',
      'Ctrl -': 'smaller',
      'Ctrl Shift L': 'theme',
      'Ctrl N': 'declare',
      'Ctrl ,': 'settings',
      'Ctrl P': 'printBrief',
      J: 'down',
      K: 'up',
      Down: 'down',
      Up: 'up',
      Left: 'left',
      Right: 'right',
      'G G': 'first',
      'Shift G': 'last',
      Enter: 'openThread',
      T: 'newThread',
      C: 'newClaim',
      D: 'newDecision',
      L: 'log',
      I: 'checkin',
      B: 'beliefs',
    },
  ],
  [
    'cockpit',
    thread,
    {
      Space: 'peek',
      U: 'update',
      A: 'action',
      O: 'owner',
      'Shift O': 'take',
      M: 'move',
      'Shift Left': 'moveLeft',
      'Shift Right': 'moveRight',
      N: 'nudge',
      E: 'evidence',
      R: 'basis',
      W: 'wait',
      Q: 'close',
    },
  ],
  [
    'claims',
    claim,
    {
      '/': 'filterClaims',
      E: 'evidenceOn',
      'E F': 'evidenceFor',
      'E G': 'evidenceAgainst',
      V: 'verify',
      'Shift V': 'refute',
      S: 'test',
      R: 'basis',
      'Shift U': 'onIt',
      Y: 'tree',
    },
  ],
  ['checkin', undefined, { Enter: 'heard', S: 'skip', '.': 'same', U: 'theirWords', Esc: 'back' }],
  ['brief', undefined, { J: 'down', Enter: 'openSource', Y: 'copy', P: 'print', R: 'rewrite' }],
  [
    'timeline',
    undefined,
    { Left: 'stepBack', '+': 'zoomIn', N: 'alongToNow', '/': 'filterEntries', 'Shift T': 'goBackTo' },
  ],
];

async function open(view: Cockpit = cockpit): Promise<App> {
  const row = { person: 'Raj', owns: [], since: 1, lastText: '', lastAt: 1, line: '/heard @Raj' };
  const app = new App(
    fake({
      cockpit: () => Promise.resolve(view),
      checkin: () => Promise.resolve({ head, opened: 1, due: 0, heard: 0, rows: [row], draft: '' }),
    }).backend,
  );
  await app.begin();
  await app.show('cockpit');
  return app;
}

describe('the keys that people learn', () => {
  it.each(map)('on %s', async (screen, selected, keys) => {
    const app = await open();
    if (screen === 'checkin') {
      await app.round.open();
      app.round.at = 'Raj';
    } else await app.show(screen as 'cockpit');
    app.selected = selected;
    const does = Object.keys(keys).map((key) => [key, commandFor(key, app)?.id]);
    expect(Object.fromEntries(does)).toEqual(keys);
  });

  it('need no letter where letters are switched off', async () => {
    const app = await open();
    app.preferences.turnLetters();
    expect(commandFor('/', app)).toBeUndefined();
    expect(commandFor('Ctrl K', app)?.id).toBe('palette');
  });
});

describe('the key at a row of what to do next', () => {
  const prompt = (rank: number, kind: string, about: Chip) => ({
    rank,
    kind,
    about,
    level: 'caution',
    look: 'caution',
    title: '',
    opens: '',
    why: '',
    count: 1,
  });
  const view: Cockpit = {
    ...cockpit,
    prompts: [
      prompt(1, 'fallen', claim),
      prompt(2, 'thread_no_owner', thread),
      prompt(3, 'why_owed', chip('decision', 'D3')),
      prompt(4, 'assumption_untested', chip('claim', 'C7')),
    ],
  };
  const press = (app: App, key: string): void =>
    new Keyboard(app, () => true).keydown(new KeyboardEvent('keydown', { key, cancelable: true }));

  it('answers it, where nothing is selected that the key could be meant for', async () => {
    const app = await open(view);
    press(app, 'o');
    expect(app.composer.text).toBe('/owner T5 @');
    expect(app.composer.about?.id).toBe('t5');
  });

  it('is for what is selected first', async () => {
    const app = await open(view);
    app.selected = chip('thread', 'T1', 'active');
    press(app, 'o');
    expect(app.composer.text).toBe('/owner T1 @');
  });

  it('does nothing for a row that is only counted, nor once letters are switched off', async () => {
    const app = await open(view);
    press(app, 's');
    expect(app.composer.open).toBe(false);
    app.prompts = 'all';
    app.preferences.turnLetters();
    press(app, 's');
    expect(app.composer.open).toBe(false);
    app.preferences.turnLetters();
    press(app, 's');
    expect(app.composer.text).toBe('/test C7 ');
  });
});

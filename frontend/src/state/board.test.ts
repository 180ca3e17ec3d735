import { describe, expect, it } from 'vitest';
import type { Card, Chip, Cockpit } from '../backend';
import { ThreadState } from '../backend';
import { moveTo, wouldMove } from './board';
import { App } from './app.svelte';
import { command, commandFor, commands } from './commands';
import { cockpit, fake, head, type Fake } from './fake';

const card: Card = {
  id: 't3',
  label: 'T3',
  title: 'TLS',
  sort: 'investigate',
  state: ThreadState.Active,
  owner: 'Priya Nair',
  waitingOn: '',
  lastAt: 1,
  lastBy: '',
  lastText: '',
  before: '',
  need: '',
  rhythm: 1,
  due: 0,
  overdue: false,
  footing: 'firm',
  actions: [],
  more: 0,
  restsOn: [],
};
const t3: Chip = { id: 't3', label: 'T3', kind: 'thread', name: 'TLS', word: 'active', doubtful: false };
const c4: Chip = { id: 'c4', label: 'C4', kind: 'claim', name: 'It is', word: 'disputed', doubtful: true };

const column = (name: string, cards: Card[]) => ({ name, cards, count: cards.length, from: 0, more: 0 });
const board: Cockpit = {
  ...cockpit,
  columns: [column('investigating', [card]), column('mitigating', []), column('waiting', [])],
};

async function open(selected?: Chip): Promise<{ app: App; go: Fake }> {
  const go = fake({ cockpit: () => Promise.resolve(board) });
  const app = new App(go.backend);
  await app.begin();
  await app.show('cockpit');
  app.selected = selected;
  go.calls.length = 0;
  return { app, go };
}

const sent = (go: Fake): string[] => go.calls.filter((call) => call.startsWith('send'));

describe('a key on what is selected', () => {
  it.each([
    ['U', t3, ''],
    ['O', t3, '/owner T3 @'],
    ['W', t3, '/wait T3 on '],
    ['Q', t3, '/done T3 '],
    ['R', t3, '/basis T3 on '],
    ['A', t3, '/a '],
    ['N', t3, '/q Priya: any word?'],
    ['V', c4, '/verify C4 '],
    ['Shift V', c4, '/refute C4 '],
    ['S', c4, '/test C4 '],
    ['E F', c4, '/e  for C4'],
    ['E G', c4, '/e  against C4'],
    ['E', t3, '/e '],
  ])('%s begins its line', async (key, selected, text) => {
    const { app } = await open(selected);
    await commandFor(key, app)?.run(app);
    expect(app.composer.open).toBe(true);
    expect(app.composer.text).toBe(text);
    expect(app.composer.about).toBe(selected);
  });

  it('is nothing where nothing of the kind is selected', async () => {
    const { app } = await open();
    expect(commandFor('U', app)).toBeUndefined();
    app.selected = c4;
    expect(commandFor('U', app)).toBeUndefined();
    expect(commandFor('V', app)?.id).toBe('verify');
  });

  it('takes a thread at once, and offers to take that back', async () => {
    const { app, go } = await open(t3);
    await commandFor('Shift O', app)?.run(app);
    expect(sent(go)).toEqual(['send i1 t3 /take T3']);
    expect(app.acts.next).toBe('undo');
    await app.acts.doNext();
    expect(go.calls.filter((call) => call === 'undo i1')).toHaveLength(1);
    expect(app.acts.next).toBe('redo');
  });

  it('does nothing in the past but say why', async () => {
    const { app, go } = await open(t3);
    app.travel.at = 1;
    app.cockpit = { ...board, head: { ...head, past: true } };
    expect(commandFor('U', app)).toBeUndefined();
    app.acts.compose({ name: 'update', about: t3 });
    await app.acts.lines('t3', '/take T3');
    expect(app.composer.open).toBe(false);
    expect(sent(go)).toEqual([]);
    expect(app.said).toContain('This is the past');
  });
});

describe('moving a thread', () => {
  it('says what kind of work it is now', async () => {
    const { app, go } = await open(t3);
    await moveTo(app, t3, 'mitigating');
    expect(sent(go)).toEqual(['send i1 t3 /kind T3 mitigate']);
  });

  it('goes on with one that waited, in one act that is taken back as one', async () => {
    const { app, go } = await open(t3);
    await moveTo(app, { ...t3, word: 'waiting' }, 'mitigating');
    expect(sent(go)).toEqual(['send i1 t3 /resume T3', 'send i1 t3 /kind T3 mitigate']);
    await app.acts.doNext();
    expect(go.calls.filter((call) => call === 'undo i1')).toHaveLength(2);
  });

  it('asks on whom it waits, and why it is done', async () => {
    const { app } = await open(t3);
    await moveTo(app, t3, 'waiting');
    expect(app.composer.text).toBe('/wait T3 on ');
    await moveTo(app, t3, 'closed');
    expect(app.composer.text).toBe('/done T3 ');
  });

  it('to where it is does nothing', async () => {
    const { app } = await open(t3);
    expect(wouldMove(app, t3, 'investigating')).toBe('');
    expect(wouldMove(app, t3, 'waiting')).toBe('Wait on…');
  });

  it('goes one column by Shift and an arrow', async () => {
    const { app, go } = await open(t3);
    await commandFor('Shift Right', app)?.run(app);
    expect(sent(go)).toEqual(['send i1 t3 /kind T3 mitigate']);
  });
});

it('a draft is opened again through the act that it belongs to', async () => {
  const { app } = await open();
  app.composer.hold('update t3', 'half');
  await app.acts.openDraft();
  expect(app.composer.text).toBe('half');
  expect(app.composer.about?.id).toBe('t3');
});

it('every act that begins a line can be found by name, and every key of the map is in the table', () => {
  const map = 'J K Down Up Enter Space X T C D L U A O N E R W Q V S M Esc ? / F6 1 2 3 6 Y B P Z'.split(' ');
  const keys = new Set(commands.flatMap((c) => c.keys));
  const more = [
    'Shift O',
    'Shift V',
    'Shift Left',
    'Shift Right',
    'Shift G',
    'G G',
    'Shift F6',
    'Ctrl K',
    'Ctrl 0',
    'Ctrl N',
  ];
  const others = ['Ctrl Z', 'Ctrl Shift Z', 'Ctrl Shift L', 'Ctrl +', 'Ctrl -'];
  for (const key of [...map, ...more, ...others]) expect(keys.has(key), key).toBe(true);
  expect(command('update').opens).toBeDefined();
});

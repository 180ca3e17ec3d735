// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, type Chip, type Completion, type EntryRow, type Reading } from '../backend';
import { Composer } from './composer.svelte';
import { placeOf } from './line';
import { fake, type Fake } from './fake';

const t3: Chip = { id: 't3', label: 'T3', kind: 'thread', name: 'TLS', word: 'active', doubtful: false };
const update = { name: 'update', about: t3 };

let go: Fake;
let composer: Composer;

async function open(over: Parameters<typeof fake>[0] = {}): Promise<void> {
  go = fake(over);
  composer = new Composer(go.backend);
  await composer.enter('i1');
  go.calls.length = 0;
}

const kept = (): string[] => go.calls.filter((call) => call.startsWith('keepDraft'));

beforeEach(async () => {
  vi.useRealTimers();
  await open();
});

describe('what others do to what a line is about', () => {
  const note = (by: string, text: string): EntryRow => ({ by, text, recorded: 1 }) as unknown as EntryRow;

  it('is said with who did it, and what is typed stays', async () => {
    let history = [note('Mara', 'opened it')];
    const { backend } = fake({ history: () => Promise.resolve(history) });
    const composer = new Composer(backend);
    await composer.enter('i1');
    composer.start(update);
    await Promise.resolve();
    composer.typed('The pool is ', 12);
    history = [...history, note('Jonas', 'Rolled back'), note('Ada', 'mine')];
    await composer.look('Ada');
    expect(composer.touched?.text).toBe('Rolled back');
    expect(composer.text).toBe('The pool is ');
    await composer.look('Ada');
    expect(composer.touched?.by).toBe('Jonas');
    composer.start({ ...update, about: { ...t3, id: 't2' } });
    expect(composer.touched).toBeUndefined();
  });
});

describe('a draft', () => {
  it('is kept when the line is closed, and is there when it is opened again', () => {
    composer.start(update);
    composer.typed('half a sen', 10);
    composer.close();
    expect(kept()).toEqual(['keepDraft i1 update t3 half a sen']);
    composer.start(update);
    expect(composer.text).toBe('half a sen');
    expect(composer.put.at).toBe(10);
  });

  it('is kept a moment after a key, however long one types on', async () => {
    vi.useFakeTimers();
    composer.start(update);
    for (const text of ['a', 'ab', 'abc', 'abcd']) {
      composer.typed(text, text.length);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(kept()).toEqual(['keepDraft i1 update t3 ab', 'keepDraft i1 update t3 abcd']);
  });

  it('survives a restart', async () => {
    await open({ drafts: () => Promise.resolve({ 'update t3': 'from before' }) });
    expect(composer.draftOn('t3')).toBe('update t3');
    composer.start(update);
    expect(composer.text).toBe('from before');
  });

  it('belongs to one act on one thing: no line takes the place of another', () => {
    composer.start(update);
    composer.typed('a note', 6);
    composer.start({ name: 'owner', about: t3, text: '/owner T3 @' });
    expect(composer.text).toBe('/owner T3 @');
    composer.typed('/owner T3 @raj', 14);
    composer.start(update);
    expect(composer.text).toBe('a note');
    expect(placeOf({ name: 'log' })).toBe('log ');
  });

  it('is none where only that stands which the line began with', () => {
    composer.start({ name: 'owner', about: t3, text: '/owner T3 @' });
    composer.typed('/owner T3 @r', 12);
    composer.typed('/owner T3 @', 11);
    composer.close();
    expect(composer.drafts).toEqual({});
    expect(kept()).toEqual(['keepDraft i1 owner t3 ']);
  });

  it('is gone once the line was recorded', async () => {
    composer.start(update);
    composer.typed('all quiet', 9);
    const done = await composer.send();
    expect(done?.labels).toEqual(['N9']);
    expect(composer.open).toBe(false);
    expect(composer.drafts).toEqual({});
    expect(go.calls.at(-1)).toBe('keepDraft i1 update t3 ');
  });
});

describe('what cannot be recorded', () => {
  it('stays, and says why', async () => {
    await open({ send: () => Promise.reject(new AppError('disk', 'The disk is full.', 'Make room.')) });
    composer.start(update);
    composer.typed('all quiet', 9);
    expect(await composer.send()).toBeUndefined();
    expect(composer.open).toBe(true);
    expect(composer.text).toBe('all quiet');
    expect(composer.trouble?.message).toBe('The disk is full.');
    expect(composer.drafts['update t3']).toBe('all quiet');
  });

  it('is not sent, and its problem counts from Enter on', async () => {
    const problem: Reading = { says: '', problem: 'Which number?', hint: '' };
    await open({ read: () => Promise.resolve(problem) });
    composer.start({ name: 'log', text: '/reading x' });
    await vi.waitFor(() => expect(composer.reading).toEqual(problem));
    expect(composer.refused).toBe(false);
    await composer.send();
    expect(composer.refused).toBe(true);
    expect(go.calls.some((call) => call.startsWith('send'))).toBe(false);
  });

  it('is what nothing was typed into', async () => {
    composer.start(update);
    composer.typed('  ', 2);
    expect(await composer.send()).toBeUndefined();
    expect(composer.open).toBe(true);
  });
});

describe('what is typed while Go records a line', () => {
  interface Waiting {
    text: string;
    done: () => void;
    fail: (reason: unknown) => void;
  }
  let waiting: Waiting[];
  const lost = new AppError('disk', 'The disk is full.', 'Make room.');
  const sent = (): string[] => go.calls.filter((call) => call.startsWith('send'));
  const type = (text: string): void =>
    composer.typed(composer.text + text, composer.text.length + text.length);
  const reached = (n: number): Promise<Waiting> => {
    return vi.waitFor(() => {
      const line = waiting[n - 1];
      if (!line) throw new Error(`only ${waiting.length} lines reached Go`);
      return line;
    });
  };

  beforeEach(async () => {
    waiting = [];
    await open({
      send: (_, __, text) =>
        new Promise((done, fail) => {
          const answer = { says: 'Note', ids: ['n9'], labels: ['N9'], open: '' };
          waiting.push({ text, done: () => done(answer), fail });
        }),
    });
    composer.start(update);
    type('all quiet');
  });

  it('is the next line, and stays when the first is recorded', async () => {
    const sending = composer.send();
    expect(composer.entered).toEqual(['all quiet']);
    type('and ');
    (await reached(1)).done();
    type('then');
    await sending;
    expect(composer.open).toBe(true);
    expect(composer.text).toBe('and then');
    expect(composer.entered).toEqual([]);
    expect(composer.drafts['update t3']).toBe('and then');
  });

  it('is kept with what is being recorded, until that is', async () => {
    const sending = composer.send();
    type('and then');
    composer.flush();
    expect(kept().at(-1)).toBe('keepDraft i1 update t3 all quiet and then');
    (await reached(1)).done();
    await sending;
    expect(kept().at(-1)).toBe('keepDraft i1 update t3 and then');
  });

  it('is recorded in its order, where Enter ended it', async () => {
    const sending = composer.send();
    type('second');
    void composer.send();
    type('third');
    void composer.send();
    expect(composer.entered).toEqual(['all quiet', 'second', 'third']);
    for (const n of [1, 2, 3]) (await reached(n)).done();
    await sending;
    expect(sent()).toEqual(['send i1 t3 all quiet', 'send i1 t3 second', 'send i1 t3 third']);
    expect(composer.open).toBe(false);
    expect(composer.drafts).toEqual({});
  });

  it('does not record a line twice, where Enter was pressed twice', async () => {
    const sending = composer.send();
    void composer.send();
    (await reached(1)).done();
    await sending;
    expect(sent()).toHaveLength(1);
  });

  it('comes after the line that could not be recorded, with the caret where it was', async () => {
    const sending = composer.send();
    type('second');
    void composer.send();
    type('third');
    (await reached(1)).fail(lost);
    expect(await sending).toBeUndefined();
    expect(composer.text).toBe('all quiet second third');
    expect(composer.put.at).toBe(composer.text.length);
    expect(composer.trouble?.message).toBe('The disk is full.');
    expect(composer.drafts['update t3']).toBe('all quiet second third');
    expect(sent()).toHaveLength(1);
  });

  it('goes on with what an offer completed', async () => {
    const offer: Completion = { from: 0, to: 3, insert: '/owner T3 ', shows: 'Give it', detail: '', key: '' };
    let answer: (reading: Reading) => void = () => undefined;
    await open({
      read: () => new Promise((done) => (answer = done)),
      complete: () => Promise.resolve([offer]),
    });
    composer.start({ name: 'log' });
    type('/ow');
    const sending = composer.send();
    type('@raj');
    answer({ says: '', problem: 'There is no command /ow.', hint: '' });
    await sending;
    expect(composer.text).toBe('/owner T3 @raj');
    expect(composer.refused).toBe(false);
  });

  it('is a draft of its own place, where another line was begun meanwhile', async () => {
    const sending = composer.send();
    type('and then');
    composer.start({ name: 'log' });
    type('elsewhere');
    (await reached(1)).done();
    await sending;
    expect(composer.text).toBe('elsewhere');
    expect(composer.open).toBe(true);
    expect(composer.drafts['update t3']).toBe('and then');
    composer.start(update);
    expect(composer.text).toBe('and then');
  });

  it('is a draft with the line that failed, where that was left; and the reason is told', async () => {
    const sending = composer.send();
    type('and then');
    composer.close();
    (await reached(1)).fail(lost);
    await expect(sending).rejects.toBe(lost);
    expect(composer.drafts['update t3']).toBe('all quiet and then');
  });

  it('is there, without the line itself, when the place is opened again', async () => {
    const sending = composer.send();
    type('and then');
    composer.close();
    composer.start(update);
    expect(composer.text).toBe('and then');
    expect(composer.entered).toEqual(['all quiet']);
    (await reached(1)).done();
    await sending;
    expect(composer.text).toBe('and then');
    expect(composer.open).toBe(true);
  });

  it('is kept in its incident, where another was opened', async () => {
    const sending = composer.send();
    type('and then');
    await composer.enter('i2');
    (await reached(1)).done();
    await sending;
    expect(kept().at(-1)).toBe('keepDraft i1 update t3 and then');
    expect(composer.drafts).toEqual({});
  });
});

describe('an offer', () => {
  const priya: Completion = {
    from: 4,
    to: 8,
    insert: '@PriyaNair ',
    shows: 'Priya Nair',
    detail: '',
    key: '',
  };

  it('takes the place of what was begun, and nothing else', async () => {
    await open({ complete: () => Promise.resolve([priya]) });
    composer.start(update);
    composer.typed('ask @pri please', 8);
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
    composer.take();
    expect(composer.text).toBe('ask @PriyaNair please');
    expect(composer.put.at).toBe(15);
  });

  it('that was moved to is taken by Enter; one that was not leaves Enter its meaning', async () => {
    await open({ complete: () => Promise.resolve([priya]) });
    composer.start(update);
    composer.typed('ask @pri', 8);
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
    composer.choose(1);
    await composer.send();
    expect(composer.text).toBe('ask @PriyaNair ');
    expect(composer.open).toBe(true);
    await composer.send();
    expect(composer.open).toBe(false);
  });

  it('is taken by Enter where the line means nothing without it', async () => {
    const offer: Completion = { from: 0, to: 3, insert: '/owner ', shows: 'Give it', detail: '', key: '' };
    await open({
      read: () => Promise.resolve({ says: '', problem: 'There is no command /ow.', hint: '' }),
      complete: () => Promise.resolve([offer]),
    });
    composer.start({ name: 'log' });
    composer.typed('/ow', 3);
    await composer.send();
    expect(composer.text).toBe('/owner ');
    expect(composer.refused).toBe(false);
  });

  it('that has a key is taken by it only where nothing was typed since', async () => {
    const seventh: Completion = { from: 13, to: 13, insert: 'C3 ', shows: 'C3', detail: '', key: '7' };
    await open({ complete: () => Promise.resolve([seventh]) });
    composer.start({ name: 'log', text: '/link E4 for ' });
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
    composer.typed('/link E4 for C', 14);
    expect(composer.pick('7')).toBe(false);
    composer.typed('/link E4 for ', 13);
    expect(composer.pick('7')).toBe(true);
    expect(composer.text).toBe('/link E4 for C3 ');
  });

  it('is closed before the line is', async () => {
    await open({ complete: () => Promise.resolve([priya]) });
    composer.start(update);
    composer.typed('ask @pri', 8);
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
    expect(composer.dismiss()).toBe(true);
    expect(composer.dismiss()).toBe(false);
  });

  it('stays closed when the answer to the last letter comes after Esc, and comes again with the next', async () => {
    await open({
      read: (_incident, _about, text) => Promise.resolve({ says: text, problem: '', hint: '' }),
      complete: () => Promise.resolve([priya]),
    });
    composer.start(update);
    composer.typed('ask @pri', 8);
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
    composer.typed('ask @priy', 9);
    expect(composer.dismiss()).toBe(true);
    await vi.waitFor(() => expect(composer.reading.says).toBe('ask @priy'));
    expect(composer.offers).toEqual([]);
    composer.typed('ask @priya', 10);
    await vi.waitFor(() => expect(composer.offers).toHaveLength(1));
  });
});

it('an answer that comes after the next question is dropped', async () => {
  const waiting: ((reading: Reading) => void)[] = [];
  await open({ read: () => new Promise((done) => waiting.push(done)) });
  composer.start({ name: 'log', text: 'first' });
  composer.typed('second', 6);
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.({ says: 'of the second', problem: '', hint: '' });
  waiting[0]?.({ says: 'of the first', problem: '', hint: '' });
  await vi.waitFor(() => expect(composer.reading.says).toBe('of the second'));
});

it('what was to be about a thing can be written into the log instead', async () => {
  composer.start(update);
  expect(composer.widen()).toBe(true);
  expect(composer.widen()).toBe(false);
  composer.typed('for all', 7);
  await composer.send();
  expect(go.calls).toContain('send i1  for all');
});

it('asks for something that is no line of the incident, in its own way', async () => {
  const why: string[] = [];
  composer.start({
    name: 'snooze',
    about: t3,
    other: {
      asks: 'Put off',
      read: (text) => ({
        says: text === '' ? '' : 'Put it off',
        problem: text === '' ? 'Why?' : '',
        hint: '',
      }),
      send: (text) => Promise.resolve(why.push(text)).then(() => 'Put off'),
    },
  });
  expect(composer.reading.problem).toBe('Why?');
  composer.typed('they call back', 14);
  expect(await composer.send()).toMatchObject({ says: 'Put off', undo: false });
  expect(why).toEqual(['they call back']);
});

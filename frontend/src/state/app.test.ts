import { describe, expect, it } from 'vitest';
import { AppError, Length, Reader, type ClaimsScreen, type Cockpit } from '../backend';
import { App } from './app.svelte';
import { brief, claims, cockpit, fake, head, list } from './fake';
import { News } from './news.svelte';

describe('the window', () => {
  it('opens on the brief that Go chose, with one call before it is drawn', async () => {
    const { backend, calls } = fake();
    const app = new App(backend);
    await app.begin();
    expect(app.screen).toBe('brief');
    expect(app.head).toEqual(head);
    expect(calls).toEqual(['start', 'drafts i1']);
  });

  it('opens on the list where Go chose none', async () => {
    const app = new App(
      fake({ start: () => Promise.resolve({ list, open: '', where: '', kept: {} }) }).backend,
    );
    await app.begin();
    expect(app.screen).toBe('incidents');
    expect(app.declaring).toBe(false);
  });

  it('asks for an incident where there is none', async () => {
    const empty = { ...list, incidents: [] };
    const app = new App(
      fake({ start: () => Promise.resolve({ list: empty, open: '', where: '', kept: {} }) }).backend,
    );
    await app.begin();
    expect(app.declaring).toBe(true);
  });

  it('shows an error where it has nothing else, and forgets it once it can read', async () => {
    let broken = true;
    const error = new AppError('damaged', 'The database is damaged.', 'Put a backup in its place.');
    const { backend } = fake({
      start: () =>
        broken ? Promise.reject(error) : Promise.resolve({ list, open: 'i1', where: '', brief, kept: {} }),
    });
    const app = new App(backend);
    await app.begin();
    expect(app.error).toBe(error);
    broken = false;
    await app.begin();
    expect(app.error).toBeUndefined();
  });

  it('reads again what is on the screen when Go says that something changed', async () => {
    const { backend, calls, change } = fake();
    const app = new App(backend);
    const stop = app.start();
    await app.begin();
    await app.show('cockpit');
    calls.length = 0;
    change();
    await expect.poll(() => calls).toEqual(['cockpit i1 0', 'timeline i1 0']);
    stop();
  });

  it('answers a flood of changes with one more reading', async () => {
    const waiting: (() => void)[] = [];
    const { backend, calls } = fake({
      cockpit: () => new Promise((done) => waiting.push(() => done(cockpit))),
    });
    const app = new App(backend);
    await app.begin();
    app.screen = 'cockpit';
    const first = app.reread();
    for (let i = 0; i < 50; i++) void app.reread();
    waiting.shift()?.();
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    await first;
    expect(calls.filter((c) => c.startsWith('cockpit')).length).toBe(2);
  });

  it('has what was recorded on the screen for whoever asked while it was read', async () => {
    const waiting: (() => void)[] = [];
    const { backend } = fake({
      cockpit: () => new Promise((done) => waiting.push(() => done(cockpit))),
    });
    const app = new App(backend);
    await app.begin();
    app.screen = 'cockpit';
    void app.reread();
    let answered = false;
    const later = app.reread().then(() => (answered = true));
    waiting.shift()?.();
    await expect.poll(() => waiting.length).toBe(1);
    expect(answered).toBe(false);
    waiting.shift()?.();
    await later;
  });

  it('drops an answer for an incident that is no longer open', async () => {
    let answer: (() => void) | undefined;
    const { backend } = fake({
      cockpit: (id) =>
        id === 'i1'
          ? new Promise((done) => (answer = () => done({ ...cockpit, impact: 'old' })))
          : Promise.resolve({ ...cockpit, impact: 'new' }),
    });
    const app = new App(backend);
    await app.begin();
    const old = app.open('i1', 'cockpit');
    void app.open('i2', 'cockpit');
    answer?.();
    await old;
    expect(app.cockpit?.impact).toBe('new');
  });

  it('goes back one step at a time through what was opened', async () => {
    const app = new App(fake().backend);
    await app.begin();
    await app.openThing('e1');
    await app.openThing('c4');
    expect(app.thing?.chip.id).toBe('c4');
    await app.back();
    expect(app.thing?.chip.id).toBe('e1');
    await app.back();
    expect(app.thing).toBeUndefined();
  });

  it('opens nothing on a screen that was gone to while it was read', async () => {
    let answer: (() => void) | undefined;
    const { backend } = fake();
    const { thing } = backend;
    backend.thing = async (...asked) => {
      await new Promise<void>((done) => (answer = done));
      return thing(...asked);
    };
    const app = new App(backend);
    await app.begin();
    const opening = app.openThing('c4');
    await app.show('people');
    answer?.();
    await opening;
    expect([app.screen, app.thing]).toEqual(['people', undefined]);
  });

  it('reads what it shows again when somebody else sits before it', async () => {
    const { backend, calls } = fake();
    const app = new App(backend);
    await app.begin();
    const before = calls.length;
    await app.callMe('Mara');
    expect(calls.slice(before).map((call) => call.split(' ')[0]?.split('(')[0])).toEqual(['callMe', 'brief']);
    expect(app.list?.me).toBe('Mara');
  });

  it('asks for another brief', async () => {
    const app = new App(fake().backend);
    await app.begin();
    await app.askFor({ reader: Reader.Lead, length: Length.Full });
    expect(app.brief?.ask).toEqual({ reader: 'lead', length: 'full', since: 0 });
  });
});

describe('the claims', () => {
  const rows = ['c1', 'c2'].map((id) => ({ id, label: id.toUpperCase(), text: id, state: 'assumption' }));
  const of = (claims: unknown[]) => [{ name: 'believed', claims }] as unknown as ClaimsScreen['groups'];

  it('have one that acts act on, the one that looks chosen, before anything has the focus', async () => {
    let listed = rows;
    const app = new App(fake({ claims: () => Promise.resolve({ ...claims, groups: of(listed) }) }).backend);
    await app.begin();
    await app.open('i1', 'claims');
    expect(app.subject?.id).toBe('c1');
    listed = rows.toReversed();
    await app.reread();
    expect(app.subject?.id).toBe('c1');
    app.claim = 'c2';
    expect(app.subject?.label).toBe('C2');
    app.claims = { ...claims, groups: of(rows.slice(0, 1)) };
    expect(app.subject?.id).toBe('c1');
    await app.show('cockpit');
    expect(app.subject).toBeUndefined();
  });
});

describe('the quiet dot', () => {
  it('marks what changed while the window was open, until it is looked at', async () => {
    let records = 2;
    const grown = () => ({
      ...list,
      asOf: list.asOf + records,
      incidents: list.incidents.map((i) => (i.id === 'i2' ? { ...i, records } : i)),
    });
    const { backend } = fake({
      start: () => Promise.resolve({ list, open: '', where: '', kept: {} }),
      incidents: () => Promise.resolve(grown()),
    });
    const app = new App(backend);
    await app.begin();
    expect(app.news.unseen).toEqual({});
    records = 5;
    await app.reread();
    expect(app.news.unseen).toEqual({ i2: true });
    app.news.see('i2');
    await app.reread();
    expect(app.news.unseen['i2']).toBe(false);
  });

  it('is not for claims that the screen before did not show', () => {
    const groups = (...ids: string[]) =>
      [
        { claims: ids.map((id) => ({ id, state: 'assumption', for: { all: 0 }, against: { all: 0 } })) },
      ] as unknown as ClaimsScreen['groups'];
    const at = (others: number) => ({ head: { ...head, others } });
    const claims = (others: number, ...ids: string[]) =>
      ({ ...at(others), groups: groups(...ids) }) as ClaimsScreen;
    const news = new News();
    news.cockpit({ ...at(1), columns: [] as Cockpit['columns'], beliefs: groups('c1') } as Cockpit);
    news.claims(claims(1, 'c1', 'c6'));
    expect(news.unseen).toEqual({});
    // One's own doing is no news, somebody else's is.
    news.claims(claims(1, 'c1', 'c6', 'c7'));
    expect(news.unseen).toEqual({});
    news.claims(claims(2, 'c1', 'c6', 'c7', 'c8'));
    expect(news.unseen).toEqual({ c8: true });
  });
});

describe('what the reader chose', () => {
  it('is restored, and kept when it changes', async () => {
    const { backend, calls } = fake({
      start: () =>
        Promise.resolve({ list, open: '', where: '', kept: { theme: 'light', size: '125', letters: 'off' } }),
    });
    const app = new App(backend);
    await app.begin();
    expect(document.documentElement.dataset['theme']).toBe('light');
    expect(app.preferences.size).toBe(125);
    expect(app.preferences.letters).toBe(false);
    app.preferences.turnTheme();
    app.preferences.resize(1);
    app.preferences.resize(1);
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(calls.filter((c) => c.startsWith('keep'))).toEqual(['keep theme dark', 'keep size 150']);
  });
});

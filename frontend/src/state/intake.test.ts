import { describe, expect, it } from 'vitest';
import type { Backend, Chip, TookView } from '../backend';
import { App } from './app.svelte';
import { commandFor } from './commands';
import { fake, tookOf } from './fake';

const chip = (label: string, kind: string): Chip => ({
  id: label.toLowerCase(),
  label,
  kind,
  name: label,
  word: '',
  doubtful: false,
});
const claim = chip('C4', 'claim');

async function opened(over: Partial<Backend> = {}): Promise<{ app: App; calls: string[] }> {
  const { backend, calls } = fake(over);
  const app = new App(backend);
  await app.open('i1', 'cockpit');
  calls.length = 0;
  return { app, calls };
}

const onClaim = (): Promise<TookView> =>
  Promise.resolve({ ...tookOf('shot.png'), says: 'E14 for C4', on: claim });
const sent = (calls: string[]): string[] => calls.filter((c) => /^(take|relate|lookAt)/.test(c));

describe('what is dropped or pasted', () => {
  it('goes to what it was let go on, as supporting it', async () => {
    const { app, calls } = await opened({ takeFiles: onClaim });
    await app.intake.arrived(['/tmp/shot.png'], claim, 'drop');
    expect(sent(calls)).toEqual([
      'takeFiles {"incident":"i1","on":"c4","relation":"","how":"drop"} ["/tmp/shot.png"]',
    ]);
    expect(app.intake.took?.says).toBe('E14 for C4');
  });

  it('speaks against the claim at one key', async () => {
    const { app, calls } = await opened({ takeFiles: onClaim });
    expect(commandFor('G', app)).toBeUndefined();
    await app.intake.arrived(['/tmp/shot.png'], claim, 'drop');
    await commandFor('G', app)?.run(app);
    expect(sent(calls).at(-1)).toBe('relate i1 ["e14"] c4 contradicts');
    expect(app.said).toBe('E14: against C4');
    expect(app.acts.next).toBe('undo');
    expect(commandFor('G', app)).toBeUndefined();
  });

  it('has no side to choose once the person went on', async () => {
    const { app } = await opened({ takeFiles: onClaim });
    await app.intake.arrived(['/tmp/shot.png'], claim, 'drop');
    expect(commandFor('F', app)?.id).toBe('tookFor');
    await commandFor('Esc', app)?.run(app);
    expect(commandFor('F', app)).toBeUndefined();
  });

  it('is one after the other, however fast', async () => {
    const order: string[] = [];
    const { app } = await opened({
      takeFiles: async (_, [path = '']) => {
        order.push(`begins ${path}`);
        await Promise.resolve();
        order.push(`ends ${path}`);
        return tookOf(path);
      },
    });
    await Promise.all([
      app.intake.arrived(['a'], undefined, 'drop'),
      app.intake.arrived(['b'], undefined, 'drop'),
    ]);
    expect(order).toEqual(['begins a', 'ends a', 'begins b', 'ends b']);
  });

  it('is evidence where it was copied as files, and a link or text as it stands', async () => {
    const { app, calls } = await opened();
    await app.intake.said('file:///tmp/a%20b.png\r\nfile:///tmp/c.png', undefined, 'paste');
    await app.intake.said('https://status.example.com', claim, 'paste');
    expect(sent(calls)).toEqual([
      'takeFiles {"incident":"i1","on":"","relation":"","how":"paste"} ["/tmp/a b.png","/tmp/c.png"]',
      'takePassage {"incident":"i1","on":"c4","relation":"","how":"paste"} https://status.example.com',
    ]);
  });

  it('is offered as readings where it may be some, and else kept as evidence', async () => {
    const { app, calls } = await opened();
    await app.intake.arrived(['/tmp/fails.csv'], undefined, 'drop');
    expect(app.readings.offered).toBeDefined();
    expect(sent(calls)).toEqual(['lookAtCSV i1 /tmp/fails.csv']);
    await app.readings.keep();
    expect(sent(calls)).toHaveLength(2);
    await app.intake.arrived(['/tmp/a.csv', '/tmp/b.csv'], undefined, 'drop');
    expect(sent(calls)).toHaveLength(3);
  });

  it('is refused in words outside an incident, and in the past', async () => {
    const { app, calls } = await opened();
    app.travel.go(1, '', { screen: 'cockpit', thing: '', claim: '', focus: '' });
    app.cockpit = app.cockpit && { ...app.cockpit, head: { ...app.cockpit.head, past: true } };
    await app.intake.arrived(['/tmp/shot.png'], undefined, 'drop');
    expect(app.said).toContain('This is the past');
    await app.leave();
    await app.intake.arrived(['/tmp/shot.png'], undefined, 'drop');
    expect(app.said).toContain('Open an incident first');
    expect(sent(calls)).toEqual([]);
  });

  it('says what went wrong, and keeps nothing of before on the screen', async () => {
    const { app } = await opened({ takeFiles: () => Promise.reject(new Error('The disk is full.')) });
    await app.intake.arrived(['/tmp/shot.png'], undefined, 'drop');
    expect(app.said).toContain('The disk is full.');
    expect(app.intake.took).toBeUndefined();
  });
});

describe('how far the taking in is', () => {
  it('is shown for many files and for a large one, and ends', () => {
    const { backend, take } = fake();
    const app = new App(backend);
    const stop = app.intake.start();
    take({ done: 0, of: 1, name: 'a.png', part: 0 });
    expect(app.intake.taking).toBeUndefined();
    take({ done: 0, of: 1, name: 'core.bin', part: 12 });
    expect(app.intake.taking?.part).toBe(12);
    take({ done: 3, of: 40, name: 'b.png', part: 0 });
    expect(app.intake.taking?.done).toBe(3);
    take({ done: 40, of: 40, name: '', part: 0 });
    expect(app.intake.taking).toBeUndefined();
    stop();
  });
});

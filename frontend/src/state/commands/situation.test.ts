import { describe, expect, it } from 'vitest';
import { App } from '../app.svelte';
import { command, commandFor } from './index';
import { cockpit, fake } from '../fake';
import { situation } from './situation';

async function inCockpit(view = cockpit): Promise<{ app: App; calls: string[] }> {
  const { backend, calls } = fake({ cockpit: () => Promise.resolve(view) });
  const app = new App(backend);
  await app.begin();
  await app.show('cockpit');
  calls.length = 0;
  return { app, calls };
}

describe('the situation', () => {
  it('is said by lines that are begun, with what holds now where that is a text', async () => {
    const { app } = await inCockpit({ ...cockpit, impact: 'Orders fail', aim: 'Under 1 %' });
    const begun = (id: string): string | undefined => command(id).opens?.(app, undefined).text;
    expect(begun('saySeverity')).toBe('/sev ');
    expect(begun('sayImpact')).toBe('/impact Orders fail');
    expect(begun('sayAim')).toBe('/aim Under 1 %');
    expect(begun('sayDont')).toBe('/dont ');
  });

  it('is reached by a key in the cockpit', async () => {
    const { app } = await inCockpit();
    for (const c of situation.filter(
      (row) => row.acts === true && row.on === undefined && row.keys.length > 0,
    )) {
      expect(commandFor(c.keys[0] ?? '', app)?.id).toBe(c.id);
    }
    await command('saySeverity').run(app);
    expect(app.composer.text).toBe('/sev ');
  });

  it('ticks a criterion, lifts a don’t and answers a tripwire at once', async () => {
    const { app, calls } = await inCockpit();
    const select = (kind: string, label: string): void => {
      app.selected = { id: `${kind}1`, label, kind, name: '', word: '', doubtful: false };
    };
    select('criterion', '');
    await commandFor('Q', app)?.run(app);
    select('dont', 'X1');
    await commandFor('Q', app)?.run(app);
    select('tripwire', 'W2');
    await command('passed').run(app);
    expect(calls.filter((call) => call.startsWith('send'))).toEqual([
      'send i1 criterion1 /done',
      'send i1 dont1 /lift X1',
      'send i1 tripwire1 /passed W2',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { SentUpdate, UpdatesScreen } from '../backend';
import { App } from './app.svelte';
import { fake, head } from './fake';

const audience = (name: string): UpdatesScreen['audiences'][number] => ({
  name,
  last: 1,
  due: 0,
  by: '',
  overdue: false,
});
const sent: SentUpdate = {
  chip: { id: 'u1', label: 'U1', kind: 'update', name: 'We look into it.', word: 'sent', doubtful: false },
  audience: 'Status page',
  text: 'We look into it.',
  by: 'Ada',
  at: 1,
  states: [],
  shaky: false,
  correct: '/update Status page: Correction: ',
  caret: 33,
};

async function telling(view: Partial<UpdatesScreen>): Promise<{ app: App; calls: string[] }> {
  const updates: UpdatesScreen = { head, audiences: [], sent: [], more: 0, pieces: [], ...view };
  const go = fake({ updates: () => Promise.resolve(updates) });
  const app = new App(go.backend);
  await app.begin();
  await app.show('updates');
  return { app, calls: go.calls };
}

describe('an update', () => {
  it('is for whoever is told next, or whom one usually tells', async () => {
    expect((await telling({})).app.outside.audience).toBe('Status page');
    const { app } = await telling({ audiences: [audience('Banks'), audience('Customers')] });
    expect(app.outside.audiences).toEqual(['Banks', 'Customers']);
    expect(app.outside.audience).toBe('Banks');
    app.outside.to = 'The board';
    expect(app.outside.audience).toBe('The board');
  });

  it('says what is known by rule, and what is believed only when that is ticked', async () => {
    const { app } = await telling({
      pieces: [
        { id: 'impact', claim: '', text: 'Orders fail.', ticked: true },
        { id: 'c1', claim: 'C1', text: 'We believe: nothing is lost.', ticked: false },
      ],
    });
    expect(app.outside.pieces).toEqual(['impact']);
    app.outside.tick('c1', true);
    app.outside.tick('impact', false);
    expect(app.outside.pieces).toEqual(['c1']);
    app.outside.reset();
    expect(app.outside.pieces).toEqual(['impact']);
  });

  it('is corrected, also where nothing it says has fallen', async () => {
    const { app } = await telling({ sent: [sent] });
    app.outside.correct();
    expect(app.composer.open).toBe(false);
    app.selected = sent.chip;
    app.outside.correct();
    expect(app.composer.text).toBe('/update Status page: Correction: ');
  });
});

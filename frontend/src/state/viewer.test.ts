import { describe, expect, it } from 'vitest';
import { App } from './app.svelte';
import { commandFor } from './commands';
import { evidence, fake } from './fake';

async function open(over: Parameters<typeof fake>[0] = {}) {
  const { backend, calls } = fake(over);
  const app = new App(backend);
  await app.begin();
  await app.viewer.open('e1');
  app.viewer.resize({ w: 800, h: 600 });
  return { app, viewer: app.viewer, calls };
}

describe('the viewer', () => {
  it('opens over the screen that one was on, and goes back there', async () => {
    const { app, viewer } = await open();
    expect([app.screen, app.head?.id, app.selected?.id]).toEqual(['evidence', 'inc', 'e1']);
    await viewer.back();
    expect([app.screen, viewer.view]).toEqual(['brief', undefined]);
  });

  it('shows a text with its beginning read, so that the first key finds its lines', async () => {
    const { viewer } = await open({
      evidence: (_, ref) => Promise.resolve({ ...evidence(ref), shows: 'text' }),
      lines: (_, __, from) => Promise.resolve({ count: 300, from, lines: [] }),
    });
    expect(viewer.text?.count).toBe(300);
    await viewer.compare('e2');
    expect(viewer.besideText?.count).toBe(300);
  });

  it('takes one step back at a time', async () => {
    const { app, viewer } = await open();
    await viewer.compare('e2');
    await viewer.back();
    expect([viewer.beside, app.screen]).toEqual([undefined, 'evidence']);
    viewer.take('mark');
    await viewer.back();
    expect([viewer.tool, app.screen]).toEqual([undefined, 'evidence']);
  });

  it('compares with what was chosen last, whichever is read last', async () => {
    const late = new Map<string, () => void>();
    const { viewer } = await open({
      evidence: (_, ref) =>
        new Promise((resolve) => {
          if (ref === 'e1') resolve(evidence(ref));
          else late.set(ref, () => resolve(evidence(ref)));
        }),
    });
    const both = [viewer.compare('e2'), viewer.compare('e3')];
    late.get('e3')?.();
    late.get('e2')?.();
    await Promise.all(both);
    expect(viewer.beside?.chip.id).toBe('e3');
    const another = viewer.compare('e2');
    viewer.alone();
    late.get('e2')?.();
    await another;
    expect(viewer.beside).toBeUndefined();
  });

  it('gives the keys to what is looked at', async () => {
    const { app, viewer } = await open();
    expect(commandFor('Down', app)?.id).toBe('panDown');
    expect(commandFor('M', app)?.id).toBe('markPicture');
    viewer.take('mark');
    expect(commandFor('Down', app)?.id).toBe('drawDown');
    expect(commandFor('Enter', app)?.id).toBe('finishShape');
    viewer.leaveTool();
    viewer.looking = false;
    expect(commandFor('Down', app)?.id).toBe('down');
  });

  it('shows all of a picture, or pixel for pixel', async () => {
    const { viewer } = await open({
      evidence: (_, ref) => Promise.resolve({ ...evidence(ref), width: 3200, height: 1200 }),
    });
    expect(viewer.scale).toBe(0.25);
    viewer.fit();
    expect(viewer.scale).toBe(1);
    viewer.fit();
    expect(viewer.scale).toBe(0.25);
  });

  it('draws by keys: a first shape in the middle, then moved, stretched, and kept', async () => {
    const { viewer, calls } = await open();
    viewer.take('mark');
    viewer.nudge(1, 0, false, false);
    expect(viewer.shapes).toEqual([{ from: { x: 267, y: 200 }, to: { x: 533, y: 400 }, arrow: true }]);
    viewer.nudge(-1, 0, false, false);
    viewer.nudge(0, 1, true, true);
    viewer.drawArrows(false);
    const shape = { from: { x: 257, y: 200 }, to: { x: 523, y: 401 }, arrow: false };
    expect(viewer.shapes).toEqual([shape]);
    await viewer.finish();
    expect(calls).toContain(`mark i1 e1 ${JSON.stringify([shape])}`);
    expect([viewer.tool, viewer.view?.chip.id]).toEqual([undefined, 'e9']);
  });

  it('keeps one box of a crop, and none of a click', async () => {
    const { app, viewer, calls } = await open();
    viewer.take('crop');
    viewer.draw({ from: { x: 1, y: 1 }, to: { x: 50, y: 40 } });
    viewer.draw({ from: { x: 5, y: 6 }, to: { x: 25, y: 36 } });
    expect(viewer.shapes.length).toBe(1);
    await viewer.finish();
    expect(calls).toContain('crop i1 e1 {"x":5,"y":6,"w":20,"h":30}');
    viewer.take('crop');
    viewer.draw({ from: { x: 5, y: 6 }, to: { x: 5, y: 6 } });
    viewer.drawn();
    await viewer.finish();
    expect([viewer.tool, app.said]).toEqual(['crop', 'Draw what is to be kept first.']);
  });

  it('asks before it destroys, and offers no way back after', async () => {
    const { app, viewer, calls } = await open();
    viewer.beginToRedact();
    viewer.draw({ from: { x: 5, y: 6 }, to: { x: 25, y: 36 } });
    await viewer.finish();
    expect(viewer.asking).toBe('redact');
    expect(calls.filter((call) => call.startsWith('redact'))).toEqual([]);
    await viewer.redact(false, { why: 'a name', title: 'Evidence e1' });
    expect(calls.filter((call) => call.startsWith('redact'))).toHaveLength(1);
    expect([viewer.asking, app.acts.next]).toEqual([undefined, '']);
  });

  it('says of the claim it was opened from what it tells', async () => {
    const { viewer, calls } = await open({
      evidence: (_, ref) =>
        Promise.resolve({
          ...evidence(ref),
          links: [
            {
              chip: {
                id: 'c4',
                label: 'C4',
                kind: 'claim',
                name: 'It is',
                word: 'supported',
                doubtful: false,
              },
              relation: 'supports',
              by: 'Mara',
              at: 1,
              why: '',
              echo: false,
            },
          ],
        }),
    });
    await viewer.relate('against');
    expect(calls).toContain('send i1 e1 /link E1 against C4');
  });
});

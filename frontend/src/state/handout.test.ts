import { expect, it } from 'vitest';
import { Format, Length, Reader, type Backend } from '../backend';
import { App } from './app.svelte';
import { command } from './commands';
import { fake } from './fake';

async function handing(
  with_: Partial<Backend> = {},
): Promise<{ app: App; copied: string[]; calls: string[] }> {
  const copied: string[] = [];
  const { backend, calls } = fake({ copy: (text) => Promise.resolve(copied.push(text) > 0), ...with_ });
  const app = new App(backend);
  await app.begin();
  await app.askFor({ reader: Reader.Lead, length: Length.Full });
  return { app, copied, calls };
}

it('the brief that is shown is copied as text, and as Markdown', async () => {
  const { app, copied, calls } = await handing();
  await command('copy').run(app);
  expect(app.said).toBe('Copied as text');
  await command('copyMarkdown').run(app);
  expect(app.said).toBe('Copied as Markdown');
  expect(copied).toEqual(['the brief in text', 'the brief in md']);
  expect(calls.filter((call) => call.startsWith('briefAs') && call.includes('"reader":"lead"'))).toHaveLength(
    2,
  );
});

it('it is saved where the person says, and where that is said', async () => {
  const { app, calls } = await handing();
  await command('saveHTML').run(app);
  expect(app.said).toBe('Saved as brief.html');
  await command('savePDF').run(app);
  expect(app.said).toBe('Saved as brief.pdf');
  expect(
    calls.filter((call) => call.startsWith('saveBrief') && call.includes('"reader":"lead"')),
  ).toHaveLength(2);
});

it('who thinks better of it is told nothing', async () => {
  const { app } = await handing({ saveBrief: () => Promise.resolve('') });
  app.said = '';
  await app.handout.save(Format.HTML);
  expect(app.said).toBe('');
});

it('what went wrong is said where it was asked for, until it goes well', async () => {
  const { app } = await handing({ saveBrief: () => Promise.reject(new Error('no room')) });
  await app.handout.save(Format.PDF);
  expect(app.handout.trouble?.message).toContain('no room');
  expect(app.error).toBeUndefined();
  await app.handout.copy();
  expect(app.handout.trouble).toBeUndefined();
});

it('it is opened as a PDF to be printed, from wherever in the incident', async () => {
  const { app, calls } = await handing();
  await command('print').run(app);
  expect(app.said).toBe('Opened as a PDF, to be printed');
  await app.show('cockpit');
  await command('printBrief').run(app);
  expect(
    calls.filter((call) => call.startsWith('printBrief') && call.includes('"reader":"lead"')),
  ).toHaveLength(2);
});

import { beforeEach, expect, it, vi } from 'vitest';
import { App } from './app.svelte';
import { Draft } from './draft';
import { fake } from './fake';

const form = (): HTMLElement => {
  document.body.innerHTML =
    '<form><input class="field" name="why"><input class="field" name="skills" value="dns"></form>';
  return document.body;
};
const type = (name: string, value: string): void => {
  const field = document.querySelector<HTMLInputElement>(`[name=${name}]`);
  if (!field) throw new Error(`there is no field ${name}`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
const value = (name: string): string | undefined =>
  document.querySelector<HTMLInputElement>(`[name=${name}]`)?.value;

let drafts: Record<string, string>;
let app: App;

beforeEach(() => {
  drafts = {};
  app = new App(
    fake({
      drafts: () => Promise.resolve(drafts),
      keepDraft: (_, place, text) => Promise.resolve(void (drafts[place] = text)),
    }).backend,
  );
});

it('keeps what is typed while it is typed, and gives it back', async () => {
  const leave = new Draft(app, 'join').of(form());
  type('why', 'Paged');
  expect(app.typed).toBe(true);
  await vi.waitFor(() => expect(drafts['join']).toContain('Paged'));
  expect(app.typed).toBe(false);
  type('why', 'Paged for the gateway');
  leave();
  new Draft(app, 'join').of(form());
  await vi.waitFor(() => expect(value('why')).toBe('Paged for the gateway'));
});

it('keeps only what was changed, and puts nothing over what is typed meanwhile', async () => {
  drafts['join'] = JSON.stringify([['why', 'Paged']]);
  new Draft(app, 'join').of(form());
  type('why', 'Called');
  await vi.waitFor(() => expect(JSON.parse(drafts['join'] ?? '')).toEqual([['why', 'Called']]));
  expect([value('why'), value('skills')]).toEqual(['Called', 'dns']);
});

it('keeps nothing of what was sent', async () => {
  const draft = new Draft(app, 'join');
  const leave = draft.of(form());
  type('why', 'Paged');
  await vi.waitFor(() => expect(drafts['join']).toContain('Paged'));
  draft.sent = true;
  leave();
  await vi.waitFor(() => expect(drafts['join']).toBe(''));
});

it('keeps nothing of what was sent while it was being kept', async () => {
  const stored: string[] = [];
  app.backend.keepDraft = (_, __, text) => {
    stored.push(text);
    return new Promise(() => undefined);
  };
  const draft = new Draft(app, 'join');
  const leave = draft.of(form());
  type('why', 'Paged');
  await vi.waitFor(() => expect(stored).toHaveLength(1));
  draft.sent = true;
  leave();
  expect(stored.at(-1)).toBe('');
});

it('lets the window ask before it closes where nothing can be kept, and tries again', async () => {
  let tried = 0;
  app.backend.keepDraft = () => Promise.reject(new Error(`the disk is full, ${(tried += 1)}`));
  new Draft(app, 'join').of(form());
  type('why', 'Paged');
  await vi.waitFor(() => expect(tried).toBe(1));
  expect(app.typed).toBe(true);
  type('why', 'Paged');
  await vi.waitFor(() => expect(tried).toBe(2));
});

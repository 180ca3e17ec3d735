import '@testing-library/jest-dom/vitest';
import '@testing-library/svelte/vitest';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { tick } from 'svelte';
import { AppError } from './backend';
import { App } from './state/app.svelte';
import { fake, head, list, timeline, type Fake } from './state/fake';
import Window from './Window.svelte';

let go: Fake;

// Compiling them takes longer than a test waits.

beforeEach(() => {
  go = fake();
});

/** Lets answers that are under way come in, and what they ask for. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await tick();
}

function open(backend = go.backend): void {
  render(Window, { app: new App(backend) });
}

it('shows the brief, every word of its sentences in one piece', async () => {
  open();
  await screen.findByRole('heading', { name: 'Checkout is down', level: 2 });
  expect(document.body.textContent).toContain('Since 02:14: orders fail (E1).');
});

it('opens a source beside the brief with the keys, and closes it again', async () => {
  open();
  const user = userEvent.setup();
  await screen.findByText('E1');
  await user.keyboard('j{Enter}');
  await screen.findByRole('heading', { name: 'Thing e1' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('heading', { name: 'Thing e1' })).toBeNull();
  expect(screen.getByText('E1')).toHaveFocus();
});

it('goes from view to view by digit', async () => {
  open();
  const user = userEvent.setup();
  await screen.findByText('E1');
  await user.keyboard('1');
  await screen.findByRole('region', { name: 'Threads' });
  expect(screen.getByRole('button', { name: 'Cockpit' })).toHaveAttribute('aria-current', 'page');
  await user.keyboard('2');
  await screen.findByRole('region', { name: 'Claims' });
});

it('keeps the keys that are struck before there is anything to act on', async () => {
  let answer: (() => void) | undefined;
  const start = go.backend.start;
  go = fake({ start: () => new Promise((done) => (answer = () => void start().then(done))) });
  open();
  const user = userEvent.setup();
  await user.keyboard('1lseen');
  answer?.();
  await screen.findByRole('region', { name: 'Threads' });
  await waitFor(() => expect(screen.getByRole('textbox', { name: /^Write/ })).toHaveValue('seen'));
});

it('asks what happened once for each reading of the timeline', async () => {
  let asked = 0;
  go = fake({
    timeline: () => Promise.resolve({ ...timeline }),
    // Were it asked for over and over, the answers would end somewhere.
    entries: () => {
      asked += 1;
      return asked > 9
        ? new Promise(() => undefined)
        : Promise.resolve({ head, entries: [], found: 0, says: '', next: '' });
    },
  });
  open();
  const user = userEvent.setup();
  await screen.findByText('E1');
  await user.keyboard('3');
  await screen.findByRole('region', { name: 'What happened' });
  await settled();
  expect(asked).toBe(1);
  go.change();
  await waitFor(() => expect(asked).toBe(2));
  await settled();
  expect(asked).toBe(2);
});

it('leaves keys alone while somebody types', async () => {
  go = fake({ start: () => Promise.resolve({ list, open: '', where: '', kept: {} }) });
  open();
  const user = userEvent.setup();
  await user.type(await screen.findByRole('searchbox'), 'mail /?1');
  expect(screen.getByRole('searchbox')).toHaveValue('mail /?1');
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('declares an incident with a title alone, and says what is missing without one', async () => {
  const declared: unknown[] = [];
  go = fake({
    start: () => Promise.resolve({ list: { ...list, incidents: [] }, open: '', where: '', kept: {} }),
    declare: (d) => {
      if (d.title === '') {
        return Promise.reject(new AppError('invalid', 'An incident needs a title.', 'Say what is broken.'));
      }
      declared.push(d);
      return Promise.resolve('i3');
    },
  });
  open();
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Declare' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('An incident needs a title.');
  await user.type(screen.getByLabelText('What is broken?'), 'Mail is slow{Enter}');
  await screen.findByRole('region', { name: 'Threads' });
  expect(declared).toEqual([{ title: 'Mail is slow', severity: '', me: 'Ada' }]);
});

it('keeps what is typed into a declaration that is left, until it is declared', async () => {
  const kept: Record<string, string> = {};
  go = fake({
    drafts: () => Promise.resolve({ ...kept }),
    keepDraft: (incident, place, text) => Promise.resolve(void (kept[`${incident}${place}`] = text)),
    declare: () => Promise.resolve('i3'),
  });
  open();
  const user = userEvent.setup();
  await screen.findByText('E1');
  await user.keyboard('{Control>}n{/Control}');
  await user.type(await screen.findByLabelText('What is broken?'), 'Mail is slow{Escape}{Escape}');
  await screen.findByRole('heading', { name: 'Incidents' });
  await user.keyboard('{Control>}n{/Control}');
  await waitFor(() => expect(screen.getByLabelText('What is broken?')).toHaveValue('Mail is slow'));
  await user.click(screen.getByRole('button', { name: 'Declare' }));
  await screen.findByRole('region', { name: 'Threads' });
  await waitFor(() => expect(kept).toEqual({ declare: '' }));
});

it('lists the keys of the screen that is shown, and only what they do there', async () => {
  const row = { person: 'Bo', owns: [], since: 1, lastText: '', lastAt: 1, line: '/heard @Bo' };
  go = fake({
    checkin: () => Promise.resolve({ head, opened: 1, due: 2, heard: 0, rows: [row], draft: '' }),
  });
  open();
  const user = userEvent.setup();
  await screen.findByText('E1');
  const keysOf = async (name: string): Promise<string | null | undefined> => {
    const sheet = within(await screen.findByRole('dialog', { name: 'Keys for here' }));
    return sheet.queryByText(name)?.nextElementSibling?.textContent.trim();
  };
  await user.keyboard('i');
  await screen.findByRole('region', { name: 'Check-in round' });
  await waitFor(() => expect(screen.getByRole('button', { name: /Bo/ })).toHaveFocus());
  await screen.findByText('their words');
  await user.keyboard('?');
  expect(await keysOf('Type their words')).toBe('U');
  expect(await keysOf('Heard: write down what they said, and go on to the next')).toBe('↵');
  await user.keyboard('{Escape}2');
  await screen.findByRole('region', { name: 'Claims' });
  await user.keyboard('?');
  expect(await keysOf('Filter the claims')).toBe('/');
  expect(await keysOf('Find or do')).toBe('Ctrl K');
});

it('says what went wrong and what to do when the workspace does not open', async () => {
  go = fake({
    start: () =>
      Promise.reject(
        new AppError('newer', 'The workspace was made by a newer Bearings.', 'Install the newer one.'),
      ),
  });
  open();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The workspace was made by a newer Bearings.');
  expect(alert).toHaveTextContent('Install the newer one.');
});

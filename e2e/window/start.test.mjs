import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { bearings, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const current = (view) =>
  `return document.querySelector('nav [aria-current="page"]')?.innerText.includes(${JSON.stringify(view)})`;

/** Whether what a selector finds ends where its pane does, or before. */
function inSight(selector) {
  const el = document.querySelector(selector);
  return el && el.getBoundingClientRect().bottom <= el.closest('main').getBoundingClientRect().bottom;
}

/** How large everything is to be drawn, and how large what a selector finds is. */
function magnified(selector) {
  let zoom = 1;
  for (let at = document.querySelector(selector); at; at = at.parentElement) {
    zoom *= Number(getComputedStyle(at).zoom);
  }
  return [Number(getComputedStyle(document.documentElement).getPropertyValue('--size')), zoom];
}

test('an empty workspace opens on the brief of the sample', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('Card payments failing at checkout');

  // The command line, in another process, writes the same first sentence.
  const brief = JSON.parse(await bearings(dir, 'brief', 'latest', '--format', 'json'));
  const situation = brief.sections.find((section) => section.id === 'situation');
  await window.says(situation.sentences[0].text);
  await window.screenshot('window-brief');
});

test('keys switch between the views', async (t) => {
  const window = await openWindow(t, await workspace(t), ['--sample']);
  await window.says('Card payments failing at checkout');
  for (const [key, view, words] of [
    ['1', 'Cockpit', 'Do next'],
    ['2', 'Claims', 'by risk'],
    ['6', 'Brief', 'Who is reading'],
  ]) {
    await window.press(key);
    await until(`${view} is the current view`, () => window.execute(current(view)));
    await window.says(words);
    await window.screenshot(`window-${view.toLowerCase()}`);
  }
  await window.press('Control', 'k');
  await until('the palette has the focus', () =>
    window.execute("return document.activeElement?.getAttribute('role') === 'combobox'"),
  );
  await window.press('Escape');
  await until('the palette is gone', () =>
    window.execute("return document.querySelector('dialog') === null"),
  );

  // Drawn larger, as it is on a large screen too: once, and what stays in sight stays.
  await window.press('Control', '=');
  await window.press('Control', '=');
  await window.press('8');
  await until('what an update says is in sight, whole', () => window.page(inSight, '.message'));
  await window.press('Control', 'k');
  await until('the palette is drawn as large as the rest', async () =>
    isDeepStrictEqual(await window.page(magnified, '[role=combobox]'), [1.25, 1.25]),
  );
  await window.press('Escape');
  await window.press('Control', '0');
  await window.says('Declare an incident');
});

test('a first start declares an incident, and the next start shows it', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir);
  await window.says('Nothing is recorded here yet');
  await window.type('Checkout answers 502', '#title');
  await window.type('Ana', '#me');
  await window.press('Enter');
  await window.says('No threads yet');
  const [declared] = JSON.parse(await bearings(dir, 'list', '--json'));
  assert.equal(declared?.title, 'Checkout answers 502');
  await window.close();

  const again = await openWindow(t, dir);
  await again.says('Checkout answers 502');
});

test('ending the window leaves a workspace in which everything checks', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('Card payments failing at checkout');
  await window.close();
  const checked = JSON.parse(await bearings(dir, 'check', '--json'));
  assert.equal(checked.clean, true);
  assert.equal(checked.incidents, 1);
});

// Evidence that was pasted finds its place with one key: on the claim that it was let go on, or out of the inbox.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { pasteText } from '../support/evidence.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { screens } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

async function shown(t, name) {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await screens.find((screen) => screen.name === name).show(page);
  return { dir, page };
}

const recorded = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
const took = (page) => page.getByRole('region', { name: 'What was taken in' });

const waiting = async (page) =>
  Number(/(\d+) in the inbox/.exec(await page.locator('.window > footer').innerText())?.[1] ?? 0);

/** The row that has the focus, in words; '' where none has. */
const focusedRow = (page) =>
  page.evaluate(() => document.activeElement.closest('[data-item]')?.innerText ?? '');

/** Has Go tell of a line that is recorded well before it answers, and the inbox take its time to be read. */
const answerLate = (page) =>
  page.evaluate(() => {
    const { Composer, Evidence } = window.go.app;
    const { Send } = Composer;
    const { Inbox } = Evidence;
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    Composer.Send = async (...line) => {
      const sent = await Send(...line);
      await wait(600);
      return sent;
    };
    Evidence.Inbox = (...ask) => wait(200).then(() => Inbox(...ask));
    return undefined;
  });

/** Types the end of the line that a key began, and records it. */
async function finish(page, begun, text) {
  const field = page.getByRole('textbox', { name: /^Write/ });
  await until(`the line begins with “${begun}”`, async () => (await field.inputValue()) === begun);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Write' }).waitFor({ state: 'detached' });
}

test('F, G and N say what was pasted onto a claim tells about it', async (t) => {
  const { dir, page } = await shown(t, 'claims');
  await page.keyboard.press('j');
  const label = /\b(C\d+)\b/.exec(await page.locator('footer .place').innerText())[1];
  const sides = async () => {
    const claim = (await recorded(dir)).claims.find((c) => c.label === label);
    return [claim.supports.length, claim.contradicts.length];
  };
  const [supports, contradicts] = await sides();
  for (const [key, side, now] of [
    ['g', 'against', [supports, contradicts + 1]],
    ['n', 'tells nothing', [supports, contradicts + 1]],
    ['f', 'for', [supports + 1, contradicts + 1]],
  ]) {
    await pasteText(page, `egress-3 says ${key}`);
    await took(page).getByRole('button', { name: side }).waitFor();
    assert.deepEqual(await sides(), [now[0] + (key === 'f' ? 0 : 1), now[1] - (key === 'g' ? 1 : 0)]);
    await page.keyboard.press(key);
    await took(page).waitFor({ state: 'detached' });
    await until(`it speaks ${side}`, async () => String(await sides()) === String(now));
  }
  assert.deepEqual(page.problems, []);
});

test('what is pasted nowhere is linked, or put on a thread, with a key; or it waits in the inbox', async (t) => {
  const { dir, page } = await shown(t, 'cockpit');
  const before = await waiting(page);
  const paste = async (text) => {
    await pasteText(page, text);
    await took(page).waitFor();
    return (await recorded(dir)).evidence.at(-1).label;
  };
  const linked = await paste('ledger has no doubles');
  await page.keyboard.press('r');
  await finish(page, `/link ${linked} for `, 'C7');
  const filed = await paste('handshake trace of egress-3');
  await page.keyboard.press('m');
  await finish(page, `/file ${filed} on `, 'T3');
  await until('both have their place', async () => (await waiting(page)) === before);

  const labels = [];
  for (const text of ['first', 'second', 'third', 'fourth', 'fifth'])
    labels.push(await paste(`${text} of five`));
  await page.keyboard.press('7');
  const inbox = page.getByRole('region', { name: 'Inbox' });
  await inbox.getByText(`${before + 5} without a place, newest first`).waitFor();
  await page.keyboard.press('j');
  await answerLate(page);
  for (const [n, [key, begun, end]] of [
    ['f', '/link LABEL for ', 'C7'],
    ['g', '/link LABEL against ', 'C7'],
    ['n', '/link LABEL neutral ', 'C7'],
    ['m', '/file LABEL on ', 'T3'],
    ['.', '', ''],
  ].entries()) {
    const label = labels.at(-1 - n);
    // What is next has the focus as soon as the line is closed: a key that is struck then is about it.
    if (n > 0 && n < 4) assert.match(await focusedRow(page), new RegExp(`^${label}\\b`, 'm'));
    else await until(`${label} has the focus`, async () => (await focusedRow(page)).includes(label));
    await page.keyboard.press(key);
    if (begun !== '') await finish(page, begun.replace('LABEL', label), end);
    await inbox.locator('[data-item]').filter({ hasText: label }).waitFor({ state: 'detached' });
  }
  const { claims, evidence } = await recorded(dir);
  const named = (list) => list.map((id) => evidence.find((e) => e.id === id).label);
  const c7 = claims.find((claim) => claim.label === 'C7');
  assert.deepEqual([named(c7.supports), named(c7.contradicts)], [[linked, labels[4]], [labels[3]]]);
  assert.equal(await waiting(page), before);
  assert.deepEqual(page.problems, []);
});

test('what was pasted finds its place by the mouse, too', async (t) => {
  const { page } = await shown(t, 'cockpit');
  const before = await waiting(page);
  await pasteText(page, 'trace of egress-3');
  await until('it is in the inbox', async () => (await waiting(page)) === before + 1);
  await took(page).getByRole('button', { name: 'put it on a thread' }).click();
  await page.getByRole('textbox', { name: /^Write/ }).waitFor();
  await page.keyboard.type('T3');
  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByRole('form', { name: 'Write' }).waitFor({ state: 'detached' });
  await until('it is on the thread', async () => (await waiting(page)) === before);
  assert.deepEqual(page.problems, []);
});

// Sharing set up in three steps by keyboard alone, joined, and its page in every state that it can come to, by real causes.
import assert from 'node:assert/strict';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join as path } from 'node:path';
import { test } from 'node:test';
import { accessibility, keyboardOf, openPage, serve } from '../support/browser.mjs';
import { out, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { askToJoin, done, invite, join, lineSays, share } from '../support/sharing.mjs';
import { themes } from '../support/screens.mjs';
import { until } from '../support/wait.mjs';

/** Somebody's page, on a workspace of its own. */
async function page(t, browser, fill = async () => {}) {
  const dir = await workspace(t);
  await fill(dir);
  const page = await openPage(t, browser, await serve(t, dir));
  await page.getByRole('button', { name: 'Find or do' }).waitFor();
  await until('the first screen is there', () => page.locator('main[data-panel], main [data-panel]').count());
  return { dir, page, keyboard: keyboardOf(page) };
}

/** Holds the page, as it is now, to what axe finds, and keeps a picture of it, in both themes. */
async function look(page, name) {
  await mkdir(out, { recursive: true });
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    assert.deepEqual(await accessibility(page), [], `${name}, ${theme}`);
    await page.screenshot({ path: path(out, `sharing-${name}-${theme}.png`) });
  }
}

const alert = (page, words) => page.getByRole('alert').getByText(words).waitFor({ timeout: 30_000 });

test('three steps share a sealed workspace, and three join it, by keyboard alone', async (t) => {
  const browser = await chromium();
  const between = await workspace(t);
  const folder = path(between, 'folder');
  const mara = await page(t, browser, sample);
  await lineSays(mara.keyboard, 'Saved on this machine');
  await mara.keyboard.press('Control', 'Shift', 'F');
  await mara.keyboard.says('Share this workspace');
  await look(mara.page, 'folder');
  await mara.keyboard.press('Escape');
  await mara.keyboard.press('Escape');

  await share(mara.keyboard, folder);
  await look(mara.page, 'invite');
  const invitation = path(between, 'for-anna.txt');
  const words = await invite(mara.keyboard, 'Anna Berg', invitation);
  assert.equal((await stat(invitation)).mode & 0o077, 0, 'others on this machine could read the invitation');
  await look(mara.page, 'words');
  await done(mara.keyboard);
  await lineSays(mara.keyboard, 'Shared, nobody has joined yet');

  const anna = await page(t, browser);
  const wrong = words.split(' ').reverse().join(' ');
  await askToJoin(anna.keyboard, folder, { person: 'Anna Berg', invitation, words: wrong });
  await anna.page.getByRole('alert').waitFor({ timeout: 60_000 });
  await look(anna.page, 'wrong-words');
  await anna.page.getByLabel('The six words').fill(words);
  await anna.keyboard.press('Enter');
  await anna.page.getByRole('heading', { name: /^Who shares it/ }).waitFor({ timeout: 60_000 });
  for (const { keyboard } of [anna, mara]) await lineSays(keyboard, 'In step with 1 person');
  await look(anna.page, 'joined');
  await anna.keyboard.press('Escape');
  await anna.keyboard.press('Control', '0');
  await anna.page.getByText('Card payments failing at checkout').waitFor();
  for (const { page } of [anna, mara]) assert.deepEqual(page.problems, []);
});

test('a folder that is no place to share in is refused with what to do, and one that is shared says so', async (t) => {
  const browser = await chromium();
  const { dir, page: at, keyboard } = await page(t, browser);
  await keyboard.press('Control', 'Shift', 'F');
  const field = at.getByLabel('Folder');
  const says = async (folder, words) => {
    await field.fill(folder);
    await keyboard.press('Enter');
    await at.getByText(words).waitFor();
  };
  await says(path(dir, 'within'), 'lies in the folder of the workspace itself');
  await says(path(dir, '..'), 'The workspace itself lies in this folder');
  await says('Sync', 'That is no place on this machine');
  const newer = await workspace(t);
  await writeFile(
    path(newer, 'bearings.json'),
    JSON.stringify({ format: 99, workspace: 'w', name: 'Later' }),
  );
  await says(newer, 'a newer version of Bearings');
  await look(at, 'newer');
  const full = await workspace(t);
  await writeFile(path(full, 'notes.txt'), 'mine');
  await field.fill(full);
  await keyboard.press('Tab');
  await at.getByText('1 other thing lies in it').waitFor();
  assert.deepEqual(at.problems, []);
});

test('a folder that is away, another workspace’s, and a machine that was removed: each says what is wrong and what to do', async (t) => {
  const browser = await chromium();
  const between = await workspace(t);
  const folder = path(between, 'folder');
  const mara = await page(t, browser, sample);
  await share(mara.keyboard, folder, { sealed: false });
  await done(mara.keyboard);
  const anna = await page(t, browser);
  await join(anna.keyboard, folder, { person: 'Anna Berg' });
  for (const { keyboard } of [anna, mara]) await lineSays(keyboard, 'In step with 1 person');

  await rename(folder, `${folder}-away`);
  await lineSays(anna.keyboard, 'Working alone');
  await alert(anna.page, 'The shared folder cannot be reached.');
  await look(anna.page, 'offline');
  await rename(`${folder}-away`, folder);
  await lineSays(anna.keyboard, 'In step with 1 person');

  const marker = path(folder, 'bearings.json');
  const kept = await readFile(marker, 'utf8');
  const other = { ...JSON.parse(kept), workspace: '0123456789abcdef0123456789abcdef', name: 'Search team' };
  await writeFile(marker, JSON.stringify(other));
  await lineSays(anna.keyboard, 'Sharing has stopped');
  await look(anna.page, 'stopped');
  await writeFile(marker, kept);
  await lineSays(anna.keyboard, 'In step with 1 person');

  await mara.keyboard.press('Control', 'Shift', 'F');
  await mara.page.getByRole('button', { name: /^Anna Berg/ }).focus();
  await mara.keyboard.press('x');
  const sure = mara.page.getByRole('dialog', { name: /^Remove Anna Berg/ });
  await sure.waitFor();
  await look(mara.page, 'remove');
  await sure.getByRole('button', { name: 'Remove' }).click();
  await sure.waitFor({ state: 'detached' });
  await lineSays(anna.keyboard, 'This machine was removed');
  await look(anna.page, 'excluded');
  await look(mara.page, 'removed');
  for (const { page } of [anna, mara]) assert.deepEqual(page.problems, []);
});

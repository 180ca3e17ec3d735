// The same visit without a keyboard: everything that a key does can be clicked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

test('reading in, by mouse', async (t) => {
  const dir = await workspace(t);
  const page = await openPage(t, await chromium(), await serve(t, dir));

  await page.getByRole('button', { name: 'Open the sample incident' }).click();
  const brief = page.getByRole('article', { name: 'Brief' });
  await brief.getByRole('heading', { name: 'Card payments failing at checkout' }).waitFor();

  // Another length, another reader.
  const words = async () => (await brief.innerText()).split(/\s+/).length;
  const five = await words();
  await page.getByLabel('One minute').click();
  await until('the brief is shorter', async () => (await words()) < five);
  await page.getByLabel('The next lead').click();
  await page.getByRole('heading', { name: 'Handover brief' }).waitFor();

  // A source, and its end.
  await brief.getByRole('button').first().click();
  await page.getByText('The record').waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByText('The record').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Cockpit' }).click();
  const threads = page.getByRole('region', { name: 'Threads' });
  await threads.locator('[data-item]').first().click();
  await page.getByText('What was said, newest first').waitFor();

  await page.getByRole('button', { name: 'Claims' }).click();
  await page.getByRole('region', { name: 'Claims', exact: true }).locator('[data-item]').nth(1).click();
  await page.getByRole('heading', { name: 'What speaks for it and against it' }).waitFor();

  await page.getByRole('button', { name: 'Find or do' }).click();
  await page.getByRole('option', { name: 'Light or dark' }).click();
  await until(
    'the theme is light',
    async () =>
      (await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)) === 'light',
  );

  await page.getByRole('button', { name: 'All incidents' }).click();
  await page.getByRole('button', { name: /Card payments failing/ }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('leading, by mouse', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await page.getByRole('button', { name: 'Cockpit' }).click();
  const threads = page.getByRole('region', { name: 'Threads' });
  const card = (label) => threads.locator('article').filter({ hasText: label });
  const column = (name) => threads.locator(`[data-drop=${name}]`);
  const thread = async (label) =>
    JSON.parse(await bearings(dir, 'show', 'latest', '--json')).threads.find((t) => t.label === label);
  const undo = page.getByRole('button', { name: 'Undo' });
  await card('T3').waitFor();

  // A card is dragged to another column; let go over nothing, or at Esc, it goes back.
  const from = await card('T3').boundingBox();
  const to = await column('mitigating').boundingBox();
  const lift = async () => {
    await page.mouse.move(from.x + 40, from.y + 30);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 120, { steps: 6 });
    await page.getByText('Mitigate', { exact: true }).waitFor();
  };
  await lift();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.equal((await thread('T3')).kind, 'investigate');
  await lift();
  await page.mouse.up();
  await column('mitigating').locator('article').filter({ hasText: 'T3' }).waitFor();
  assert.equal((await thread('T3')).kind, 'mitigate');
  await undo.click();
  await column('investigating').locator('article').filter({ hasText: 'T3' }).waitFor();

  // Where it waits is asked for in words.
  await card('T3').hover();
  await card('T3').getByRole('button', { name: 'What can be done with T3' }).click();
  await page.getByRole('menuitem', { name: /^Move to/ }).click();
  await page.getByRole('menuitem', { name: 'Waiting on others' }).click();
  await page.getByRole('textbox', { name: /^Write on T3/ }).waitFor();
  await page.keyboard.type('Nordbank');
  await page.getByRole('button', { name: 'Record' }).click();
  await column('waiting').locator('article').filter({ hasText: 'T3' }).waitFor();

  // An action is started, and is done, by its box.
  await page.getByRole('button', { name: /^A4 .*Start it$/ }).click();
  await page.getByRole('button', { name: /^A4 .*It is done$/ }).click();
  await until('the action is done', async () => {
    const { actions } = JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
    return actions.find((a) => a.label === 'A4').state === 'done';
  });

  // A thread of nobody is taken by its menu, with the other button.
  await card('T5').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Take it yourself/ }).click();
  await until('T5 is somebody’s', async () => (await thread('T5')).owner !== '');

  // A new thread, and its page.
  await page.getByRole('button', { name: /new thread/ }).click();
  await page.keyboard.type('Call the card schemes');
  await page.getByRole('button', { name: 'Record' }).click();
  await card('Call the card schemes').dblclick();
  await page.getByRole('heading', { name: 'Call the card schemes', level: 2 }).waitFor();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await threads.waitFor();
  assert.deepEqual(page.problems, []);
});

// The same visit without a keyboard: everything that a key does can be clicked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, openPage, serve } from '../support/browser.mjs';
import { workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';

test('reading in, by mouse', async (t) => {
  const dir = await workspace(t);
  const page = await openPage(t, await launch(t), await serve(t, dir));

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
  await threads.getByRole('button').first().click();
  await page.getByText('What was said, newest first').waitFor();

  await page.getByRole('button', { name: 'Claims' }).click();
  await page.getByRole('region', { name: 'Claims', exact: true }).getByRole('button').nth(1).click();
  await page.getByText('What speaks for it and against it').waitFor();

  await page.getByRole('button', { name: 'Find or do' }).click();
  await page.getByRole('option', { name: 'Light or dark' }).click();
  await until(
    'the theme is light',
    async () =>
      (await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)) === 'light',
  );

  await page.getByRole('button', { name: 'All incidents' }).click();
  await page.getByRole('button', { name: /Card payments failing/ }).click();
  await threads.waitFor();
  assert.deepEqual(page.problems, []);
});

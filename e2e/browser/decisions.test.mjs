// Deciding together, and telling people outside: by keyboard and by mouse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { screens } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';

const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));

/** Types the rest of a line that is begun, and records it. */
async function enter(page, composer, text) {
  await composer.waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await composer.waitFor({ state: 'detached' });
}

test('decisions and updates, on one machine', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  const composer = page.getByRole('form', { name: 'Write' });

  await t.test(
    'everybody is asked for strong objections, and the decision comes into force by one key',
    async () => {
      await screens.find((screen) => screen.name === 'decisions').show(page);
      await page.keyboard.press('p');
      await enter(page, composer, 'Cap the retries');
      const row = page
        .getByRole('region', { name: 'Decisions' })
        .getByRole('listitem')
        .filter({ hasText: 'Cap the retries' });
      await row.getByText(/Any strong objections\? .* left, none so far/).waitFor();
      await row.getByRole('button', { name: /Cap the retries/ }).focus();

      // Somebody objects: then it goes on for a reason only.
      await page.keyboard.press('o');
      await enter(page, composer, 'it hides the failures');
      await row.getByText('it hides the failures').waitFor();
      await row.getByRole('button', { name: /Cap the retries/ }).focus();
      await page.keyboard.press('f');
      await enter(page, composer, 'for ten minutes only');
      await row.getByText('In force, no strong objection').waitFor();

      // Without one, a key does.
      await page.keyboard.press('p');
      await enter(page, composer, 'Page the bank');
      const other = page.getByRole('listitem').filter({ hasText: 'Page the bank' });
      await other.getByRole('button', { name: /Page the bank/ }).focus();
      await page.keyboard.press('f');
      await other.getByText('In force, no strong objection').waitFor();
      const states = (await show(dir)).decisions.map((d) => `${d.text}: ${d.state}`);
      assert.ok(states.includes('Cap the retries: in_force'), states.join('\n'));
      assert.ok(states.includes('Page the bank: in_force'), states.join('\n'));
    },
  );

  await t.test(
    'an update says what is verified, and what is believed when that is ticked; its text is kept',
    async () => {
      await screens.find((screen) => screen.name === 'updates').show(page);
      const next = page.getByRole('region', { name: 'The next update' });
      const message = next.locator('.message');
      await message.getByText('Ledger is consistent; nothing lost.').waitFor();
      assert.doesNotMatch(await message.innerText(), /We believe/);
      const keep = page.getByRole('button', { name: /Keep what is sent/ });
      assert.ok(
        await keep.evaluate((el) => {
          const { x, y } = el.getBoundingClientRect();
          return el.contains(document.elementFromPoint(x + 9, y + 9));
        }),
        'it is kept without scrolling first',
      );

      // By the mouse: a belief goes out, a sentence stays in.
      await next.getByLabel(/We believe: No card was charged twice/).check();
      await message.getByText('We believe: No card was charged twice.').waitFor();
      await next.getByLabel(/We believe: No card was charged twice/).uncheck();
      await message.getByText('We believe').waitFor({ state: 'detached' });

      // By the keyboard: to whom, what, and when the next one comes.
      await next.getByLabel(/Support desk/).focus();
      await page.keyboard.press('Space');
      await next.getByLabel(/We believe: No card was charged twice/).focus();
      await page.keyboard.press('Space');
      await message.getByText('We believe: No card was charged twice.').waitFor();
      const text = (await message.locator('p').first().innerText()).trim();
      await page.keyboard.press('u');
      await composer.waitFor();
      await page.keyboard.press('Enter');
      await composer.waitFor({ state: 'detached' });
      const sent = page.getByRole('region', { name: 'Updates sent' }).getByRole('listitem').first();
      await sent.getByText(text).waitFor();
      const { updates } = await show(dir);
      assert.equal(updates.at(-1).audience, 'Support desk and sales');

      // To somebody who was never told anything; and what was sent is put right.
      await next.getByLabel('To whom else').fill('The board');
      await page.keyboard.press('Escape');
      await next.getByRole('radio', { name: 'Somebody else' }).check();
      await page.getByRole('button', { name: /Keep what is sent/ }).click();
      await composer.waitFor();
      await page.keyboard.press('Enter');
      await composer.waitFor({ state: 'detached' });
      await sent.getByText('The board').waitFor();
      await sent.getByRole('button').first().focus();
      await page.keyboard.press('x');
      await enter(page, composer, ' We were too quick.');
      const last = (await show(dir)).updates.at(-1);
      assert.equal(last.audience, 'The board');
      assert.match(last.text, /too quick/);
    },
  );

  assert.deepEqual(page.problems, []);
});

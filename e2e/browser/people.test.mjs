// People: joining, roles, handing the lead over, two leads until one yields, back after a break. By keyboard, and by mouse.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, sample, workspace } from '../support/program.mjs';
import { screens } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const run = promisify(execFile);
const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
/** Who has a role. */
const holders = async (dir, role) =>
  (await show(dir)).responders.filter((r) => r.roles.includes(role)).map((r) => r.name);
const forYou = (page) => page.getByRole('region', { name: 'For you' });
const composer = (page) => page.getByRole('textbox', { name: /^Write/ });

/** Lets it be so many minutes ago that somebody last looked; false where they never did. */
async function looked(dir, name, minutes) {
  const change = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
with db:
    found = db.execute("update settings set value = json_set(value, '$.at', json_extract(value, '$.at') - ? * 60000) where key like 'seen.%.' || ?", (int(sys.argv[3]), sys.argv[2]))
    print(found.rowcount)`;
  const { stdout } = await run('python3', ['-c', change, join(dir, 'bearings.db'), name, String(minutes)]);
  return stdout.trim() === '1';
}

/** Goes on with the line that a key began, and records it. */
async function goOn(page, text) {
  await composer(page).waitFor();
  await until('the line has the focus', () =>
    page.evaluate(() => document.activeElement.tagName === 'TEXTAREA'),
  );
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await composer(page).waitFor({ state: 'detached' });
}

/** Says who sits before the window, as its settings do. */
async function sits(page, name) {
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who are you?').fill(name);
  await page.keyboard.press('Enter');
  await dialog.getByText('What you record from now on is by this name.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

test('people: joining, roles, the lead, and coming back, on one machine', async (t) => {
  const dir = await workspace(t);
  await sample(dir);
  const page = await openPage(t, await chromium(), await serve(t, dir));
  await screens.find((screen) => screen.name === 'people').show(page);

  await t.test('a newcomer joins by keyboard, reads the minute first, and is ready at one key', async () => {
    // They have read to the end of the five minutes before.
    await page.keyboard.press('6');
    const title = page.getByRole('article', { name: 'Brief', exact: true }).getByRole('heading').first();
    await title.waitFor();
    await page.keyboard.press('Shift+G');
    const above = () => title.evaluate((el) => el.getBoundingClientRect().bottom < 0);
    await until('the brief is at its end', above);
    await forYou(page).getByText('You are not in this incident yet').waitFor();
    await page.keyboard.press('Shift+J');
    const dialog = page.getByRole('dialog', { name: 'Join' });
    await dialog.waitFor();
    await dialog.getByLabel('Who are you?').fill('Noor Haddad');
    await page.keyboard.press('Tab');
    await page.keyboard.type('paged for the network');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Mara Lindqvist');
    await page.keyboard.press('Tab');
    await page.keyboard.type('packet captures');
    await page.keyboard.press('Tab');
    await page.keyboard.type('dns, tls');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Brief', exact: true }).waitFor();
    assert.ok(await page.getByLabel('One minute').isChecked());
    await until('the minute begins at its top', async () => !(await above()));
    await page.getByRole('article', { name: 'The five minutes' }).waitFor();
    await forYou(page).getByRole('timer').waitFor();
    const noor = async () => (await show(dir)).responders.find((p) => p.name === 'Noor Haddad');
    assert.equal((await noor()).state, 'reading_in');
    await page.keyboard.press('Shift+J');
    await forYou(page).getByText('You are reading in').waitFor({ state: 'detached' });
    assert.equal((await noor()).state, 'active');
    await page.keyboard.press('5');
    await page
      .getByRole('region', { name: 'People', exact: true })
      .getByText('paged for the network')
      .waitFor();
  });

  await t.test('joining by mouse can be put off, and is a button of the people’s screen', async () => {
    await sits(page, 'Kim Doe');
    await forYou(page).getByRole('button', { name: 'Not now' }).click();
    await forYou(page).waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: 'People', exact: true })
      .getByRole('button', { name: /Join/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Join' });
    await dialog.getByLabel('Who are you?').fill('Noor');
    await dialog.getByRole('button', { name: /^Join/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await forYou(page).getByText('You are reading in').waitFor();
    await forYou(page).getByRole('button', { name: 'I’m ready' }).click();
    await forYou(page).getByText('You are reading in').waitFor({ state: 'detached' });
    const noor = (await show(dir)).responders.find((p) => p.name === 'Noor');
    assert.equal(noor.state, 'active');
  });

  await t.test('who has a skill is found by it', async () => {
    await page.keyboard.press('5');
    const rows = page.getByRole('region', { name: 'People', exact: true }).locator('li');
    const all = await rows.count();
    const dns = page.getByRole('group', { name: 'Who can' }).getByRole('button', { name: 'dns' });
    await dns.click();
    await until('only who can is listed', async () => (await rows.count()) < all);
    await rows.getByText('Sam Okafor').waitFor();
    await dns.click();
    await until('everybody is listed again', async () => (await rows.count()) === all);
  });

  await t.test('a role is given and released from the people’s screen', async () => {
    await page.keyboard.press('5');
    const scribes = () => holders(dir, 'scribe');
    await page.getByRole('button', { name: 'Take or give: scribe' }).click();
    await goOn(page, 'sam');
    assert.deepEqual(await scribes(), ['Sam Okafor']);
    await page.getByRole('button', { name: 'Release Sam Okafor, scribe' }).click();
    await page.getByRole('button', { name: 'Take or give: scribe' }).waitFor();
    assert.deepEqual(await scribes(), []);
    const first = page.getByRole('region', { name: 'People', exact: true }).locator('[data-item]').first();
    await first.focus();
    await page.keyboard.press('r');
    await goOn(page, 'deputy');
    await page.getByRole('button', { name: 'Release Mara Lindqvist, deputy' }).waitFor();
    await first.focus();
    await page.keyboard.press('a');
    await goOn(page, 'when is the next round?');
    const asked = (await show(dir)).questions.at(-1);
    assert.equal(asked.text, 'Mara: when is the next round?');
  });

  await t.test('the lead is handed over with a read-back, and both sides see whose turn it is', async () => {
    await page.keyboard.press('5');
    const lead = () => holders(dir, 'lead');
    await sits(page, 'Mara Lindqvist');
    const sam = page
      .getByRole('region', { name: 'People', exact: true })
      .getByRole('button', { name: /Sam Okafor/ });
    await sam.focus();
    await page.keyboard.press('h');
    await goOn(page, '');
    await forYou(page).getByText('You hand the lead to Sam Okafor').waitFor();
    await sits(page, 'Sam Okafor');
    await forYou(page).getByText('Mara Lindqvist hands you the lead').waitFor();
    await page.keyboard.press('Shift+K');
    await page.getByRole('heading', { name: 'Handover brief' }).waitFor();
    await goOn(page, 'EU cards time out; we roll back 1c next');
    await forYou(page).getByText('Mara Lindqvist leads until they accept it').waitFor();
    assert.deepEqual(await lead(), ['Mara Lindqvist']);
    await sits(page, 'Mara Lindqvist');
    await forYou(page).getByText('EU cards time out; we roll back 1c next').waitFor();
    await page.keyboard.press('Shift+K');
    await until('the lead moved', async () => (await lead())[0] === 'Sam Okafor');
    await sits(page, 'Sam Okafor');
    await forYou(page).getByText('You lead:').waitFor();
    assert.deepEqual(await lead(), ['Sam Okafor']);
  });

  await t.test('a handover is declined with a reason, by keyboard, and withdrawn by mouse', async () => {
    await page.keyboard.press('5');
    const open = async (to) =>
      bearings(dir, 'record', 'latest', JSON.stringify({ do: 'handover.open', to }), '--as', 'Sam Okafor');
    await sits(page, 'Mara Lindqvist');
    await open('Mara Lindqvist');
    const decline = forYou(page).getByRole('button', { name: 'Decline' });
    await decline.focus();
    await page.keyboard.press('Enter');
    await goOn(page, 'on the phone with the bank');
    await forYou(page).getByText('hands you the lead').waitFor({ state: 'detached' });
    const roles = page.getByRole('region', { name: 'Roles' });
    await roles.getByText('Mara Lindqvist declined the handover of the lead.').waitFor();
    await roles.getByText('on the phone with the bank').waitFor();
    await sits(page, 'Sam Okafor');
    await forYou(page).getByText('Mara Lindqvist declined the handover of the lead.').waitFor();
    assert.deepEqual(await holders(dir, 'lead'), ['Sam Okafor']);

    await open('Priya Nair');
    await forYou(page).getByText('You hand the lead to Priya Nair').waitFor();
    await roles.getByRole('button', { name: 'Withdraw it' }).click();
    await forYou(page).getByText('You hand the lead to Priya Nair').waitFor({ state: 'detached' });
    await sits(page, 'Priya Nair');
    await forYou(page).getByText('Sam Okafor withdrew the handover of the lead to Priya Nair.').waitFor();
  });

  await t.test(
    'whoever comes back is offered what no longer holds, first, and finds it at a key',
    async () => {
      await sits(page, 'Jonas Weber');
      await page.keyboard.press('1');
      await until('it is noted that he looked', () => looked(dir, 'Jonas Weber', 20));
      const gone = { do: 'claim.verdict', claim: 'c3', verdict: 'refute', why: 'two captures are missing' };
      await bearings(dir, 'record', 'latest', JSON.stringify(gone), '--as', 'Mara Lindqvist');
      await forYou(page).getByText('Since you left').waitFor();
      await forYou(page)
        .getByRole('button', { name: /^What changed/ })
        .click();
      const brief = page.getByRole('article', { name: 'Brief', exact: true });
      const first = async () => {
        await page.getByRole('heading', { name: 'What changed' }).waitFor();
        assert.equal(await brief.getByRole('heading', { level: 3 }).first().innerText(), 'No longer so');
        assert.match(await brief.innerText(), /Ledger is consistent; nothing lost/);
      };
      await first();
      await forYou(page).getByText('Since you left').waitFor({ state: 'detached' });
      // It is there on demand, too.
      await page.keyboard.press('1');
      await page.keyboard.press('Shift+Q');
      await first();
    },
  );

  await t.test('two leads are named on every screen, and one yields at one key', async () => {
    await page.keyboard.press('5');
    await bearings(
      dir,
      'record',
      'latest',
      '{"do":"role.take","role":"lead","over":[]}',
      '--as',
      'Tomás Ruiz',
    );
    const split = 'Two leads: Sam Okafor, Tomás Ruiz. One must yield.';
    await forYou(page).getByText(split).waitFor();
    await page.getByRole('alert').getByText(split).waitFor();
    for (const key of ['1', '2', '3', '6']) {
      await page.keyboard.press(key);
      await forYou(page).getByText(split).waitFor();
    }
    await sits(page, 'Tomás Ruiz');
    await page.keyboard.press('Shift+K');
    await forYou(page).getByText(split).waitFor({ state: 'detached' });
    assert.deepEqual(await holders(dir, 'lead'), ['Sam Okafor']);
  });

  assert.deepEqual(page.problems, []);
});

// One night of the sample incident in the window that is shipped: a newcomer joins and can say from the screen alone what is
// going on, takes over the lead by reading back, and hears everybody in a round. By keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearings, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const noor = 'Noor Haddad';
const mara = 'Mara Lindqvist';

const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
const record = (dir, as, line) => bearings(dir, 'record', 'latest', JSON.stringify(line), '--as', as);

/** What the brief that is on the screen says, as it is read. */
const brief = (window) =>
  window.page(() =>
    document
      .querySelector('article[aria-label=Brief]')
      .innerText.replaceAll('\u2011', '-')
      .replaceAll(/\s+/g, ' '),
  );

test('whoever joins knows within a minute what is broken, what not to do, who leads, what is assumed, and where to help', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('You are not in this incident yet');
  await window.press('Shift', 'J');
  await until('the dialog asks why', () => window.page(() => document.getElementById('join-why') !== null));
  await window.page(() => {
    document.getElementById('join-name').select();
    document.getElementById('join-name').focus();
    return true;
  });
  for (const [n, words] of [noor, 'paged for the network', mara, 'packet captures', 'dns, tls'].entries()) {
    if (n > 0) await window.press('Tab');
    await window.type(words);
  }
  await window.press('Enter');
  await window.says('You are reading in');
  await window.says('Read on: the five minutes');
  await window.screenshot('window-reading-in');

  // What is so, by another way than the brief's.
  const { incident, donts, responders, claims } = await show(dir);
  const said = await brief(window);
  const forbidden = donts.find(({ state }) => state === 'in_force').text;
  const [lead] = responders.filter(({ roles }) => roles.includes('lead'));
  const [assumed] = claims.filter(({ state }) => state === 'assumption').sort((a, b) => b.load - a.load);
  assert.ok(responders.every(({ roles }) => !roles.includes('scribe')));
  const answers = {
    'what is broken': [incident.title, incident.impact],
    'what not to do': [forbidden],
    'who leads': [`Lead: ${lead.name}`],
    'what is assumed': [`Assumed`, assumed.text],
    'where to help': ['Nobody is scribe. Say: “I can be scribe.”'],
  };
  for (const [question, words] of Object.entries(answers))
    for (const word of words) assert.ok(said.includes(word), `${question}: no “${word}” in ${said}`);
  const { words } = JSON.parse(
    await bearings(dir, 'brief', 'latest', '--length', '1m', '--for', noor, '--format', 'json'),
  );
  assert.ok(words <= 150, `${words} words are no minute`);

  // The lead hands over; the newcomer reads back, and leads once that was heard.
  await window.press('Shift', 'J');
  await record(dir, mara, { do: 'handover.open', to: noor });
  await window.says(`${mara} hands you the lead`);
  await window.press('Shift', 'K');
  await window.says('Handover brief');
  await until('the line has the focus', () =>
    window.page(() => document.activeElement.tagName === 'TEXTAREA'),
  );
  await window.type('EU cards time out; 1c is rolled back next');
  await window.press('Enter');
  await window.says(`${mara} leads until they accept it`);
  assert.equal((await show(dir)).incident.lead, mara);
  await record(dir, mara, { do: 'handover.accept' });
  await window.says('You lead:');
  assert.equal((await show(dir)).incident.lead, noor);

  // A round of the six who have something in hand, by no more than 30 keys beside their words.
  const captures = { do: 'thread.open', title: 'Captures of egress-3', owner: noor };
  await record(dir, mara, captures);
  await window.press('1');
  await window.says(captures.title);
  let keys = 0;
  const press = (...together) => {
    keys += 1;
    return window.press(...together);
  };
  /** Who is asked, once the focus is at them: at their name, or in the first of their fields. */
  const asked = (what) =>
    until('somebody is asked', () =>
      window.page((what) => {
        const { activeElement: at } = document;
        return at?.matches(what) && at.closest('[data-person]')?.dataset.person;
      }, what),
    );
  await press('i');
  await window.says('0 of 6 heard');
  const heard = [];
  for (let n = 0; n < 6; n += 1) {
    const name = await until('the next one is asked', async () => {
      const name = await asked('button');
      return !heard.includes(name) && name;
    });
    heard.push(name);
    if (n === 4) await press('.');
    else if (n === 5) await press('s');
    else {
      await press('u');
      assert.equal(await asked('textarea'), name);
      for (const [m, words] of [`${name} sees it`, `${name} looks`, `${name} needs help`].entries()) {
        if (m > 0) await press('Tab');
        await window.type(words);
      }
      await press('Enter');
    }
  }
  await window.says('5 of 6 heard');
  await window.says(`Not heard: ${heard[5]}`);
  await window.screenshot('window-round');
  await press('Enter');
  await until('the note is begun', () =>
    window.page(() => /^Check-in R\d+, 5 of 6/.test(document.activeElement.value)),
  );
  await press('Enter');
  await window.says('recorded as N');
  assert.ok(keys <= 30, `it took ${keys} keys`);
  assert.equal(new Set(heard).size, 6);
  const { checkins } = await show(dir);
  assert.equal(checkins.at(-1).state, 'closed');
  // What they need stands in the brief.
  assert.match(await bearings(dir, 'brief', 'latest'), new RegExp(`${heard[0]} needs help`));
});

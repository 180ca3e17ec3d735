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

  // A round: one key for each who has nothing new, and what one of them needs is asked for.
  await window.press('1');
  await window.says('Do next');
  await window.press('i');
  await window.says('0 of 5 heard');
  const atButton = () =>
    until('somebody is asked', () =>
      window.page(
        () => document.activeElement?.closest('[data-person]') && document.activeElement.matches('button'),
      ),
    );
  await atButton();
  await window.press('u');
  await until('their words are typed', () =>
    window.page(() => document.activeElement.tagName === 'TEXTAREA'),
  );
  await window.type('captures done');
  await window.press('Tab');
  await window.press('Tab');
  await window.type('a second pair of eyes');
  await window.press('Enter');
  for (let heard = 1; heard < 5; heard += 1) {
    await window.says(`${heard} of 5 heard`);
    await atButton();
    await window.press('.');
  }
  await window.says('5 of 5 heard');
  await window.screenshot('window-story');
  assert.match(await bearings(dir, 'brief', 'latest'), /a second pair of eyes/);
});

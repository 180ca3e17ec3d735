// What a lead must not miss: said once in the brief and once in Do next, on the screens, until its cause is gone.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPage, serve } from '../support/browser.mjs';
import { bearings, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const minute = 60_000;

/** Each with what brings it about, how it is read, and what ends it. */
const troubles = [
  {
    name: 'a rationale owed',
    cause: [{ do: 'decision.make', id: 'd1', text: 'drain the west side', mode: 'command' }],
    brief: /rationale owed/g,
    next: /owes its why/g,
    ends: { do: 'decision.change', decision: 'd1', why: 'west alone fails' },
  },
  {
    name: 'a dispute of leads',
    cause: [{ do: 'role.take', id: 'l2', role: 'lead', by: 'Raj', over: [] }],
    brief: /Two leads/g,
    next: /Two leads/g,
    ends: { do: 'role.release', role: 'lead', person: 'Raj' },
  },
  {
    name: 'an overdue update',
    cause: [
      {
        do: 'update.send',
        id: 'u1',
        audience: 'Status page',
        text: 'We look into it.',
        next_due: -20 * minute,
      },
    ],
    brief: /Overdue since/g,
    next: /Update to Status page due/g,
    ends: { do: 'update.send', audience: 'Status page', text: 'It holds.' },
  },
  {
    name: 'a shaky decision',
    cause: [
      { do: 'claim.make', id: 'c1', text: 'the west side alone fails' },
      { do: 'claim.verdict', claim: 'c1', verdict: 'refute', why: 'east fails too', by: 'Raj' },
      { do: 'claim.verdict', claim: 'c1', verdict: 'verify', why: 'it does not', by: 'Mei' },
      {
        do: 'decision.make',
        id: 'd2',
        text: 'move it',
        mode: 'agreed',
        why: 'it is quick',
        rests_on: ['c1'],
      },
    ],
    brief: /shaky: rests on C1/g,
    next: /Shaky: C1 is disputed/g,
    ends: { do: 'claim.verdict', claim: 'c1', verdict: 'not_sure', by: 'Raj' },
  },
];

const times = (text, what) => (text.match(what) ?? []).length;

test('what presses is said once in the brief and in Do next, and goes with its cause', async (t) => {
  const dir = await workspace(t);
  const began = Date.now() - 60 * minute;
  const records = [
    { do: 'incident.declare', id: 'inc', title: 'Orders fail', severity: 'SEV2' },
    { do: 'role.take', id: 'l1', role: 'lead' },
    { do: 'role.take', id: 'k1', role: 'comms', person: 'Mei' },
    ...troubles.flatMap(({ cause }) => cause),
  ].map((record, n) => ({
    at: new Date(began + n * minute).toISOString(),
    by: 'Ana',
    ...record,
    ...(record.next_due && { next_due: new Date(Date.now() + record.next_due).toISOString() }),
  }));
  const file = join(dir, 'incident.jsonl');
  await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'));
  const home = join(dir, 'workspace');
  await bearings(home, 'import', file, '--as', 'Ana');
  const page = await openPage(t, await chromium(), await serve(t, home));
  await page.keyboard.press('Enter');
  const situation = page.getByRole('region', { name: 'Situation' });
  const brief = page.getByRole('article', { name: 'Brief', exact: true });

  /** What stands in Do next, with all of it shown. */
  const next = async () => {
    await page.keyboard.press('1');
    await situation.waitFor();
    if ((await situation.locator('ol.next.all').count()) === 0) await page.keyboard.press('x');
    return (await situation.locator('ol.next').allInnerTexts()).join('\n');
  };
  /** What stands in the brief, at five minutes and in full. */
  const briefs = async () => {
    await page.keyboard.press('6');
    await brief.waitFor();
    const texts = [];
    for (const [length, timelines] of [
      ['Five minutes', 0],
      ['In full', 1],
    ]) {
      await page.getByLabel(length).check();
      await until(
        `${length}: it is written`,
        async () => (await brief.getByRole('heading', { name: 'Timeline' }).count()) === timelines,
      );
      texts.push(await brief.innerText());
    }
    return texts;
  };

  for (const { name, next: inNext } of troubles) {
    await until(`${name} is in Do next once`, async () => times(await next(), inNext) === 1);
  }
  for (const text of await briefs()) {
    for (const trouble of troubles) assert.equal(times(text, trouble.brief), 1, `${trouble.name}\n${text}`);
  }
  // To another person, but for the why, the same.
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who are you?').fill('Mei');
  await page.keyboard.press('Enter');
  await dialog.getByText('What you record from now on is by this name.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await until('Mei is not reminded of the why', async () => times(await next(), troubles[0].next) === 0);
  for (const trouble of troubles.slice(1)) assert.equal(times(await next(), trouble.next), 1, trouble.name);

  const end = ({ ends }) => bearings(home, 'record', 'latest', JSON.stringify({ by: 'Ana', ...ends }));
  await Promise.all(troubles.map(end));
  for (const { name, next: inNext } of troubles) {
    await until(`${name} is out of Do next`, async () => times(await next(), inNext) === 0);
  }
  for (const text of await briefs()) {
    for (const trouble of troubles) assert.equal(times(text, trouble.brief), 0, `${trouble.name}\n${text}`);
  }
  assert.deepEqual(page.problems, []);
});

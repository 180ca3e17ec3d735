// A workspace in which everything is too much: many incidents, one of them with more threads, claims and people than
// fit, long words, long sentences, other scripts.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bearings } from './program.mjs';

const people = [
  'Ana',
  'Raj Subramaniam',
  'محمد العلي',
  '田中 花子',
  'Ólafur Þórðarson-Guðmundsson',
  'Wolfeschlegelsteinhausenbergerdorff',
  'dev-bot',
  'Mei',
];
const long =
  'The connection pool of the payments gateway in zone 1b runs empty whenever the ledger takes longer than two seconds to answer, which it does whenever the nightly reconciliation starts while the rollout is still going on';
const word =
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const texts = [
  long,
  `Digest sha256:${word}`,
  'فشل مدفوعات البطاقات عند الدفع في المنطقة الأوروبية',
  'カード決済が失敗しています。東京リージョンは影響なし',
  'Short',
  'Done? <b>Not</b> yet & “so” on — 100 % {{curly}} $5',
];
const pick = (list, i) => list[i % list.length];

/** The lines of the incident that is too much. */
function lines(now) {
  const at = (minutesAgo) => new Date(now - minutesAgo * 60_000).toISOString();
  const records = [
    {
      at: at(240),
      by: 'Ana',
      do: 'incident.declare',
      id: 'inc',
      title: long,
      severity: 'SEV1',
      impact: long,
      not_affected: long,
    },
    ...people.map((person, i) => ({
      at: at(239 - i),
      by: person,
      do: 'person.join',
      why: pick(texts, i),
      offer: pick(texts, i + 1),
    })),
    { at: at(230), by: 'Ana', do: 'role.take', role: 'lead' },
    { at: at(229), by: 'Raj Subramaniam', do: 'role.take', role: 'comms' },
    { at: at(228), by: 'Ana', do: 'incident.change', aim: long, status: 'mitigating', trend: 'worsening' },
  ];
  for (let i = 0; i < 40; i += 1) {
    const person = pick(people, i);
    records.push({
      at: at(220 - i),
      by: person,
      do: 'thread.open',
      id: `t${i}`,
      title: pick(texts, i),
      kind: pick(['investigate', 'mitigate', 'comms', 'recover', 'support'], i),
      ...(i % 3 ? { owner: person } : {}),
    });
    records.push({ at: at(150 - i), by: person, do: 'note.add', thread: `t${i}`, text: pick(texts, i + 2) });
    if (i % 4 === 3)
      records.push({
        at: at(60),
        by: person,
        do: 'thread.change',
        thread: `t${i}`,
        state: pick(['waiting', 'done', 'dead_end', 'parked'], i >> 2),
        waiting_on: person,
        why: pick(texts, i),
      });
    records.push({
      at: at(140 - i),
      by: person,
      do: 'action.add',
      id: `a${i}`,
      thread: `t${i}`,
      text: pick(texts, i + 3),
      owner: person,
      irreversible: i % 5 === 0,
    });
  }
  for (let i = 0; i < 80; i += 1) {
    const person = pick(people, i + 3);
    records.push({
      at: at(130 - i),
      by: person,
      do: 'claim.make',
      id: `c${i}`,
      text: pick(texts, i + 1),
      thread: `t${i % 40}`,
      test: pick(texts, i),
      ...(i > 0 && i % 2 ? { rests_on: [`c${i - 1}`] } : {}),
    });
    records.push({
      at: at(125 - i),
      by: person,
      do: 'evidence.add',
      id: `e${i}`,
      kind: pick(['graph', 'log', 'statement', 'query'], i),
      title: pick(texts, i + 2),
      claims: { [`c${i}`]: i % 3 ? 'supports' : 'contradicts' },
    });
    if (i % 4 === 0)
      records.push({
        at: at(40),
        by: pick(people, i),
        do: 'claim.verdict',
        claim: `c${i}`,
        verdict: i % 8 ? 'verify' : 'refute',
        why: pick(texts, i),
      });
    if (i % 5 === 0)
      records.push({
        at: at(39),
        by: pick(people, i),
        do: 'decision.make',
        id: `d${i}`,
        text: pick(texts, i),
        rests_on: [`c${i}`],
      });
  }
  for (let i = 0; i < 60; i += 1)
    records.push({
      at: at(90 - i),
      by: 'dev-bot',
      do: 'reading.add',
      name: `Failing payments in ${pick(texts, i >> 4)}`,
      value: (i * 37) % 100,
      unit: '%',
      worse: 'up',
    });
  return records;
}

/** Fills a workspace. */
export async function crowd(dir) {
  const now = Date.now();
  const write = async (name, records) => {
    const file = join(dir, name);
    await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return file;
  };
  const files = [];
  for (let i = 0; i < 40; i += 1) {
    const at = new Date(now - (i + 5) * 3_600_000).toISOString();
    files.push(
      await write(`other-${i}.jsonl`, [
        {
          at,
          by: pick(people, i),
          do: 'incident.declare',
          id: `other-${i}`,
          title: `${i}: ${pick(texts, i)}`,
          severity: pick(['SEV1', 'SEV2', 'SEV3', 'SEV4'], i),
        },
        {
          at,
          by: pick(people, i),
          do: 'incident.change',
          status: pick(['investigating', 'resolved', 'closed'], i),
        },
      ]),
    );
  }
  files.push(await write('crowded.jsonl', lines(now)));
  await bearings(dir, 'import', ...files, '--as', 'Ana');
}

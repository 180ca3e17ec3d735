import { describe, expect, it } from 'vitest';
import { ClaimState, type CheckRow, type ClaimCase, type Proof, type Side } from '../backend';
import { mends, proofWords, remarks, tally } from './claims';

const now = Date.now();
const some = (n: number, all = n): Side => ({ shown: [], all, proof: n });

function claim(over: Partial<ClaimCase>): ClaimCase {
  return {
    state: ClaimState.Supported,
    flags: [],
    for: some(0),
    against: some(0),
    newestProof: 0,
    ...over,
  } as ClaimCase;
}

describe('what stands at the end of a claim', () => {
  it.each([
    ['how much is for it', claim({ for: some(2) }), { n: '2', text: 'for', late: false }],
    ['that nothing is', claim({ state: ClaimState.Assumption }), { n: '', text: 'no evidence', late: false }],
    [
      'that it is disputed',
      claim({ state: ClaimState.Disputed, for: some(1) }),
      { n: '', text: 'Disputed', late: true },
    ],
    [
      'how old its evidence is, once that is too old',
      claim({ for: some(1), flags: ['aged'], newestProof: now - 44 * 60_000 }),
      { n: '', text: '44 min old', late: true },
    ],
    [
      'that it is somebody’s word only',
      claim({ state: ClaimState.Assumption, for: some(0, 1), flags: ['word_only'] }),
      { n: '', text: 'somebody’s word', late: false },
    ],
    [
      'what refuted it',
      claim({ state: ClaimState.Refuted, against: some(1) }),
      { n: '1', text: 'against', late: false },
    ],
    [
      'that it was refuted with a reason alone',
      claim({ state: ClaimState.Refuted }),
      { n: '', text: 'refuted', late: false },
    ],
  ])('is %s', (_, row, want) => expect(tally(row, now)).toEqual(want));
});

it('a supported claim is said not to be cross-checked', () => {
  expect(remarks(claim({}))).toEqual(['not cross-checked']);
  expect(remarks(claim({ state: ClaimState.Verified, flags: ['recheck'] }))).toEqual(['check again']);
});

describe('what is said beside a piece of evidence', () => {
  const proof = (over: Partial<Proof>): Proof =>
    ({ sort: 'graph', by: 'Ana', observed: now, talk: false, echo: '', expired: false, ...over }) as Proof;
  it.each([
    ['nothing', proof({}), ''],
    ['whose word it is', proof({ talk: true, saidBy: 'Raj' }), 'said by Raj, which is no proof'],
    ['what it repeats', proof({ echo: 'E4' }), 'same graph as E4: it counts once'],
  ])('is %s', (_, row, want) => expect(proofWords(row, 0)).toBe(want));
});

describe('what is missing of a claim', () => {
  const check = (kind: string, over: Partial<CheckRow> = {}): CheckRow =>
    ({ kind, holds: false, text: '', about: { id: '' }, ...over }) as CheckRow;
  const row = claim({ by: 'Ana', test: '', verdicts: [] });
  it.each([
    ['proof by evidence', check('proof'), row, 'evidenceOn'],
    ['a check by a verdict', check('checked'), row, 'verify'],
    ['a check of one’s own by another’s work', check('checked'), claim({ by: 'Raj' }), 'trial'],
    ['a test by its name', check('test'), row, 'test'],
    ['a test that is named by an action', check('test'), claim({ test: 'look' }), 'trial'],
    [
      'a test that is nobody’s by an owner',
      check('test', { about: { id: 'a1' } as CheckRow['about'] }),
      row,
      'owner',
    ],
    [
      'a result by a verdict',
      check('test', { holds: true, about: { id: 'a1', word: 'done' } as CheckRow['about'] }),
      row,
      'verify',
    ],
    ['what would prove it wrong', check('wrong_if'), row, 'wrong'],
    ['a look', check('fresh'), row, 'still'],
    ['what rests on it', check('on_it'), row, 'onIt'],
    ['nothing, where it is there', check('proof', { holds: true }), row, ''],
  ])('is mended: %s', (_, missing, of, want) => expect(mends(missing, of, 'Raj')).toBe(want));
});

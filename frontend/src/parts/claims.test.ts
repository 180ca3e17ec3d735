import { describe, expect, it } from 'vitest';
import { ClaimState, type ClaimRow, type Proof } from '../backend';
import { remarks, tally } from './claims';

const now = Date.now();
const proof = { chip: { id: 'e1' } } as Proof;

function claim(over: Partial<ClaimRow>): ClaimRow {
  return {
    state: ClaimState.Supported,
    flags: [],
    for: [],
    against: [],
    newestProof: 0,
    ...over,
  } as ClaimRow;
}

describe('what stands at the end of a claim', () => {
  it.each([
    ['how much is for it', claim({ for: [proof, proof] }), { n: '2', text: 'for', late: false }],
    ['that nothing is', claim({ state: ClaimState.Assumption }), { n: '', text: 'no evidence', late: false }],
    [
      'that it is disputed',
      claim({ state: ClaimState.Disputed, for: [proof] }),
      { n: '', text: 'Disputed', late: true },
    ],
    [
      'how old its evidence is, once that is too old',
      claim({ for: [proof], flags: ['aged'], newestProof: now - 44 * 60_000 }),
      { n: '', text: '44 min old', late: true },
    ],
    [
      'that it is somebody’s word only',
      claim({ state: ClaimState.Assumption, for: [proof], flags: ['word_only'] }),
      { n: '', text: 'somebody’s word', late: false },
    ],
    [
      'what refuted it',
      claim({ state: ClaimState.Refuted, against: [proof] }),
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

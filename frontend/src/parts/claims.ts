import { ClaimState, type CheckRow, type Chip, type ClaimCase, type ClaimRow, type Proof } from '../backend';
import { span, time } from './format';

/** The groups of claims, in the order of risk. */
export const groupNames: Record<string, string> = {
  judgement: 'Needs your judgement',
  believed: 'Believed, not proven',
  verified: 'Verified',
  refuted: 'Refuted',
};

/** A claim as a thing that can be selected. */
export const chipOfClaim = (claim: ClaimRow): Chip => ({
  id: claim.id,
  label: claim.label,
  kind: 'claim',
  name: claim.text,
  word: claim.state,
  doubtful: claim.state === ClaimState.Disputed || claim.state === ClaimState.Refuted,
});

export interface Tally {
  /** A number to be read as a fact, or empty. */
  n: string;
  text: string;
  /** Whether it wants somebody's judgement: drawn in amber. */
  late: boolean;
}

/** What stands at the end of a claim's line: how much speaks for it, or why that is not enough. */
export function tally(claim: ClaimRow, now: number): Tally {
  if (claim.state === ClaimState.Disputed) return { n: '', text: 'Disputed', late: true };
  if (claim.state === ClaimState.Refuted) {
    return {
      n: claim.against.proof > 0 ? String(claim.against.proof) : '',
      text: claim.against.proof > 0 ? 'against' : 'refuted',
      late: false,
    };
  }
  if (claim.flags.includes('aged') && claim.newestProof > 0) {
    return { n: '', text: `${span(now - claim.newestProof)} old`, late: true };
  }
  if (claim.flags.includes('word_only')) return { n: '', text: 'somebody’s word', late: false };
  if (claim.for.proof === 0) return { n: '', text: 'no evidence', late: false };
  return { n: String(claim.for.proof), text: 'for', late: false };
}

/** What is to be known beside a claim's state, in words. */
export function remarks(claim: ClaimRow): string[] {
  const out: string[] = [];
  if (claim.flags.includes('recheck')) out.push('check again');
  if (claim.flags.includes('shaky')) out.push('shaky');
  if (claim.flags.includes('circular')) out.push('rests only on itself');
  if (claim.state === ClaimState.Supported) out.push('not cross-checked');
  return out;
}

/** What is to be known of a piece of evidence beside what it is: whose word, what it repeats, how old; '' where nothing. */
export function proofWords(proof: Proof, now: number): string {
  const out: string[] = [];
  if (proof.talk) out.push(`said by ${proof.saidBy}, which is no proof`);
  if (proof.echo !== '') out.push(`same ${proof.sort} as ${proof.echo}: it counts once`);
  if (now > 0) out.push(`${proof.by}, ${time(proof.observed, now)}`);
  if (now > 0 && proof.expired) out.push(`${span(now - proof.observed)} old`);
  return out.join(', ');
}

/** The command that mends what is missing of a claim; '' where nothing is. A claim of one's own is checked by another. */
export function mends(check: CheckRow, claim: ClaimCase, me: string): string {
  if (check.kind === 'test' && check.holds) {
    // A result that nobody has spoken of yet.
    const over = check.about.word === 'done' || check.about.word === 'failed';
    return over && claim.verdicts.length === 0 ? 'verify' : '';
  }
  if (check.holds) return '';
  switch (check.kind) {
    case 'proof':
      return 'evidenceOn';
    case 'checked':
      return claim.by === me ? 'trial' : 'verify';
    case 'wrong_if':
      return 'wrong';
    case 'test':
      return check.about.id !== '' ? 'owner' : claim.test === '' ? 'test' : 'trial';
    case 'fresh':
      return 'still';
    case 'on_it':
      return 'onIt';
    default:
      return '';
  }
}

/** What each footing is called, in a word and in a sentence. */
export const footings: Record<string, { word: string; says: string }> = {
  firm: { word: 'Firm', says: 'Firm: everything under it stands' },
  assumed: { word: 'Assumed', says: 'Assumed: something under it is not shown yet' },
  disputed: { word: 'Disputed', says: 'Disputed: something under it is doubted' },
  fallen: { word: 'Fallen', says: 'Fallen: something under it was refuted or struck' },
  unrecorded: { word: '', says: 'Nobody said what it rests on' },
};

import { ClaimState, type Chip, type ClaimRow } from '../backend';
import { span } from './format';

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
      n: claim.against.length > 0 ? String(claim.against.length) : '',
      text: claim.against.length > 0 ? 'against' : 'refuted',
      late: false,
    };
  }
  if (claim.flags.includes('aged') && claim.newestProof > 0) {
    return { n: '', text: `${span(now - claim.newestProof)} old`, late: true };
  }
  if (claim.flags.includes('word_only')) return { n: '', text: 'somebody’s word', late: false };
  if (claim.for.length === 0) return { n: '', text: 'no evidence', late: false };
  return { n: String(claim.for.length), text: 'for', late: false };
}

/** What is to be known beside a claim's state, in words. */
export function remarks(claim: ClaimRow): string[] {
  const out: string[] = [];
  if (claim.flags.includes('recheck')) out.push('check again');
  if (claim.flags.includes('shaky')) out.push('shaky');
  if (claim.flags.includes('circular')) out.push('rests only on itself');
  if (claim.flags.includes('word_only')) out.push('somebody’s word only');
  if (claim.state === ClaimState.Supported) out.push('not cross-checked');
  return out;
}

import { ClaimState, type Chip, type ClaimRow } from '../backend';

/** A claim as a thing that can be selected. */
export const chipOfClaim = (claim: ClaimRow): Chip => ({
  id: claim.id,
  label: claim.label,
  kind: 'claim',
  name: claim.text,
  word: claim.state,
  doubtful: claim.state === ClaimState.Disputed || claim.state === ClaimState.Refuted,
});

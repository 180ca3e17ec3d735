import type * as GoClaims from '../../wailsjs/go/app/Claims';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Claims = bound<typeof GoClaims>('Claims');

type Chip = app.Chip;

export type ClaimGroup = app.ClaimGroup;
export type CheckRow = app.CheckRow;
export type ClaimCase = app.ClaimCase;
export type ClaimFilter = app.ClaimFilter;
export type ClaimRow = app.ClaimRow;
export type ClaimsScreen = app.ClaimsScreen;
export type Eggs = app.Eggs;
export type Proof = app.Proof;
export type Side = app.Side;
export type VerdictRow = app.VerdictRow;

export const claims = {
  claims: (incident: string, filter: ClaimFilter, asOf = 0): Promise<ClaimsScreen> =>
    Claims.All(incident, filter, asOf),
  claimGroup: (
    incident: string,
    name: string,
    from: number,
    filter: ClaimFilter,
    asOf = 0,
  ): Promise<ClaimGroup> => Claims.Group(incident, name, from, filter, asOf),
  /** The threads in which claims were made. */
  claimThreads: (incident: string, asOf = 0): Promise<Chip[]> => Claims.Threads(incident, asOf),
  /** More of what speaks "for" a claim, or "against" it. */
  proofs: (incident: string, claim: string, side: string, from: number, asOf = 0): Promise<Proof[]> =>
    Claims.Proofs(incident, claim, side, from, asOf),
};

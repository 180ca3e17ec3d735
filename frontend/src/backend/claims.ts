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
  claims: Claims.All as (incident: string, filter: ClaimFilter, asOf: number) => Promise<ClaimsScreen>,
  claimGroup: Claims.Group as (
    incident: string,
    name: string,
    from: number,
    filter: ClaimFilter,
    asOf: number,
  ) => Promise<ClaimGroup>,
  /** The threads in which claims were made. */
  claimThreads: Claims.Threads as (incident: string, asOf: number) => Promise<Chip[]>,
  /** More of what speaks "for" a claim, or "against" it. */
  proofs: Claims.Proofs as (
    incident: string,
    claim: string,
    side: string,
    from: number,
    asOf: number,
  ) => Promise<Proof[]>,
};

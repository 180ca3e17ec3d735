import * as Claims from '../../wailsjs/go/app/Claims';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type ClaimGroup = app.ClaimGroup;
export type ClaimRow = app.ClaimRow;
export type ClaimsScreen = app.ClaimsScreen;

export const claims = {
  claims: (incident: string, asOf = 0): Promise<ClaimsScreen> => call(Claims.All(incident, asOf)),
};

import * as Things from '../../wailsjs/go/app/Things';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';
import type { EntryRow } from './timeline';

export type Chip = app.Chip;
export type Fact = app.Fact;
export type Head = app.Head;
export type ThingView = app.ThingView;

export const things = {
  thing: (incident: string, ref: string, asOf = 0): Promise<ThingView> =>
    call(Things.Open(incident, ref, asOf)),
  names: (incident: string, asOf = 0): Promise<Chip[]> => call(Things.Names(incident, asOf)),
  history: (incident: string, ref: string, asOf = 0): Promise<EntryRow[]> =>
    call(Things.History(incident, ref, asOf)),
};

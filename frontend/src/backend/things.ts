import type * as GoThings from '../../wailsjs/go/app/Things';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';
import type { EntryRow } from './timeline';

const Things = bound<typeof GoThings>('Things');

export type Chip = app.Chip;
export type Fact = app.Fact;
export type Head = app.Head;
export type ThingView = app.ThingView;

export const things = {
  thing: (incident: string, ref: string, asOf = 0): Promise<ThingView> => Things.Open(incident, ref, asOf),
  names: (incident: string, asOf = 0): Promise<Chip[]> => Things.Names(incident, asOf),
  history: (incident: string, ref: string, asOf = 0): Promise<EntryRow[]> =>
    Things.History(incident, ref, asOf),
};

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
  thing: Things.Open as (incident: string, ref: string, asOf: number) => Promise<ThingView>,
  names: Things.Names as (incident: string, asOf: number) => Promise<Chip[]>,
  history: Things.History as (incident: string, ref: string, asOf: number) => Promise<EntryRow[]>,
};

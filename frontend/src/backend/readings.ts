import type * as GoReadings from '../../wailsjs/go/app/Readings';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Readings = bound<typeof GoReadings>('Readings');

export type ReadingsView = app.ReadingsView;

export const readings = {
  /** What a file or a text of readings would bring in, and then to record it. */
  lookAtCSV: Readings.LookAtCSV as (incident: string, path: string) => Promise<ReadingsView>,
  lookAtText: Readings.LookAtText as (incident: string, name: string, text: string) => Promise<ReadingsView>,
  takeCSV: Readings.FromCSV as (incident: string, path: string) => Promise<ReadingsView>,
  takeText: Readings.FromText as (incident: string, name: string, text: string) => Promise<ReadingsView>,
};

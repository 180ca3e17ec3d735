import type * as GoReadings from '../../wailsjs/go/app/Readings';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Readings = bound<typeof GoReadings>('Readings');

export type ReadingsView = app.ReadingsView;

export const readings = {
  /** What a file or a text of readings would bring in, and then to record it. */
  lookAtCSV: (incident: string, path: string): Promise<ReadingsView> => Readings.LookAtCSV(incident, path),
  lookAtText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    Readings.LookAtText(incident, name, text),
  takeCSV: (incident: string, path: string): Promise<ReadingsView> => Readings.FromCSV(incident, path),
  takeText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    Readings.FromText(incident, name, text),
};

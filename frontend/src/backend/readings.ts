import * as Readings from '../../wailsjs/go/app/Readings';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type ReadingsView = app.ReadingsView;

export const readings = {
  /** What a file or a text of readings would bring in, and then to record it. */
  lookAtCSV: (incident: string, path: string): Promise<ReadingsView> =>
    call(Readings.LookAtCSV(incident, path)),
  lookAtText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    call(Readings.LookAtText(incident, name, text)),
  takeCSV: (incident: string, path: string): Promise<ReadingsView> => call(Readings.FromCSV(incident, path)),
  takeText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    call(Readings.FromText(incident, name, text)),
};

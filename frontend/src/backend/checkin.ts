import * as Checkins from '../../wailsjs/go/app/Checkins';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type CheckinRow = app.CheckinRow;
export type CheckinView = app.CheckinView;

export const checkin = {
  checkin: (incident: string, asOf = 0): Promise<CheckinView> => call(Checkins.Round(incident, asOf)),
};

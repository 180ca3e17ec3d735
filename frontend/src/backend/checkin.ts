import type * as GoCheckins from '../../wailsjs/go/app/Checkins';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Checkins = bound<typeof GoCheckins>('Checkins');

export type CheckinRow = app.CheckinRow;
export type CheckinView = app.CheckinView;

export const checkin = {
  checkin: Checkins.Round as (incident: string, asOf: number) => Promise<CheckinView>,
};

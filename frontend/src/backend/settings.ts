import * as Settings from '../../wailsjs/go/app/Settings';
import { call } from './call';

export const settings = {
  keep: (key: string, value: string): Promise<void> => call(Settings.Keep(key, value)),
  /** Keeps where in an incident the reader is, in the window's own words. */
  left: (incident: string, where: string): Promise<void> => call(Settings.Left(incident, where)),
  where: (incident: string): Promise<string> => call(Settings.Where(incident)),
  opened: (incident: string): Promise<void> => call(Settings.Opened(incident)),
  callMe: (name: string): Promise<void> => call(Settings.CallMe(name)),
};

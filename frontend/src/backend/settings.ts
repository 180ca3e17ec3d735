import type * as GoSettings from '../../wailsjs/go/app/Settings';
import { bound } from './call';

const Settings = bound<typeof GoSettings>('Settings');

export const settings = {
  keep: (key: string, value: string): Promise<void> => Settings.Keep(key, value),
  /** Keeps where in an incident the reader is, in the window's own words. */
  left: (incident: string, where: string): Promise<void> => Settings.Left(incident, where),
  where: (incident: string): Promise<string> => Settings.Where(incident),
  opened: (incident: string): Promise<void> => Settings.Opened(incident),
  callMe: (name: string): Promise<void> => Settings.CallMe(name),
};

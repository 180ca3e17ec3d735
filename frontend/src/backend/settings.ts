import type * as GoSettings from '../../wailsjs/go/app/Settings';
import { bound } from './call';

const Settings = bound<typeof GoSettings>('Settings');

export const settings = {
  keep: Settings.Keep as (key: string, value: string) => Promise<void>,
  /** Keeps where in an incident the reader is, in the window's own words. */
  left: Settings.Left as (incident: string, where: string) => Promise<void>,
  where: Settings.Where as (incident: string) => Promise<string>,
  opened: Settings.Opened as (incident: string) => Promise<void>,
  callMe: Settings.CallMe as (name: string) => Promise<void>,
};

import type * as GoTimeline from '../../wailsjs/go/app/Timeline';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Timeline = bound<typeof GoTimeline>('Timeline');

export type CheckinDot = app.CheckinDot;
export type DecisionDot = app.DecisionDot;
export type EntriesView = app.EntriesView;
export type EntryRow = app.EntryRow;
export type Filter = app.Filter;
export type Lane = app.Lane;
export type Signal = app.Signal;
export type TimelineView = app.TimelineView;

export const timeline = {
  timeline: Timeline.Show as (incident: string, asOf: number) => Promise<TimelineView>,
  entries: Timeline.Entries as (
    incident: string,
    asOf: number,
    filter: Filter,
    before: string,
    limit: number,
  ) => Promise<EntriesView>,
  /** The past moment that a text names; 0 where it names none. */
  moment: Timeline.Moment as (text: string) => Promise<number>,
  /** When a decision was made, in the order of recording: what was known then is the incident as of it. */
  decided: Timeline.Decided as (incident: string, decision: string) => Promise<number>,
};

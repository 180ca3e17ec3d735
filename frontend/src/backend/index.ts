/**
 * The one door to Go. Every call is typed, and every rejection is an AppError; nothing else imports the generated
 * bindings.
 */
import * as Board from '../../wailsjs/go/app/Board';
import * as Brief from '../../wailsjs/go/app/Brief';
import * as Claims from '../../wailsjs/go/app/Claims';
import * as Composer from '../../wailsjs/go/app/Composer';
import * as Incidents from '../../wailsjs/go/app/Incidents';
import * as Readings from '../../wailsjs/go/app/Readings';
import * as Settings from '../../wailsjs/go/app/Settings';
import * as Things from '../../wailsjs/go/app/Things';
import * as Timeline from '../../wailsjs/go/app/Timeline';
import * as Window from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { ClipboardSetText, EventsOn, OnFileDrop, OnFileDropOff } from '../../wailsjs/runtime/runtime';
import { toAppError } from './error';

export { AppError } from './error';
export { ActionState, ClaimState, Length, Reader, Status, ThreadState } from './words';

export type Absence = app.Absence;
export type BriefAsk = app.BriefAsk;
export type BriefSection = app.BriefSection;
export type BriefSentence = app.BriefSentence;
export type BriefView = app.BriefView;
export type Card = app.Card;
export type CardAction = app.CardAction;
export type Chip = app.Chip;
export type ClaimGroup = app.ClaimGroup;
export type ClaimRow = app.ClaimRow;
export type ClaimsScreen = app.ClaimsScreen;
export type ClosedRow = app.ClosedRow;
export type CheckinDot = app.CheckinDot;
export type Cockpit = app.Cockpit;
export type Column = app.Column;
export type Completion = app.CompletionView;
export type Declaration = app.Declaration;
export type DecisionDot = app.DecisionDot;
export type EntriesView = app.EntriesView;
export type EntryRow = app.EntryRow;
export type Fact = app.Fact;
export type Filter = app.Filter;
export type Head = app.Head;
export type HitRow = app.HitRow;
export type IncidentRow = app.IncidentRow;
export type Lane = app.Lane;
export type List = app.List;
export type PromiseRow = app.PromiseRow;
export type PromptRow = app.PromptRow;
export type Proof = app.Proof;
export type Reading = app.ComposeView;
export type ReadingLine = app.ReadingLine;
export type ReadingsView = app.ReadingsView;
export type Guards = app.Guards;
export type MenuItem = app.MenuItem;
export type Sent = app.SentView;
export type SearchView = app.SearchView;
export type Signal = app.Signal;
export type Start = app.Start;
export type ThingView = app.ThingView;
export type TimelineView = app.TimelineView;
export type WordRow = app.WordRow;

async function call<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (reason) {
    throw toAppError(reason);
  }
}

export const backend = {
  start: (): Promise<Start> => call(Incidents.Start()),
  incidents: (): Promise<List> => call(Incidents.All()),
  declare: (d: Declaration): Promise<string> => call(Incidents.Declare(d)),
  openSample: (): Promise<string> => call(Incidents.OpenSample()),
  cockpit: (incident: string, asOf = 0): Promise<Cockpit> => call(Board.Cockpit(incident, asOf)),
  column: (incident: string, name: string, from: number, asOf = 0): Promise<Column> =>
    call(Board.Column(incident, name, from, asOf)),
  snooze: (incident: string, kind: string, about: string, reason: string): Promise<void> =>
    call(Board.Snooze(incident, kind, about, reason)),
  claims: (incident: string, asOf = 0): Promise<ClaimsScreen> => call(Claims.All(incident, asOf)),
  brief: (incident: string, ask: BriefAsk, asOf = 0): Promise<BriefView> =>
    call(Brief.Write(incident, ask, asOf)),
  briefText: (incident: string, ask: BriefAsk, asOf = 0): Promise<string> =>
    call(Brief.Text(incident, ask, asOf)),
  thing: (incident: string, ref: string, asOf = 0): Promise<ThingView> =>
    call(Things.Open(incident, ref, asOf)),
  names: (incident: string, asOf = 0): Promise<Chip[]> => call(Things.Names(incident, asOf)),
  timeline: (incident: string, asOf = 0): Promise<TimelineView> => call(Timeline.Show(incident, asOf)),
  entries: (
    incident: string,
    asOf: number,
    filter: Filter,
    before: string,
    limit: number,
  ): Promise<EntriesView> => call(Timeline.Entries(incident, asOf, filter, before, limit)),
  /** When a decision was made, in the order of recording: what was known then is the incident as of it. */
  decided: (incident: string, decision: string): Promise<number> =>
    call(Timeline.Decided(incident, decision)),
  history: (incident: string, ref: string, asOf = 0): Promise<EntryRow[]> =>
    call(Things.History(incident, ref, asOf)),
  read: (incident: string, about: string, text: string): Promise<Reading> =>
    call(Composer.Read(incident, about, text)),
  complete: (incident: string, about: string, text: string, caret: number): Promise<Completion[]> =>
    call(Composer.Complete(incident, about, text, caret)),
  send: (incident: string, about: string, text: string): Promise<Sent> =>
    call(Composer.Send(incident, about, text)),
  keepDraft: (incident: string, place: string, text: string): Promise<void> =>
    call(Composer.KeepDraft(incident, place, text)),
  drafts: (incident: string): Promise<Record<string, string>> => call(Composer.Drafts(incident)),
  undo: (incident: string): Promise<string> => call(Composer.Undo(incident)).then((u) => u.says),
  redo: (incident: string): Promise<string> => call(Composer.Redo(incident)).then((u) => u.says),
  keep: (key: string, value: string): Promise<void> => call(Settings.Keep(key, value)),
  /** Keeps where in an incident the reader is, in the window's own words. */
  left: (incident: string, where: string): Promise<void> => call(Settings.Left(incident, where)),
  where: (incident: string): Promise<string> => call(Settings.Where(incident)),
  search: (words: string): Promise<SearchView> => call(Incidents.Search(words)),
  opened: (incident: string): Promise<void> => call(Settings.Opened(incident)),
  callMe: (name: string): Promise<void> => call(Settings.CallMe(name)),
  /** What a file or a text of readings would bring in, and then to record it. */
  lookAtCSV: (incident: string, path: string): Promise<ReadingsView> =>
    call(Readings.LookAtCSV(incident, path)),
  lookAtText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    call(Readings.LookAtText(incident, name, text)),
  takeCSV: (incident: string, path: string): Promise<ReadingsView> => call(Readings.FromCSV(incident, path)),
  takeText: (incident: string, name: string, text: string): Promise<ReadingsView> =>
    call(Readings.FromText(incident, name, text)),
  setMenu: (items: MenuItem[]): Promise<void> => call(Window.SetMenu(items)),
  /** Gives the menus and dialogs of the desktop the looks of the page. */
  wear: (theme: string): Promise<void> => call(Window.Wear(theme)),
  /** Says whether text was typed that is not kept yet, so that the window asks before it closes. */
  unsaved: (unsaved: boolean): Promise<void> => call(Window.Unsaved(unsaved)),
  /** Closes the window, whatever is lost. */
  leave: (): Promise<void> => call(Window.Leave()),
  follow: (link: string): Promise<void> => call(Window.Follow(link)),
  copy: (text: string): Promise<boolean> => call(ClipboardSetText(text)),
  /** Calls back with the command that was chosen in a menu of the window. */
  onCommand: (chosen: (id: string) => void): (() => void) => EventsOn('command', chosen),
  /** Calls back when the window is to be closed although text would be lost. */
  onClosing: (closing: () => void): (() => void) => EventsOn('closing', closing),
  /** Calls back with the files that were dropped on the window. */
  onDropped: (dropped: (paths: string[]) => void): (() => void) => {
    OnFileDrop((_x, _y, paths) => dropped(paths), false);
    return OnFileDropOff;
  },
  /** Calls back whenever an incident has something new, whoever recorded it. Returns how to stop. */
  onChanged: (changed: (sequence: number) => void): (() => void) => EventsOn('changed', changed),
};

export type Backend = typeof backend;

/**
 * The one door to Go. Every call is typed, and every rejection is an AppError; nothing else imports the generated
 * bindings.
 */
import * as Board from '../../wailsjs/go/app/Board';
import * as Brief from '../../wailsjs/go/app/Brief';
import * as Claims from '../../wailsjs/go/app/Claims';
import * as Incidents from '../../wailsjs/go/app/Incidents';
import * as Settings from '../../wailsjs/go/app/Settings';
import * as Things from '../../wailsjs/go/app/Things';
import * as Window from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { ClipboardSetText, EventsOn } from '../../wailsjs/runtime/runtime';
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
export type Cockpit = app.Cockpit;
export type Column = app.Column;
export type Declaration = app.Declaration;
export type Fact = app.Fact;
export type Head = app.Head;
export type IncidentRow = app.IncidentRow;
export type List = app.List;
export type PromptRow = app.PromptRow;
export type Proof = app.Proof;
export type ReadingLine = app.ReadingLine;
export type Start = app.Start;
export type ThingView = app.ThingView;
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
  claims: (incident: string, asOf = 0): Promise<ClaimsScreen> => call(Claims.All(incident, asOf)),
  brief: (incident: string, ask: BriefAsk, asOf = 0): Promise<BriefView> =>
    call(Brief.Write(incident, ask, asOf)),
  briefText: (incident: string, ask: BriefAsk, asOf = 0): Promise<string> =>
    call(Brief.Text(incident, ask, asOf)),
  thing: (incident: string, ref: string, asOf = 0): Promise<ThingView> =>
    call(Things.Open(incident, ref, asOf)),
  names: (incident: string, asOf = 0): Promise<Chip[]> => call(Things.Names(incident, asOf)),
  keep: (key: string, value: string): Promise<void> => call(Settings.Keep(key, value)),
  opened: (incident: string): Promise<void> => call(Settings.Opened(incident)),
  follow: (link: string): Promise<void> => call(Window.Follow(link)),
  copy: (text: string): Promise<boolean> => call(ClipboardSetText(text)),
  /** Calls back whenever an incident has something new, whoever recorded it. Returns how to stop. */
  onChanged: (changed: (sequence: number) => void): (() => void) => EventsOn('changed', changed),
};

export type Backend = typeof backend;

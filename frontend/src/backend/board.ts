import type * as GoBoard from '../../wailsjs/go/app/Board';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Board = bound<typeof GoBoard>('Board');

export type Card = app.Card;
export type CardAction = app.CardAction;
export type ClosedRow = app.ClosedRow;
export type Cockpit = app.Cockpit;
export type Column = app.Column;
export type Guards = app.Guards;
export type PromiseRow = app.PromiseRow;
export type PromptRow = app.PromptRow;
export type ReadingLine = app.ReadingLine;

export const board = {
  cockpit: Board.Cockpit as (incident: string, asOf: number) => Promise<Cockpit>,
  column: Board.Column as (incident: string, name: string, from: number, asOf: number) => Promise<Column>,
  snooze: Board.Snooze as (incident: string, kind: string, about: string, reason: string) => Promise<void>,
};

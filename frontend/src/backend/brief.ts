import type * as GoBrief from '../../wailsjs/go/app/Brief';
import type * as GoWindow from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';
import type { Format } from './words';

const Brief = bound<typeof GoBrief>('Brief');
const Window = bound<typeof GoWindow>('Window');

export type Absence = app.Absence;
export type BriefAsk = app.BriefAsk;
export type BriefSection = app.BriefSection;
export type BriefSentence = app.BriefSentence;
export type BriefView = app.BriefView;

export const brief = {
  brief: Brief.Write as (incident: string, ask: BriefAsk, asOf: number) => Promise<BriefView>,
  /** The same brief as a text, or as the page that is printed. */
  briefAs: Brief.As as (incident: string, ask: BriefAsk, format: Format, asOf: number) => Promise<string>,
  /** Asks where to, and saves it there. The name of the file, or "" for no. */
  saveBrief: Window.SaveBrief as (
    incident: string,
    ask: BriefAsk,
    format: Format,
    asOf: number,
  ) => Promise<string>,
  printBrief: Window.PrintBrief as (incident: string, ask: BriefAsk, asOf: number) => Promise<void>,
};

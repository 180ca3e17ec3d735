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
  brief: (incident: string, ask: BriefAsk, asOf = 0): Promise<BriefView> => Brief.Write(incident, ask, asOf),
  /** The same brief as a text, or as the page that is printed. */
  briefAs: (incident: string, ask: BriefAsk, format: Format, asOf = 0): Promise<string> =>
    Brief.As(incident, ask, format, asOf),
  /** Asks where to, and saves it there. The name of the file, or "" for no. */
  saveBrief: (incident: string, ask: BriefAsk, format: Format, asOf = 0): Promise<string> =>
    Window.SaveBrief(incident, ask, format, asOf),
  printBrief: (incident: string, ask: BriefAsk, asOf = 0): Promise<void> =>
    Window.PrintBrief(incident, ask, asOf),
};

import type * as GoBrief from '../../wailsjs/go/app/Brief';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Brief = bound<typeof GoBrief>('Brief');

export type Absence = app.Absence;
export type BriefAsk = app.BriefAsk;
export type BriefSection = app.BriefSection;
export type BriefSentence = app.BriefSentence;
export type BriefView = app.BriefView;

export const brief = {
  brief: (incident: string, ask: BriefAsk, asOf = 0): Promise<BriefView> => Brief.Write(incident, ask, asOf),
  briefText: (incident: string, ask: BriefAsk, asOf = 0): Promise<string> => Brief.Text(incident, ask, asOf),
};

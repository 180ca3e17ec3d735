import * as Brief from '../../wailsjs/go/app/Brief';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type Absence = app.Absence;
export type BriefAsk = app.BriefAsk;
export type BriefSection = app.BriefSection;
export type BriefSentence = app.BriefSentence;
export type BriefView = app.BriefView;

export const brief = {
  brief: (incident: string, ask: BriefAsk, asOf = 0): Promise<BriefView> =>
    call(Brief.Write(incident, ask, asOf)),
  briefText: (incident: string, ask: BriefAsk, asOf = 0): Promise<string> =>
    call(Brief.Text(incident, ask, asOf)),
};

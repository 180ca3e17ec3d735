import * as Go from '../../wailsjs/go/app/Viewer';
import * as Window from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';
import type { Sent } from './composer';

export type EvidenceChange = app.EvidenceChange;
export type EvidenceView = app.EvidenceView;
export type LinesView = app.LinesView;
export type LinkRow = app.LinkRow;
export type RedactAsk = app.RedactAsk;

type Box = app.BoxView;
type Mark = app.MarkView;

/** Numbers of lines count from 0, both ends of a range included. */
export const viewer = {
  evidence: (incident: string, ref: string, within: string, asOf = 0): Promise<EvidenceView> =>
    call(Go.Look(incident, ref, within, asOf)),
  lines: (incident: string, ref: string, from: number, n: number, asOf = 0): Promise<LinesView> =>
    call(Go.Lines(incident, ref, from, n, asOf)),
  find: (incident: string, ref: string, words: string, asOf = 0): Promise<app.FoundView> =>
    call(Go.FindLines(incident, ref, words, asOf)),
  mark: (incident: string, ref: string, marks: Mark[]): Promise<Sent> => call(Go.Mark(incident, ref, marks)),
  crop: (incident: string, ref: string, box: Box): Promise<Sent> => call(Go.Crop(incident, ref, box)),
  excerpt: (incident: string, ref: string, from: number, to: number): Promise<Sent> =>
    call(Go.Excerpt(incident, ref, from, to)),
  redact: (incident: string, ref: string, ask: RedactAsk, boxes: Box[]): Promise<Sent> =>
    call(Go.Redact(incident, ref, ask, boxes)),
  redactLines: (incident: string, ref: string, ask: RedactAsk, from: number, to: number): Promise<Sent> =>
    call(Go.RedactLines(incident, ref, ask, from, to)),
  redactAll: (incident: string, ref: string, ask: RedactAsk): Promise<Sent> =>
    call(Go.RedactAll(incident, ref, ask)),
  strip: (incident: string, ref: string, ask: RedactAsk): Promise<Sent> => call(Go.Strip(incident, ref, ask)),
  changeEvidence: (incident: string, ref: string, change: EvidenceChange): Promise<Sent> =>
    call(Go.Change(incident, ref, change)),
  saveCopy: (incident: string, ref: string): Promise<string> => call(Window.SaveCopy(incident, ref)),
};

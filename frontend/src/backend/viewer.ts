import type * as GoViewer from '../../wailsjs/go/app/Viewer';
import type * as GoWindow from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';
import type { Sent } from './composer';

const Viewer = bound<typeof GoViewer>('Viewer');
const Window = bound<typeof GoWindow>('Window');

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
    Viewer.Look(incident, ref, within, asOf),
  lines: (incident: string, ref: string, from: number, n: number, asOf = 0): Promise<LinesView> =>
    Viewer.Lines(incident, ref, from, n, asOf),
  find: (incident: string, ref: string, words: string, asOf = 0): Promise<app.FoundView> =>
    Viewer.FindLines(incident, ref, words, asOf),
  mark: (incident: string, ref: string, marks: Mark[]): Promise<Sent> => Viewer.Mark(incident, ref, marks),
  crop: (incident: string, ref: string, box: Box): Promise<Sent> => Viewer.Crop(incident, ref, box),
  excerpt: (incident: string, ref: string, from: number, to: number): Promise<Sent> =>
    Viewer.Excerpt(incident, ref, from, to),
  redact: (incident: string, ref: string, ask: RedactAsk, boxes: Box[]): Promise<Sent> =>
    Viewer.Redact(incident, ref, ask, boxes),
  redactLines: (incident: string, ref: string, ask: RedactAsk, from: number, to: number): Promise<Sent> =>
    Viewer.RedactLines(incident, ref, ask, from, to),
  redactAll: (incident: string, ref: string, ask: RedactAsk): Promise<Sent> =>
    Viewer.RedactAll(incident, ref, ask),
  strip: (incident: string, ref: string, ask: RedactAsk): Promise<Sent> => Viewer.Strip(incident, ref, ask),
  changeEvidence: (incident: string, ref: string, change: EvidenceChange): Promise<Sent> =>
    Viewer.Change(incident, ref, change),
  saveCopy: (incident: string, ref: string): Promise<string> => Window.SaveCopy(incident, ref),
};

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
  evidence: Viewer.Look as (
    incident: string,
    ref: string,
    within: string,
    asOf: number,
  ) => Promise<EvidenceView>,
  lines: Viewer.Lines as (
    incident: string,
    ref: string,
    from: number,
    n: number,
    asOf: number,
  ) => Promise<LinesView>,
  find: Viewer.FindLines as (
    incident: string,
    ref: string,
    words: string,
    asOf: number,
  ) => Promise<app.FoundView>,
  mark: Viewer.Mark as (incident: string, ref: string, marks: Mark[]) => Promise<Sent>,
  crop: Viewer.Crop as (incident: string, ref: string, box: Box) => Promise<Sent>,
  excerpt: Viewer.Excerpt as (incident: string, ref: string, from: number, to: number) => Promise<Sent>,
  redact: Viewer.Redact as (incident: string, ref: string, ask: RedactAsk, boxes: Box[]) => Promise<Sent>,
  redactLines: Viewer.RedactLines as (
    incident: string,
    ref: string,
    ask: RedactAsk,
    from: number,
    to: number,
  ) => Promise<Sent>,
  redactAll: Viewer.RedactAll as (incident: string, ref: string, ask: RedactAsk) => Promise<Sent>,
  strip: Viewer.Strip as (incident: string, ref: string, ask: RedactAsk) => Promise<Sent>,
  changeEvidence: Viewer.Change as (incident: string, ref: string, change: EvidenceChange) => Promise<Sent>,
  saveCopy: Window.SaveCopy as (incident: string, ref: string) => Promise<string>,
};

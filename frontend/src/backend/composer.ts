import type * as GoComposer from '../../wailsjs/go/app/Composer';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Composer = bound<typeof GoComposer>('Composer');

export type Completion = app.CompletionView;
export type Reading = app.ComposeView;
export type Sent = app.SentView;
export type Tested = app.Tested;

export const composer = {
  read: Composer.Read as (incident: string, about: string, text: string) => Promise<Reading>,
  complete: Composer.Complete as (
    incident: string,
    about: string,
    text: string,
    caret: number,
  ) => Promise<Completion[]>,
  send: Composer.Send as (incident: string, about: string, text: string) => Promise<Sent>,
  keepDraft: Composer.KeepDraft as (incident: string, place: string, text: string) => Promise<void>,
  drafts: Composer.Drafts as (incident: string) => Promise<Record<string, string>>,
  undo: (incident: string): Promise<string> => Composer.Undo(incident).then((u) => u.says),
  redo: (incident: string): Promise<string> => Composer.Redo(incident).then((u) => u.says),
};

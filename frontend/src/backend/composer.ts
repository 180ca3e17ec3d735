import * as Composer from '../../wailsjs/go/app/Composer';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type Completion = app.CompletionView;
export type Reading = app.ComposeView;
export type Sent = app.SentView;
export type Tested = app.Tested;

export const composer = {
  read: (incident: string, about: string, text: string): Promise<Reading> =>
    call(Composer.Read(incident, about, text)),
  complete: (incident: string, about: string, text: string, caret: number): Promise<Completion[]> =>
    call(Composer.Complete(incident, about, text, caret)),
  send: (incident: string, about: string, text: string): Promise<Sent> =>
    call(Composer.Send(incident, about, text)),
  keepDraft: (incident: string, place: string, text: string): Promise<void> =>
    call(Composer.KeepDraft(incident, place, text)),
  drafts: (incident: string): Promise<Record<string, string>> => call(Composer.Drafts(incident)),
  undo: (incident: string): Promise<string> => call(Composer.Undo(incident)).then((u) => u.says),
  redo: (incident: string): Promise<string> => call(Composer.Redo(incident)).then((u) => u.says),
};

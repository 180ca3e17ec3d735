import type * as GoComposer from '../../wailsjs/go/app/Composer';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Composer = bound<typeof GoComposer>('Composer');

export type Completion = app.CompletionView;
export type Reading = app.ComposeView;
export type Sent = app.SentView;
export type Tested = app.Tested;

export const composer = {
  read: (incident: string, about: string, text: string): Promise<Reading> =>
    Composer.Read(incident, about, text),
  complete: (incident: string, about: string, text: string, caret: number): Promise<Completion[]> =>
    Composer.Complete(incident, about, text, caret),
  send: (incident: string, about: string, text: string): Promise<Sent> =>
    Composer.Send(incident, about, text),
  keepDraft: (incident: string, place: string, text: string): Promise<void> =>
    Composer.KeepDraft(incident, place, text),
  drafts: (incident: string): Promise<Record<string, string>> => Composer.Drafts(incident),
  undo: (incident: string): Promise<string> => Composer.Undo(incident).then((u) => u.says),
  redo: (incident: string): Promise<string> => Composer.Redo(incident).then((u) => u.says),
};

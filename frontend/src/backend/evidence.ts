import type * as GoEvidence from '../../wailsjs/go/app/Evidence';
import type { app } from '../../wailsjs/go/models';
import { EventsOn } from '../../wailsjs/runtime/runtime';
import { bound } from './call';

const Evidence = bound<typeof GoEvidence>('Evidence');

export type TakeAsk = app.TakeAsk;
export type TookView = app.TookView;
export type TookRow = app.TookRow;
export type InboxView = app.InboxView;
export type InboxRow = app.InboxRow;

/** How far the taking in of files is; done equals of when it is over. */
export interface Taking {
  done: number;
  of: number;
  /** Of the file that is being read, and how much of it, in percent. */
  name: string;
  part: number;
}

export const evidence = {
  /** Takes in files, and the files of folders, each on its own. */
  takeFiles: Evidence.Files as (ask: TakeAsk, paths: string[]) => Promise<TookView>,
  /** Takes in a picture, in Base64. */
  takePicture: Evidence.Picture as (ask: TakeAsk, data: string) => Promise<TookView>,
  /** Takes in a text; a link, where it is nothing else. */
  takePassage: Evidence.Passage as (ask: TakeAsk, text: string) => Promise<TookView>,
  /** Says what evidences tell about a claim, and returns it in words. */
  relate: Evidence.Relate as (
    incident: string,
    evidences: string[],
    claim: string,
    relation: Relation,
  ) => Promise<string>,
  inbox: Evidence.Inbox as (incident: string, shown: number, asOf: number) => Promise<InboxView>,
  /** Says that nobody looks at some thumbnails any more: those that are still to be drawn are not. */
  unseen: Evidence.Unseen as (incident: string, evidences: string[]) => Promise<void>,
  /** Calls back with how far the taking in of files is. */
  onTaking: (taking: (at: Taking) => void): (() => void) => EventsOn('taking', taking),
};

export type Relation = 'supports' | 'contradicts' | 'neutral';

/** Where a picture of an evidence is: drawn anew, without what the original carries beside it. */
export const pictureOf = (incident: string, id: string, form: 'thumb' | 'picture'): string =>
  `/evidence/${encodeURIComponent(incident)}/${encodeURIComponent(id)}/${form}`;

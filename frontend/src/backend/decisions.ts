import type * as GoDecisions from '../../wailsjs/go/app/Decisions';
import type * as GoUpdates from '../../wailsjs/go/app/Updates';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Decisions = bound<typeof GoDecisions>('Decisions');
const Updates = bound<typeof GoUpdates>('Updates');

export type DecisionsScreen = app.DecisionsScreen;
export type MessageView = app.MessageView;
export type SentUpdate = app.SentUpdate;
export type UpdatesScreen = app.UpdatesScreen;

export const decisions = {
  decisions: Decisions.All as (incident: string, asOf: number) => Promise<DecisionsScreen>,
  updates: Updates.All as (incident: string, asOf: number) => Promise<UpdatesScreen>,
  /** Begins an update to an audience, of the pieces that are ticked. */
  message: Updates.Message as (
    incident: string,
    audience: string,
    ticked: string[],
    minutes: number,
  ) => Promise<MessageView>,
};

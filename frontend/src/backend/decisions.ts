import * as Decisions from '../../wailsjs/go/app/Decisions';
import * as Updates from '../../wailsjs/go/app/Updates';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type DecisionRow = app.DecisionRow;
export type DecisionsScreen = app.DecisionsScreen;
export type MessageView = app.MessageView;
export type SentUpdate = app.SentUpdate;
export type UpdatesScreen = app.UpdatesScreen;

export const decisions = {
  decisions: (incident: string, asOf = 0): Promise<DecisionsScreen> => call(Decisions.All(incident, asOf)),
  updates: (incident: string, asOf = 0): Promise<UpdatesScreen> => call(Updates.All(incident, asOf)),
  /** Begins an update to an audience, of the pieces that are ticked. */
  message: (incident: string, audience: string, ticked: string[], minutes: number): Promise<MessageView> =>
    call(Updates.Message(incident, audience, ticked, minutes)),
};

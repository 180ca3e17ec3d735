/** The states that Go knows, as unions: a state that the window forgets to draw fails its type check. */
import { app, brief, incident } from '../../wailsjs/go/models';

export const ActionState = incident.ActionState;
export type ActionState = incident.ActionState;
export const ClaimState = incident.ClaimState;
export type ClaimState = incident.ClaimState;
export const ThreadState = incident.ThreadState;
export type ThreadState = incident.ThreadState;
export const Status = incident.Status;
export type Status = incident.Status;
export const Reader = app.Reader;
export type Reader = app.Reader;
export const Length = brief.Length;
export type Length = brief.Length;

/** The states that Go knows, as unions: a state that the window forgets to draw fails its type check. */
import { app } from '../../wailsjs/go/models';

export const ActionState = app.ActionState;
export type ActionState = app.ActionState;
export const ClaimState = app.ClaimState;
export type ClaimState = app.ClaimState;
export const ThreadState = app.ThreadState;
export type ThreadState = app.ThreadState;
export const Status = app.Status;
export type Status = app.Status;
export const Reader = app.Reader;
export type Reader = app.Reader;
export const Format = app.Format;
export type Format = app.Format;
export const Length = app.Length;
export type Length = app.Length;

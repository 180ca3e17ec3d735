/**
 * The one door to Go: a file for each bound struct. Every call is typed, and every rejection is an AppError; nothing else
 * imports the generated bindings.
 */
import { board } from './board';
import { brief } from './brief';
import { checkin } from './checkin';
import { claims } from './claims';
import { composer } from './composer';
import { decisions } from './decisions';
import { desktop } from './desktop';
import { evidence } from './evidence';
import { grounds } from './grounds';
import { incidents } from './incidents';
import { people } from './people';
import { readings } from './readings';
import { settings } from './settings';
import { sharing } from './sharing';
import { things } from './things';
import { timeline } from './timeline';
import { viewer } from './viewer';
import { window } from './window';

export { AppError } from './error';
export { pictureOf } from './evidence';
export { ActionState, ClaimState, Format, Length, Reader, Status, ThreadState } from './words';
export type * from './board';
export type * from './brief';
export type * from './checkin';
export type * from './claims';
export type * from './composer';
export type * from './decisions';
export type * from './evidence';
export type * from './grounds';
export type * from './incidents';
export type * from './people';
export type * from './readings';
export type * from './sharing';
export type * from './things';
export type * from './timeline';
export type * from './viewer';
export type * from './window';

export const backend = {
  ...board,
  ...brief,
  ...checkin,
  ...claims,
  ...composer,
  ...decisions,
  ...evidence,
  ...grounds,
  ...incidents,
  ...people,
  ...readings,
  ...settings,
  ...sharing,
  ...things,
  ...timeline,
  ...viewer,
  ...window,
  ...desktop,
};

export type Backend = typeof backend;

import type * as GoPeople from '../../wailsjs/go/app/People';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const People = bound<typeof GoPeople>('People');

export type Line = app.Line;
export type Me = app.Me;
export type PeopleView = app.PeopleView;
export type PersonRow = app.PersonRow;

export const people = {
  /** Who is here: those with a skill only, where one is named. */
  people: People.All as (incident: string, skill: string, asOf: number) => Promise<PeopleView>,
  /** Says that the reader looks or acts; whether they come back from a break by it. */
  seen: People.Seen as (incident: string) => Promise<boolean>,
  /** Keeps what is said to the reader away, by its key. */
  putOff: People.PutOff as (incident: string, key: string) => Promise<void>,
};

import * as People from '../../wailsjs/go/app/People';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type Line = app.Line;
export type Me = app.Me;
export type PeopleView = app.PeopleView;
export type PersonRow = app.PersonRow;

export const people = {
  /** Who is here: those with a skill only, where one is named. */
  people: (incident: string, skill: string, asOf = 0): Promise<PeopleView> =>
    call(People.All(incident, skill, asOf)),
  /** Says that the reader looks or acts; whether they come back from a break by it. */
  seen: (incident: string): Promise<boolean> => call(People.Seen(incident)),
  /** Keeps what is said to the reader away, by its key. */
  putOff: (incident: string, key: string): Promise<void> => call(People.PutOff(incident, key)),
};

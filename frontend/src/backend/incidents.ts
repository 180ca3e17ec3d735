import * as Incidents from '../../wailsjs/go/app/Incidents';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type Declaration = app.Declaration;
export type HitRow = app.HitRow;
export type IncidentRow = app.IncidentRow;
export type List = app.List;
export type SearchView = app.SearchView;
export type Start = app.Start;
export type WordRow = app.WordRow;

export const incidents = {
  start: (): Promise<Start> => call(Incidents.Start()),
  incidents: (): Promise<List> => call(Incidents.All()),
  declare: (d: Declaration): Promise<string> => call(Incidents.Declare(d)),
  openSample: (): Promise<string> => call(Incidents.OpenSample()),
  search: (words: string): Promise<SearchView> => call(Incidents.Search(words)),
};

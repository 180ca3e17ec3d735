import type * as GoIncidents from '../../wailsjs/go/app/Incidents';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Incidents = bound<typeof GoIncidents>('Incidents');

export type Declaration = app.Declaration;
export type HitRow = app.HitRow;
export type IncidentRow = app.IncidentRow;
export type List = app.List;
export type SearchView = app.SearchView;
export type Start = app.Start;
export type WordRow = app.WordRow;

/** The first screen, where it came with the page: it is of that moment, and taken once. */
function cameWithPage(): Start | undefined {
  const element = document.getElementById('first');
  element?.remove();
  return element?.textContent ? (JSON.parse(element.textContent) as Start) : undefined;
}

export const incidents = {
  start: (): Promise<Start> => Promise.resolve(cameWithPage() ?? Incidents.Start()),
  incidents: Incidents.All,
  declare: Incidents.Declare as (d: Declaration) => Promise<string>,
  openSample: Incidents.OpenSample,
  search: Incidents.Search as (words: string) => Promise<SearchView>,
};

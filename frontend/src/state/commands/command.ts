import type { Chip } from '../../backend';
import type { App } from '../app.svelte';
import type { Opening } from '../line';
import type { Combo } from '../keys';

/** The screen of an evidence, and what is done there: a picture or a text is looked at, or something is drawn. */
type EvidencePlace = 'evidence' | 'picture' | 'text' | 'drawing';

/** Where a command acts. */
export type Place =
  | 'everywhere'
  | 'incident'
  | 'incidents'
  | 'cockpit'
  | 'thread'
  | EvidencePlace
  | 'claims'
  | 'timeline'
  | 'tree'
  | 'worklist'
  | 'recheck'
  | 'brief'
  | 'checkin'
  | 'decisions'
  | 'updates'
  | 'inbox'
  | 'people'
  | 'sharing'
  | 'took';

export interface Command {
  id: string;
  /** What it does, as the palette and the sheet of keys say it. */
  name: string;
  /** In a word or two, for the status bar; commands without are not hinted at there. */
  hint?: string;
  keys: Combo[];
  place: Place;
  /** Whether it can be done now; always, where absent. */
  when?: (app: App) => boolean;
  /** The kinds of thing that it acts on; it needs none selected, where absent. */
  on?: string[];
  /** Records something, which cannot be done in the past. */
  acts?: boolean;
  /** Whether it is for the past only, or for the present only; for both, where absent. */
  past?: boolean;
  /** Places within its place where its key means something else. */
  except?: Place[];
  /** The line that it begins, for one that is typed: a draft of it is opened again through it. */
  opens?: (app: App, chip: Chip | undefined) => Opening;
  /** Not offered by the palette: moving about is done by keys, not by names. */
  silent?: boolean;
  run: (app: App) => unknown;
}

export const placeNames: Record<Place, string> = {
  everywhere: 'Everywhere',
  incident: 'In an incident',
  incidents: 'The list of incidents',
  cockpit: 'Cockpit',
  thread: 'The page of a thread',
  evidence: 'Evidence',
  picture: 'Looking at a picture',
  text: 'Reading a text',
  drawing: 'Drawing on a picture',
  claims: 'Claims',
  timeline: 'Timeline',
  tree: 'What rests on what',
  worklist: 'Working through what fell',
  recheck: 'Looking again',
  brief: 'Brief',
  checkin: 'Check-in round',
  decisions: 'Decisions',
  updates: 'Updates',
  inbox: 'The inbox',
  people: 'The people',
  sharing: 'Sharing',
  took: 'After a drop or a paste',
};

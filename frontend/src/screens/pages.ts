import type { Component } from 'svelte';
import type { Screen } from '../state/shown.svelte';
import BriefScreen from './brief/BriefScreen.svelte';
import CheckinScreen from './checkin/CheckinScreen.svelte';
import ClaimsScreen from './claims/ClaimsScreen.svelte';
import RecheckScreen from './claims/RecheckScreen.svelte';
import TreeScreen from './claims/TreeScreen.svelte';
import WorklistScreen from './claims/WorklistScreen.svelte';
import CockpitScreen from './cockpit/CockpitScreen.svelte';
import DecisionsScreen from './decisions/DecisionsScreen.svelte';
import EvidenceScreen from './evidence/EvidenceScreen.svelte';
import InboxScreen from './inbox/InboxScreen.svelte';
import Declare from './incidents/Declare.svelte';
import Incidents from './incidents/Incidents.svelte';
import PeopleScreen from './people/PeopleScreen.svelte';
import SharingScreen from './sharing/SharingScreen.svelte';
import ThreadScreen from './thread/ThreadScreen.svelte';
import TimelineScreen from './timeline/TimelineScreen.svelte';
import UpdatesScreen from './updates/UpdatesScreen.svelte';

/** The page of every screen. All are part of the program: apart, they could not share their words when they are compressed. */
export const pages: Record<Screen, Component> = {
  brief: BriefScreen,
  incidents: Incidents,
  declare: Declare,
  cockpit: CockpitScreen,
  thread: ThreadScreen,
  claims: ClaimsScreen,
  tree: TreeScreen,
  worklist: WorklistScreen,
  recheck: RecheckScreen,
  checkin: CheckinScreen,
  decisions: DecisionsScreen,
  updates: UpdatesScreen,
  timeline: TimelineScreen,
  people: PeopleScreen,
  inbox: InboxScreen,
  sharing: SharingScreen,
  evidence: EvidenceScreen,
};

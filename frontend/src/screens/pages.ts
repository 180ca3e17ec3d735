import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Screen } from '../state/shown.svelte';
import BriefScreen from './brief/BriefScreen.svelte';

/** Where the page of each screen is. The brief comes with the window: most windows open on it. */
const pages: Record<Screen, () => Promise<{ default: Component }>> = {
  incidents: () => import('./incidents/Incidents.svelte'),
  declare: () => import('./incidents/Declare.svelte'),
  cockpit: () => import('./cockpit/CockpitScreen.svelte'),
  thread: () => import('./thread/ThreadScreen.svelte'),
  claims: () => import('./claims/ClaimsScreen.svelte'),
  tree: () => import('./claims/TreeScreen.svelte'),
  worklist: () => import('./claims/WorklistScreen.svelte'),
  recheck: () => import('./claims/RecheckScreen.svelte'),
  timeline: () => import('./timeline/TimelineScreen.svelte'),
  inbox: () => import('./inbox/InboxScreen.svelte'),
  evidence: () => import('./evidence/EvidenceScreen.svelte'),
  brief: () => Promise.resolve({ default: BriefScreen }),
};

const fetched = new SvelteMap<Screen, Component>([['brief', BriefScreen]]);

/** The page of a screen; undefined until its code is there. */
export const pageOf = (screen: Screen): Component | undefined => fetched.get(screen);

/** Fetches the code of a page, which is part of the program: from memory, in a few milliseconds. */
export async function fetchPage(screen: Screen): Promise<void> {
  if (!fetched.has(screen)) fetched.set(screen, (await pages[screen]()).default);
}

/** Fetches the code of every page. */
export async function fetchPages(): Promise<void> {
  await Promise.all((Object.keys(pages) as Screen[]).map(fetchPage));
}

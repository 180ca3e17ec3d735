import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Screen } from '../state/shown.svelte';
import BriefScreen from './brief/BriefScreen.svelte';

// The brief comes with the window: most windows open on it.
const fetched = new SvelteMap<Screen, Component>([['brief', BriefScreen]]);

/** The page of a screen; undefined until its code is there. */
export const pageOf = (screen: Screen): Component | undefined => fetched.get(screen);

/** Fetches the code of the other pages, which is part of the program: from memory, in a few milliseconds. */
export async function fetchPages(): Promise<void> {
  const { pages } = await import('./rest');
  for (const [screen, page] of Object.entries(pages)) fetched.set(screen as Screen, page);
}

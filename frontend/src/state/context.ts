import { createContext } from 'svelte';
import type { App } from './app.svelte';

/** The app, for every component under the window. */
export const [useApp, provideApp] = createContext<App>();

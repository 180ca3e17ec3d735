import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { pictureOf } from '../backend';
import type { App } from '../state/app.svelte';

let gone: string[] = [];

/** Has a thumbnail that goes away before it came not be drawn, unless it is on the page in another place. */
export const unseen =
  ({ backend, incident }: App, id: string): Attachment<HTMLImageElement> =>
  (img) =>
  () => {
    if (img.complete || gone.push(id) > 1) return;
    void tick().then(() => {
      const here = (id: string): boolean =>
        document.querySelector(`img[src="${pictureOf(incident, id, 'thumb')}"]`) !== null;
      const ids = gone.filter((id) => !here(id));
      gone = [];
      void backend.unseen(incident, ids);
    });
  };

import { expect, it, vi } from 'vitest';
import { pictureOf } from '../backend';
import { App } from '../state/app.svelte';
import { fake } from '../state/fake';
import { unseen } from './unseen';

/** A thumbnail on the page, and what takes it away. */
function thumbnail(app: App, id: string, came: boolean): () => void {
  const img = document.createElement('img');
  img.setAttribute('src', pictureOf(app.incident, id, 'thumb'));
  Object.defineProperty(img, 'complete', { value: came });
  document.body.append(img);
  const leave = unseen(app, id)(img);
  return () => {
    if (leave) leave();
    img.remove();
  };
}

it('has thumbnails that went away before they came not be drawn, all at once', async () => {
  const { backend, calls } = fake();
  const app = new App(backend);
  await app.begin();
  const pages = [
    thumbnail(app, 'came', true),
    thumbnail(app, 'first', false),
    thumbnail(app, 'in two places', false),
    thumbnail(app, 'last', false),
  ];
  thumbnail(app, 'in two places', false);
  pages.forEach((leave) => leave());
  await vi.waitFor(() => expect(calls.join()).toContain('unseen'));
  expect(calls.filter((call) => call.startsWith('unseen'))).toEqual(['unseen i1 ["first","last"]']);
});

import type * as GoWindow from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Window = bound<typeof GoWindow>('Window');

export type MenuItem = app.MenuItem;

export const window = {
  setMenu: Window.SetMenu as (items: MenuItem[]) => Promise<void>,
  /** Gives the menus and dialogs of the desktop the looks of the page. */
  wear: Window.Wear as (theme: string) => Promise<void>,
  /** Says whether text was typed that is not kept yet, so that the window asks before it closes. */
  unsaved: Window.Unsaved as (unsaved: boolean) => Promise<void>,
  /** Says whether the window is in front. */
  front: Window.Front as (front: boolean) => Promise<void>,
  /** Says that the window has another size. */
  resized: Window.Resized,
  /** Closes the window, whatever is lost. */
  leave: Window.Leave,
  /** Asks for files with the dialog of the desktop. */
  choose: Window.Choose,
  follow: Window.Follow as (link: string) => Promise<void>,
};

import * as Window from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';

export type MenuItem = app.MenuItem;

export const window = {
  setMenu: (items: MenuItem[]): Promise<void> => call(Window.SetMenu(items)),
  /** Gives the menus and dialogs of the desktop the looks of the page. */
  wear: (theme: string): Promise<void> => call(Window.Wear(theme)),
  /** Says whether text was typed that is not kept yet, so that the window asks before it closes. */
  unsaved: (unsaved: boolean): Promise<void> => call(Window.Unsaved(unsaved)),
  /** Says whether the window is in front. */
  front: (front: boolean): Promise<void> => call(Window.Front(front)),
  /** Says that the window has another size. */
  resized: (): Promise<void> => call(Window.Resized()),
  /** Closes the window, whatever is lost. */
  leave: (): Promise<void> => call(Window.Leave()),
  /** Asks for files with the dialog of the desktop. */
  choose: (): Promise<string[]> => call(Window.Choose()),
  follow: (link: string): Promise<void> => call(Window.Follow(link)),
};

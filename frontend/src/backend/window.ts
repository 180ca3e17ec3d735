import type * as GoWindow from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Window = bound<typeof GoWindow>('Window');

export type MenuItem = app.MenuItem;

export const window = {
  setMenu: (items: MenuItem[]): Promise<void> => Window.SetMenu(items),
  /** Gives the menus and dialogs of the desktop the looks of the page. */
  wear: (theme: string): Promise<void> => Window.Wear(theme),
  /** Says whether text was typed that is not kept yet, so that the window asks before it closes. */
  unsaved: (unsaved: boolean): Promise<void> => Window.Unsaved(unsaved),
  /** Says whether the window is in front. */
  front: (front: boolean): Promise<void> => Window.Front(front),
  /** Says that the window has another size. */
  resized: (): Promise<void> => Window.Resized(),
  /** Closes the window, whatever is lost. */
  leave: (): Promise<void> => Window.Leave(),
  /** Asks for files with the dialog of the desktop. */
  choose: (): Promise<string[]> => Window.Choose(),
  follow: (link: string): Promise<void> => Window.Follow(link),
};

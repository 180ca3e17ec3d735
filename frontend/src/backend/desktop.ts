import { ClipboardSetText, EventsOn, OnFileDrop, OnFileDropOff } from '../../wailsjs/runtime/runtime';
import { call } from './call';

/** What the desktop does for the page, and what it tells it. */
export const desktop = {
  copy: (text: string): Promise<boolean> => call(ClipboardSetText(text)),
  /** Calls back with the command that was chosen in a menu of the window. */
  onCommand: (chosen: (id: string) => void): (() => void) => EventsOn('command', chosen),
  /** Calls back when the window is to be closed although text would be lost. */
  onClosing: (closing: () => void): (() => void) => EventsOn('closing', closing),
  /** Calls back with the files that were dropped on the window, and where. */
  onDropped: (dropped: (paths: string[], x: number, y: number) => void): (() => void) => {
    OnFileDrop((x, y, paths) => dropped(paths, x, y), false);
    return OnFileDropOff;
  },
  /** Calls back whenever an incident has something new, whoever recorded it. Returns how to stop. */
  onChanged: (changed: (sequence: number) => void): (() => void) => EventsOn('changed', changed),
  /** Calls back whenever something else is to be said about sharing. */
  onSharing: (told: () => void): (() => void) => EventsOn('sharing', told),
};

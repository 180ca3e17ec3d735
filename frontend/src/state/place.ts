/** Where in an incident a reader was, as it is kept for the next time. */
export interface Place {
  screen:
    'cockpit' | 'claims' | 'timeline' | 'brief' | 'thread' | 'inbox' | 'decisions' | 'updates' | 'people';
  /** What was open beside the screen; the claim that was chosen; the thread whose page was shown. Ids, '' for none. */
  thing: string;
  claim: string;
  thread: string;
}

const screens: Place['screen'][] = [
  'cockpit',
  'claims',
  'timeline',
  'brief',
  'thread',
  'inbox',
  'decisions',
  'updates',
  'people',
];

export const writePlace = (place: Place): string => JSON.stringify(place);

/** Reads a place again; undefined where it was kept by nobody, or by a version that knew other screens. */
export function readPlace(text: string): Place | undefined {
  let kept: Record<string, unknown> | null;
  try {
    kept = JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return undefined;
  }
  const screen = screens.find((name) => name === kept?.['screen']);
  if (!screen) return undefined;
  const id = (name: string): string => (typeof kept?.[name] === 'string' ? kept[name] : '');
  return { screen, thing: id('thing'), claim: id('claim'), thread: id('thread') };
}

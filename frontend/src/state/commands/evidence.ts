import type { App } from '../app.svelte';
import { focusItem } from '../walk';
import type { Command, Place } from './command';

type Row = Omit<Command, 'place'>;

const at =
  (place: Place) =>
  (row: Row): Command => ({ place, ...row });
const evidence = at('evidence');
const picture = at('picture');
const text = at('text');
const drawing = (row: Row): Command => ({ place: 'drawing', past: false, ...row });

const whole = (app: App): boolean => app.viewer.view?.redacted === false;
const kept = (app: App): boolean => app.viewer.view?.here === true;
const several = (app: App): boolean => (app.viewer.view?.of ?? 0) > 1;
const found = (app: App): boolean => (app.viewer.text?.found.length ?? 0) > 0;

/** The four arrows, and the way that each goes. */
const ways = [
  { id: 'Down', letter: 'J', word: 'down', x: 0, y: 1 },
  { id: 'Up', letter: 'K', word: 'up', x: 0, y: -1 },
  { id: 'Left', letter: '', word: 'to the left', x: -1, y: 0 },
  { id: 'Right', letter: '', word: 'to the right', x: 1, y: 0 },
];

/** Drawing on a picture. */
const draws: Command[] = [
  ...ways.flatMap(({ id, word, x, y }) => [
    drawing({
      id: `draw${id}`,
      name: `Move the shape ${word}`,
      ...(id === 'Down' && { hint: 'move' }),
      keys: [id],
      silent: true,
      run: (app) => app.viewer.nudge(x, y, false, false),
    }),
    drawing({
      id: `stretch${id}`,
      name: `Stretch it ${word}`,
      ...(id === 'Down' && { hint: 'stretch' }),
      keys: [`Shift ${id}`],
      silent: true,
      run: (app) => app.viewer.nudge(x, y, true, false),
    }),
    drawing({
      id: `fine${id}`,
      name: `Move it ${word} by one pixel`,
      keys: [`Alt ${id}`],
      silent: true,
      run: (app) => app.viewer.nudge(x, y, false, true),
    }),
    drawing({
      id: `fineStretch${id}`,
      name: `Stretch it ${word} by one pixel`,
      keys: [`Alt Shift ${id}`],
      silent: true,
      run: (app) => app.viewer.nudge(x, y, true, true),
    }),
  ]),
  drawing({
    id: 'finishShape',
    name: 'Keep what was drawn, as a copy; a redaction is asked about first',
    hint: 'keep it',
    keys: ['Enter'],
    acts: true,
    run: (app) => app.viewer.finish(),
  }),
  drawing({
    id: 'drawArrow',
    name: 'Draw arrows',
    hint: 'arrow',
    keys: ['A'],
    when: (app) => app.viewer.tool === 'mark',
    run: (app) => app.viewer.drawArrows(true),
  }),
  drawing({
    id: 'drawBox',
    name: 'Draw boxes',
    hint: 'box',
    keys: ['B'],
    when: (app) => app.viewer.tool === 'mark',
    run: (app) => app.viewer.drawArrows(false),
  }),
  drawing({
    id: 'anotherShape',
    name: 'Another shape',
    hint: 'another',
    keys: ['N'],
    when: (app) => app.viewer.tool !== 'crop',
    run: (app) => app.viewer.another(),
  }),
  drawing({
    id: 'undraw',
    name: 'Take back the last shape',
    hint: 'take back',
    keys: ['Backspace', 'Delete'],
    when: (app) => app.viewer.shapes.length > 0,
    run: (app) => app.viewer.undraw(),
  }),
];

const zooms = (row: (row: Row) => Command, when: string): Command[] => [
  row({
    id: `closer${when}`,
    name: 'Closer',
    ...(when === '' && { hint: 'closer' }),
    keys: ['+', '='],
    run: (app) => app.viewer.zoom('in'),
  }),
  row({
    id: `further${when}`,
    name: 'Further away',
    keys: ['-'],
    run: (app) => app.viewer.zoom('out'),
  }),
  row({
    id: `fit${when}`,
    name: 'All of it, or pixel for pixel',
    ...(when === '' && { hint: 'all or 100 %' }),
    keys: ['0'],
    run: (app) => app.viewer.fit(),
  }),
];

/** Looking at a picture. */
const looks: Command[] = [
  ...ways.map(({ id, letter, word, x, y }) =>
    picture({
      id: `pan${id}`,
      name: `Along the picture, ${word}`,
      keys: letter === '' ? [id] : [id, letter],
      silent: true,
      run: (app) => app.viewer.panBy(x, y),
    }),
  ),
  ...zooms(picture, ''),
  picture({
    id: 'markPicture',
    name: 'Mark it with arrows and boxes, on a copy',
    hint: 'mark',
    keys: ['M'],
    acts: true,
    when: whole,
    run: (app) => app.viewer.take('mark'),
  }),
  picture({
    id: 'crop',
    name: 'Crop it, into a copy',
    hint: 'crop',
    keys: ['Shift C'],
    acts: true,
    when: whole,
    run: (app) => app.viewer.take('crop'),
  }),
  picture({
    id: 'stripEvidence',
    name: 'Keep it without what its file carries besides, and destroy the original',
    keys: ['Shift K'],
    acts: true,
    when: (app) => whole(app) && kept(app) && app.viewer.strippable,
    run: (app) => app.viewer.beginToStrip(),
  }),
];

/** Reading a text. */
const reads: Command[] = [
  ...ways
    .filter(({ y }) => y !== 0)
    .flatMap(({ id, letter, y }) => [
      text({
        id: `line${id}`,
        name: y > 0 ? 'Next line' : 'Previous line',
        keys: [id, letter],
        silent: true,
        run: (app) => app.viewer.text?.move(y),
      }),
      text({
        id: `choose${id}`,
        name: y > 0 ? 'Choose the next line too' : 'Choose the previous line too',
        ...(y > 0 && { hint: 'choose lines' }),
        keys: [`Shift ${id}`, `Shift ${letter}`],
        silent: true,
        run: (app) => app.viewer.text?.move(y, true),
      }),
    ]),
  text({
    id: 'pageDown',
    name: 'A page on',
    keys: ['PageDown', 'Ctrl D'],
    silent: true,
    run: ({ viewer: { text } }) => text?.move(text.room - 2),
  }),
  text({
    id: 'pageUp',
    name: 'A page back',
    keys: ['PageUp', 'Ctrl U'],
    silent: true,
    run: ({ viewer: { text } }) => text?.move(2 - text.room),
  }),
  text({
    id: 'firstLine',
    name: 'First line',
    keys: ['Home'],
    silent: true,
    run: ({ viewer: { text } }) => text?.go(0),
  }),
  text({
    id: 'lastLine',
    name: 'Last line',
    keys: ['End'],
    silent: true,
    run: ({ viewer: { text } }) => text?.go(text.count - 1),
  }),
  text({
    id: 'findInText',
    name: 'Search in the text',
    hint: 'search',
    keys: ['/', 'Ctrl F'],
    run: () => focusItem(document.querySelector<HTMLElement>('[data-find]')),
  }),
  text({
    id: 'nextFound',
    name: 'Next line that was found',
    hint: 'next found',
    keys: ['N'],
    when: found,
    run: (app) => app.viewer.text?.step(1),
  }),
  text({
    id: 'previousFound',
    name: 'Previous line that was found',
    keys: ['Shift N'],
    when: found,
    run: (app) => app.viewer.text?.step(-1),
  }),
  text({
    id: 'markLines',
    name: 'Keep the chosen lines as an excerpt',
    hint: 'excerpt',
    keys: ['M'],
    acts: true,
    when: whole,
    run: (app) => app.viewer.excerpt(),
  }),
  text({
    id: 'wrapLines',
    name: 'Wrap long lines, or not',
    hint: 'wrap',
    keys: ['W'],
    run: ({ viewer: { text } }) => text && (text.wrap = !text.wrap),
  }),
];

/** What can be done on the screen of any evidence. */
const keeps: Command[] = [
  evidence({
    id: 'nextEvidence',
    name: 'Next evidence',
    hint: 'next',
    keys: [']', 'Alt Right'],
    when: several,
    run: (app) => app.viewer.step(1),
  }),
  evidence({
    id: 'previousEvidence',
    name: 'Previous evidence',
    keys: ['[', 'Alt Left'],
    when: several,
    run: (app) => app.viewer.step(-1),
  }),
  evidence({
    id: 'openHere',
    name: 'Open the link outside, or what is selected',
    hint: 'open',
    keys: ['Enter'],
    silent: true,
    when: (app) => !app.viewer.looking || app.viewer.view?.link?.opens === true,
    run: (app) => app.viewer.enter(),
  }),
  evidence({
    id: 'redact',
    name: 'Redact: destroy a part of it, or all',
    hint: 'redact',
    keys: ['Shift D'],
    acts: true,
    when: whole,
    run: (app) => app.viewer.beginToRedact(),
  }),
  evidence({
    id: 'changeEvidence',
    name: 'Change what is known of it',
    hint: 'change',
    keys: ['E'],
    acts: true,
    run: (app) => app.viewer.edit(),
  }),
  evidence({
    id: 'speaksFor',
    name: 'It speaks for the claim',
    hint: 'for',
    keys: ['F'],
    acts: true,
    run: (app) => app.viewer.relate('for'),
  }),
  evidence({
    id: 'speaksAgainst',
    name: 'It speaks against the claim',
    hint: 'against',
    keys: ['G'],
    acts: true,
    run: (app) => app.viewer.relate('against'),
  }),
  evidence({
    id: 'tellsNothing',
    name: 'It tells nothing about the claim',
    keys: ['H'],
    acts: true,
    run: (app) => app.viewer.relate('neutral'),
  }),
  evidence({
    id: 'besideEvidence',
    name: 'Compare it with another, side by side, or not',
    hint: 'compare',
    keys: ['B'],
    when: (app) => app.viewer.beside !== undefined || several(app),
    run: (app) => (app.viewer.beside ? app.viewer.alone() : app.viewer.compare()),
  }),
  evidence({
    id: 'chooseBeside',
    name: 'Choose what it is compared with',
    keys: ['Ctrl B'],
    when: (app) => app.viewer.beside !== undefined || several(app),
    run: (app) => app.viewer.choose(),
  }),
  evidence({
    id: 'saveEvidence',
    name: 'Save a copy of the file…',
    keys: ['Ctrl S'],
    when: kept,
    run: (app) => app.viewer.saveCopy(),
  }),
  evidence({
    id: 'known',
    name: 'Show or hide what is known of it',
    keys: ['I'],
    run: (app) => (app.viewer.known = !app.viewer.known),
  }),
];

export const onEvidenceScreen: Command[] = [
  ...draws,
  ...zooms(drawing, 'Drawing'),
  ...looks,
  ...reads,
  ...keeps,
];

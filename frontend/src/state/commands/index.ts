/**
 * The one table from which keys, tooltips, status bar, palette and the sheet of keys come: a file for each place, and
 * for each kind of thing that is acted on.
 */
import type { App } from '../app.svelte';
import { isCharacter, type Combo } from '../keys';
import { brief, onBrief } from './brief';
import { onRound, rounds } from './checkin';
import { claims } from './claims';
import { cockpit, onBoard } from './cockpit';
import type { Command } from './command';
import { everywhere, steps, walks } from './everywhere';
import { groundPages, onGround } from './grounds';
import { menus, peeks, views } from './incident';
import { onEvidenceScreen } from './evidence';
import { incidents, onList } from './incidents';
import { fresh, inbox, takeIn } from './intake';
import { lines } from './lines';
import { onAction } from './onAction';
import { onClaim } from './onClaim';
import { decisions, onDecision } from './onDecision';
import { onEvidence } from './onEvidence';
import * as onThing from './onThing';
import { deadEnds, onThread } from './onThread';
import { onPerson, people } from './people';
import { past } from './past';
import { sharing } from './sharing';
import { situation } from './situation';
import { thread } from './thread';
import { timeline } from './timeline';
import { updates } from './updates';

export { placeNames, type Command, type Place } from './command';

/** In the order in which they are offered: moving about first, then the screen's own, then what is done to things. */
export const commands: Command[] = [
  ...fresh,
  ...onEvidenceScreen,
  ...walks,
  ...onBoard,
  ...onList,
  ...peeks,
  ...thread,
  ...claims,
  ...onGround,
  ...onRound,
  ...onBrief,
  ...steps,
  ...views,
  ...groundPages,
  ...cockpit,
  ...decisions,
  ...updates,
  ...brief,
  ...inbox,
  ...incidents,
  ...people,
  ...sharing,
  ...past,
  ...timeline,
  ...rounds,
  ...situation,
  ...onThing.first,
  ...onThread,
  ...onAction,
  ...onClaim,
  ...onDecision,
  ...onEvidence,
  ...onPerson,
  ...onThing.rest,
  ...deadEnds,
  ...onThing.ending,
  ...lines,
  ...takeIn,
  ...menus,
  ...everywhere,
];

/** Whether a command acts on the screen that is shown. */
export function actsHere(command: Command, app: App): boolean {
  const here =
    command.place === 'everywhere' ||
    app.places.includes(command.place) ||
    (command.place === 'incident' && app.inIncident) ||
    (command.place === 'took' && app.inIncident && app.intake.took !== undefined);
  if (command.past !== undefined && command.past !== app.past) return false;
  if (command.acts && app.past) return false;
  if (!here || command.except?.some((place) => app.places.includes(place))) return false;
  if (command.on && !command.on.includes(app.subject?.kind ?? '')) return false;
  return command.when?.(app) ?? true;
}

/** The command that a combo stands for here. A key of the screen comes before one of everywhere. */
export function commandFor(combo: Combo, app: App): Command | undefined {
  if (combo.split(' ').every(isCharacter) && !app.preferences.letters) return undefined;
  const able = commands.filter((c) => c.keys.includes(combo) && actsHere(c, app));
  return able.find((c) => c.place !== 'everywhere') ?? able[0];
}

/** Whether a key begins one of two keys, such as G G, so that the next one is to be waited for. */
export const begins = (combo: Combo, app: App): boolean =>
  isCharacter(combo) &&
  app.preferences.letters &&
  commands.some((c) => actsHere(c, app) && c.keys.some((keys) => keys.startsWith(`${combo} `)));

/** Whether a key would act here, were this not the past. */
export const barredByPast = (combo: Combo, app: App): boolean =>
  app.past &&
  app.preferences.letters &&
  commands.some(
    (c) => c.acts && c.keys.includes(combo) && (app.places.includes(c.place) || c.place === 'incident'),
  );

/** What can be done with a thing of a kind, in the order of the table. */
export const actsOn = (kind: string, app: App, ever = false): Command[] =>
  commands.filter((c) => c.on?.includes(kind) && c.silent !== true && (ever || actsHere(c, app)));

export function command(id: string): Command {
  const found = commands.find((c) => c.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

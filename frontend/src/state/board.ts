import type { Card, Chip } from '../backend';
import type { App } from './app.svelte';
import { opening } from './commands/begin';

/** The board: in which column a thread stands, and what moving it to another records. */

export function cardOf(app: App, id: string): Card | undefined {
  return app.cockpit?.columns.flatMap((c) => c.cards).find((card) => card.id === id);
}

/** The columns of the board, and the kind of work that each is for. */
export const columnNames: Record<string, string> = {
  investigating: 'Investigating',
  mitigating: 'Mitigating',
  waiting: 'Waiting on others',
};
export const columnOrder = Object.keys(columnNames);
const kinds: Record<string, string> = { investigating: 'investigate', mitigating: 'mitigate' };

/** Moves a thread to another column, or among the closed: what it is, or what it waits for, changes with it. */
export async function moveTo(app: App, chip: Chip, column: string): Promise<void> {
  if (column === 'waiting') return void app.acts.compose(opening('wait', chip, `/wait ${chip.label} on `));
  if (column === 'closed') return void app.acts.compose(opening('close', chip, `/done ${chip.label} `));
  const kind = kinds[column];
  if (kind === undefined) return;
  const lines: string[] = [];
  if (chip.word === 'waiting' || chip.word === 'parked') lines.push(`/resume ${chip.label}`);
  if (!fits(cardOf(app, chip.id)?.sort ?? '', column)) lines.push(`/kind ${chip.label} ${kind}`);
  if (lines.length > 0) await app.acts.lines(chip.id, ...lines);
}

/** What moving a thread there would do, in a few words; '' where it is there already. */
export function wouldMove(app: App, chip: Chip, column: string): string {
  const now = app.cockpit?.columns.find((c) => c.cards.some((card) => card.id === chip.id))?.name;
  if (column === now) return '';
  return (
    { waiting: 'Wait on…', closed: 'Done, because…', mitigating: 'Mitigate', investigating: 'Investigate' }[
      column
    ] ?? ''
  );
}

/** Whether a kind of work belongs in a column already, as Go sorts it. */
function fits(sort: string, column: string): boolean {
  const mitigating = ['mitigate', 'recover', 'comms'].includes(sort);
  return column === 'mitigating' ? mitigating : !mitigating;
}

export function moveBeside(app: App, by: 1 | -1): void {
  const chip = app.subject;
  const at = app.cockpit?.columns.findIndex((c) => c.cards.some((card) => card.id === chip?.id)) ?? -1;
  const next = app.cockpit?.columns[at + by]?.name;
  if (chip && at >= 0 && next !== undefined) void moveTo(app, chip, next);
}

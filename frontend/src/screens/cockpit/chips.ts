import type { Card, CardAction, Chip } from '../../backend';

/** A card as a thing that can be selected. */
export const chipOf = (card: Card): Chip => ({
  id: card.id,
  label: card.label,
  kind: 'thread',
  name: card.title,
  word: card.state,
  doubtful: card.footing === 'disputed' || card.footing === 'fallen',
});

export const chipOfAction = (action: CardAction): Chip => ({
  id: action.id,
  label: action.label,
  kind: 'action',
  name: action.text,
  word: action.state,
  doubtful: false,
  footing: action.footing,
});

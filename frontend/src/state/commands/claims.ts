import { focusItem, pressFocused, stepAlong } from '../walk';
import type { Command } from './command';

export const claims: Command[] = [
  {
    id: 'openClaim',
    name: 'Go into the claim',
    hint: 'its evidence',
    keys: ['Enter'],
    place: 'claims',
    silent: true,
    run: pressFocused,
  },
  {
    id: 'nextProof',
    name: 'Along the row: the next piece of evidence',
    hint: 'along',
    keys: ['Right'],
    place: 'claims',
    silent: true,
    run: () => stepAlong(1),
  },
  {
    id: 'previousProof',
    name: 'Along the row: the evidence before',
    keys: ['Left'],
    place: 'claims',
    silent: true,
    run: () => stepAlong(-1),
  },
  {
    id: 'filterClaims',
    name: 'Filter the claims',
    hint: 'filter',
    keys: ['/'],
    place: 'claims',
    run: () => focusItem(document.querySelector<HTMLElement>('[data-filter]')),
  },
  {
    id: 'onlyMyClaims',
    name: 'Only my claims, or everybody’s',
    keys: ['Shift C'],
    place: 'claims',
    run: (app) => {
      app.believing.want({ mine: !app.believing.filter.mine });
      return app.reread();
    },
  },
];

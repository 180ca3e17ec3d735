import '@testing-library/jest-dom/vitest';
import '@testing-library/svelte/vitest';
import { render } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { ClaimState } from '../backend';
import StateMark, { isClaimState } from './StateMark.svelte';

it('every state has an outline of its own, so that none needs its colour', () => {
  const outlines = Object.values(ClaimState).map((state) => {
    const { container } = render(StateMark, { state });
    return container.querySelector('svg')?.innerHTML;
  });
  expect(new Set(outlines).size).toBe(Object.values(ClaimState).length);
});

it('what is no claim has no mark', () => {
  expect(isClaimState(ClaimState.Refuted)).toBe(true);
  expect(isClaimState('in_force')).toBe(false);
});

it('names itself where no word stands beside it', () => {
  const { getByRole } = render(StateMark, { state: ClaimState.Disputed, labelled: true });
  expect(getByRole('img')).toHaveAccessibleName('Disputed');
});

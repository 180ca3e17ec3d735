// @vitest-environment node
import { expect, it } from 'vitest';
import type { Cockpit, PromptRow } from '../backend';
import { cockpit } from './fake';
import { Sound } from './sound';

const prompt = (kind: string, level = 'warning'): PromptRow => ({
  rank: 1,
  level,
  kind,
  look: 'warning',
  title: '',
  opens: '',
  why: '',
  count: 1,
  about: { id: 'd3', label: 'D3', kind: 'decision', name: '', word: '', doubtful: false },
});
const view = (...prompts: PromptRow[]): Cockpit => ({ ...cockpit, prompts });

it('sounds once for a warning that is new, and for nothing else', () => {
  let sounds = 0;
  const sound = new Sound(() => (sounds += 1));
  sound.cockpit(view(prompt('shaky')), true);
  expect(sounds).toBe(0);
  sound.cockpit(view(prompt('shaky'), prompt('silent', 'caution')), true);
  expect(sounds).toBe(0);
  sound.cockpit(view(prompt('no_lead'), prompt('shaky')), true);
  expect(sounds).toBe(1);
  sound.cockpit(view(), true);
  sound.cockpit(view(prompt('no_lead')), true);
  expect(sounds).toBe(1);
});

it('is quiet where it is off, and for another incident that is opened', () => {
  let sounds = 0;
  const sound = new Sound(() => (sounds += 1));
  sound.cockpit(view(), false);
  sound.cockpit(view(prompt('shaky')), false);
  sound.reset();
  sound.cockpit(view(prompt('no_lead')), true);
  expect(sounds).toBe(0);
});

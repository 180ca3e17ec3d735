// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fake } from './fake';
import { looksLikeReadings, Readings } from './readings.svelte';

const never = (): Promise<void> => Promise.reject(new Error('kept as evidence'));

describe('readings that are dropped or pasted', () => {
  it('are looked at first, and come in when somebody says so', async () => {
    const { backend, calls } = fake();
    const readings = new Readings(backend);
    expect(await readings.offer('i1', { path: '/tmp/failing.csv' }, never)).toBe(true);
    expect(readings.offered?.says).toBe('24 values of failing payments');
    expect(calls).toEqual(['lookAtCSV i1 /tmp/failing.csv']);
    expect(await readings.take('i1')).toBe('24 values of failing payments');
    expect(calls).toEqual(['lookAtCSV i1 /tmp/failing.csv', 'takeCSV i1 /tmp/failing.csv']);
    expect(readings.offered).toBeUndefined();
  });

  it('are left where they were when nobody does', async () => {
    const { backend, calls } = fake();
    const readings = new Readings(backend);
    await readings.offer('i1', { text: 'a,b' }, never);
    readings.leave();
    expect(await readings.take('i1')).toBe('');
    await readings.keep();
    expect(calls).toEqual(['lookAtText i1 reading a,b']);
  });

  it('are kept as evidence instead when somebody says so', async () => {
    const { backend, calls } = fake();
    const readings = new Readings(backend);
    let kept = 0;
    await readings.offer('i1', { text: 'a,b' }, () => Promise.resolve(void (kept += 1)));
    await readings.keep();
    expect(kept).toBe(1);
    expect(readings.offered).toBeUndefined();
    expect(calls).toEqual(['lookAtText i1 reading a,b']);
  });

  it('are not offered where there are none', async () => {
    const { backend } = fake({ lookAtCSV: () => Promise.reject(new Error('line 1: no time')) });
    const readings = new Readings(backend);
    expect(await readings.offer('i1', { path: '/tmp/prices.csv' }, never)).toBe(false);
    expect(readings.offered).toBeUndefined();
  });
});

describe('a text that is pasted', () => {
  it('is taken for readings where every line has a time and a number', () => {
    for (const text of [
      'time,value\n2026-11-22 02:10,38\n2026-11-22 02:11,39',
      '2026-11-22T02:10:00Z;1,5\n2026-11-22T02:11:00Z;2,5',
      'time\tfails\n02:10\t4\n02:11\t5\n',
    ]) {
      expect(looksLikeReadings(text)).toBe(true);
    }
  });

  it('is none where it is prose, a log, or one line', () => {
    for (const text of [
      '',
      '2026-11-22 02:10,38',
      'First, we looked.\nThen, we waited.',
      '02:10 error in pool, retry\n02:11 error in pool, retry, retry',
    ]) {
      expect(looksLikeReadings(text)).toBe(false);
    }
  });
});

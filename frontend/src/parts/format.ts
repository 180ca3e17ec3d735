/** Words for times and numbers. Times are milliseconds since 1970; 0 is no time. */

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const shortDayWithYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "03:41", with the date where it is not of the same day as now. */
export function time(at: number, now: number): string {
  if (at === 0) return '';
  const day = dayBeside(at, now);
  return day === '' ? clock.format(at) : `${day}, ${clock.format(at)}`;
}

function dayBeside(at: number, now: number): string {
  const a = new Date(at);
  const b = new Date(now);
  if (a.toDateString() === b.toDateString()) return '';
  return a.getFullYear() === b.getFullYear() ? shortDay.format(at) : shortDayWithYear.format(at);
}

export const wallClock = (at: number): string => clockWithSeconds.format(at);

/** "Sunday 22 November 2026, 03:41" */
export const longTime = (at: number): string => `${longDay.format(at).replace(',', '')}, ${clock.format(at)}`;

/** How long, in one word and a number: "now", "12 min", "3 h", "2 days". */
export function span(duration: number): string {
  if (duration < MINUTE) return duration < 0 ? '0 min' : 'under 1 min';
  if (duration < 2 * HOUR) return `${Math.floor(duration / MINUTE)} min`;
  if (duration < 2 * DAY) return `${Math.floor(duration / HOUR)} h`;
  return `${Math.floor(duration / DAY)} days`;
}

/** How long ago: "just now", "12 min ago". */
export function ago(at: number, now: number): string {
  if (at === 0) return '';
  return now - at < MINUTE ? 'just now' : `${span(now - at)} ago`;
}

export interface ClockFace {
  /** "1:27", or "2 d 03:14" */
  main: string;
  /** ":09" */
  seconds: string;
}

/** A duration for the big clocks. From two days on, seconds tell nothing. */
export function clockFace(duration: number): ClockFace {
  const whole = Math.max(0, Math.floor(duration / SECOND));
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = whole % 60;
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  if (hours >= 48) {
    const days = Math.floor(hours / 24);
    return { main: `${days} d ${hours % 24} h`, seconds: '' };
  }
  return { main: `${hours}:${two(minutes)}`, seconds: `:${two(seconds)}` };
}

/** Minutes and seconds to go, "4:12"; beyond an hour in hours; "late" is the caller's word. */
export function countdown(duration: number): string {
  const whole = Math.floor(Math.abs(duration) / SECOND);
  if (whole >= 3600) return span(Math.abs(duration));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function number(value: number, unit: string): string {
  const digits = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (unit === '') return digits;
  return unit === '%' ? `${digits}%` : `${digits} ${unit}`;
}

export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Two letters that stand for a person. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

export const words = (state: string): string => state.replaceAll('_', ' ');

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** "SEV1" as it is said. */
export const severity = (sev: string): string => sev.replace(/^SEV(\d)$/, 'SEV $1');

/** How far a thread has fallen silent, in fractions of its rhythm: four steps that can be named aloud. */
export type Silence = 'heard' | 'quiet' | 'long' | 'silent';

export function silence(lastAt: number, rhythm: number, now: number): Silence {
  const share = (now - lastAt) / rhythm;
  if (share < 0.5) return 'heard';
  if (share <= 1) return 'quiet';
  return share <= 1.5 ? 'long' : 'silent';
}

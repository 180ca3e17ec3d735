/** Words for times and numbers. Times are milliseconds since 1970; 0 is no time. */

// Made by hand: the first use of Intl costs the start of the window some 20 ms, and says no more.
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (d: Date): string => `${two(d.getHours())}:${two(d.getMinutes())}`;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * "03:41", with the date where it is neither of the same day as now nor less than half a day away: "22 Nov, 03:41". Incidents
 * cross midnight, and nobody mistakes an hour that is so near.
 */
export function time(at: number, now: number): string {
  if (at === 0) return '';
  const then = new Date(at);
  const day = dayBeside(then, new Date(now));
  return day === '' || Math.abs(at - now) < DAY / 2 ? clock(then) : `${day}, ${clock(then)}`;
}

function dayBeside(then: Date, now: Date): string {
  const sameYear = then.getFullYear() === now.getFullYear();
  if (sameYear && then.getMonth() === now.getMonth() && then.getDate() === now.getDate()) return '';
  const day = `${then.getDate()} ${(months[then.getMonth()] ?? '').slice(0, 3)}`;
  return sameYear ? day : `${day} ${then.getFullYear()}`;
}

/** "03:41:09" */
export function wallClock(at: number): string {
  const d = new Date(at);
  return `${clock(d)}:${two(d.getSeconds())}`;
}

/** "Sunday 22 November 2026, 03:41" */
export function longTime(at: number): string {
  const d = new Date(at);
  return `${days[d.getDay()] ?? ''} ${d.getDate()} ${months[d.getMonth()] ?? ''} ${d.getFullYear()}, ${clock(d)}`;
}

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
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
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
  return (first + last).toUpperCase();
}

export const words = (state: string): string => state.replaceAll('_', ' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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

/** How large a file is: "48 kB", "1.2 MB". */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 1_000_000) return `${Math.round(n / 1000)} kB`;
  return `${(n / 1_000_000).toFixed(n < 10_000_000 ? 1 : 0)} MB`;
}

/** Until when an action is to be done, by how much it is over, or when it ended; "" where nothing was said. */
export function dueOf(action: { at: number; ended: boolean; overdue: boolean }, now: number): string {
  if (action.at === 0) return '';
  if (action.ended) return time(action.at, now);
  if (!action.overdue) return `by ${time(action.at, now)}`;
  return now - action.at < 60_000 ? 'due now' : `${span(now - action.at)} over`;
}

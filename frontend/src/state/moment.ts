/** Moments as people type them. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const units: Record<string, number> = { m: MINUTE, min: MINUTE, h: 60 * MINUTE, d: DAY };

/**
 * The past moment that a text names: "03:26" is the last time that it was so, "15 min ago", "2h", "22 Nov 03:26". Undefined
 * where it names none, or one that is still to come.
 */
export function pastMoment(text: string, now: number): number | undefined {
  const typed = text.trim().toLowerCase();
  const back = /^-?(\d{1,4})\s*(m|min|h|d)[a-z]*(\s+ago)?$/.exec(typed);
  const at = back ? now - Number(back[1]) * (units[back[2] ?? ''] ?? 0) : atTheClock(typed, now);
  return at === undefined || at > now ? undefined : at;
}

function atTheClock(typed: string, now: number): number | undefined {
  const parts = /^(?:(\d{1,2})\s+([a-z]{3})[a-z]*,?\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(typed);
  if (!parts) return undefined;
  const [, day, month, hours, minutes, seconds] = parts;
  const clock = [Number(hours), Number(minutes), Number(seconds ?? 0)] as const;
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return undefined;
  const today = new Date(now);
  if (day === undefined || month === undefined) {
    const at = new Date(today).setHours(...clock, 0);
    return at <= now ? at : new Date(today.setDate(today.getDate() - 1)).setHours(...clock, 0);
  }
  const of = months.indexOf(month);
  if (of < 0) return undefined;
  const thisYear = new Date(today.getFullYear(), of, Number(day), ...clock);
  if (thisYear.getMonth() !== of) return undefined;
  return thisYear.getTime() <= now ? thisYear.getTime() : thisYear.setFullYear(today.getFullYear() - 1);
}

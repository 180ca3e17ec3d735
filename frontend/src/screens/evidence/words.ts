/** Words for what is known of a file. */

export const kinds = [
  'screenshot',
  'graph',
  'log',
  'alert',
  'change',
  'test',
  'query',
  'message',
  'statement',
  'document',
  'report',
];

export const grades: Record<string, string> = {
  '': 'Not said',
  direct: 'Direct: it is the thing itself',
  second_hand: 'Second-hand: somebody passed it on',
  unknown: 'Of unknown origin',
};

export const relations: Record<string, string> = {
  supports: 'For',
  contradicts: 'Against',
  neutral: 'Neutral',
};

/** "20,000" */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A time as a field for it writes it, in the reader's zone: "2026-11-22T03:41". */
export function fieldTime(at: number): string {
  const d = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** Words for what is known of a file. */

/** What a file is, by its content. */
export const formats: Record<string, string> = {
  png: 'PNG picture',
  jpeg: 'JPEG picture',
  gif: 'GIF picture',
  webp: 'WebP picture',
  bmp: 'BMP picture',
  tiff: 'TIFF picture',
  svg: 'SVG drawing, read as text',
  html: 'Web page, read as text',
  pdf: 'PDF document',
  zip: 'ZIP archive',
  json: 'JSON, a text of data',
  csv: 'CSV, a table as text',
  log: 'Log',
  text: 'Text',
  binary: 'Of no kind that is known here',
};

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

/** By what way it came in. */
export const ways: Record<string, string> = {
  drop: 'dropped on the window',
  paste: 'pasted',
  dialog: 'chosen in a dialog',
  'command line': 'from the command line',
  typed: 'typed',
};

/** Where the time comes from at which it was observed. */
export const times: Record<string, string> = {
  metadata: 'from the file’s own metadata',
  'file time': 'when the file was last changed',
  arrival: 'when it came in; nothing better was known',
};

export const relations: Record<string, string> = {
  supports: 'For',
  contradicts: 'Against',
  neutral: 'Neutral',
};

const units = ['kB', 'MB', 'GB'];

/** "812 bytes", "1.4 MB (1,432,781 bytes)": exact, since custody is. */
export function bytes(n: number): string {
  const exact = `${grouped(n)} ${n === 1 ? 'byte' : 'bytes'}`;
  if (n < 1000) return exact;
  let size = n / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit] ?? ''} (${exact})`;
}

/** "20,000" */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A time as a field for it writes it, in the reader's zone: "2026-11-22T03:41". */
export function fieldTime(at: number): string {
  const d = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

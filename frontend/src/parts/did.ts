/** What a record did, in words: "reading.add" is "Reading added". A kind that this table lacks keeps its own name. */
export function did(kind: string): string {
  const [noun = '', verb = ''] = kind.split('.');
  const past = pasts[verb];
  return past === undefined ? kind : `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${past}`;
}

const pasts: Record<string, string> = {
  accept: 'accepted',
  add: 'added',
  answer: 'answered',
  ask: 'asked',
  change: 'changed',
  close: 'closed',
  declare: 'declared',
  decline: 'declined',
  drop: 'dropped',
  join: 'joined',
  leave: 'left',
  lift: 'lifted',
  link: 'linked',
  make: 'made',
  object: 'objected to',
  open: 'opened',
  readback: 'read back',
  ready: 'ready',
  recheck: 'checked again',
  redact: 'redacted',
  release: 'released',
  send: 'sent',
  set: 'set',
  strike: 'struck',
  take: 'taken',
  tick: 'ticked',
  verdict: 'judged',
  withdraw: 'withdrawn',
};

import { inspect } from 'node:util';

// One line a test, what went wrong where it went wrong, and a count at the end that a person or a program can read.
export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:diagnostic' && data.nesting > 0) yield `        ${data.message}\n`;
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (type === 'test:pass') {
      passed += 1;
      yield `ok      ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
    } else {
      failed += 1;
      const { error } = data.details;
      const cause = error.cause?.stack ? error.cause : error;
      yield `FAILED  ${data.name}\n${inspect(cause)}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}

import { findingsOf } from './findings';
import { catalogue } from '../../src/cli/catalogue';
import { Diagnostics, Finding } from 'cdk8s-fairway';

/** Values of the wrong type, as a program in JavaScript may pass them where a text is wanted. */
export const NO_TEXT: unknown[] = [null, 0, 1.34, NaN, true, {}, [], ['a'], Symbol('s'), 10n, () => 'a', Object.create(null)];

/** Texts that no name of Kubernetes is. */
export const NO_NAME: string[] = [
  '', ' ', '-', 'a-', '-a', 'A', 'ä', 'a_b', 'a.b', 'a/b', '../a', 'a b', 'a\n', '\n', '\u0000', 'a\u0000', '\u001b[31m', '\u202ea', '1a', '💥', 'a'.repeat(64),
  '${a}', '$(a)', '{{a}}', '%s', 'con', '__proto__', 'a'.repeat(100_000),
];

/** Values as rows of a table, each with a title that a terminal can show. */
export function titled<T>(values: T[]): Array<[title: string, value: T]> {
  return values.map((value, i) => {
    let text: string;
    try {
      text = JSON.stringify(value) ?? String(value);
    } catch {
      text = String(value);
    }
    return [`${i}: ${text.replace(/[^ -~]/g, c => `\\u${c.charCodeAt(0).toString(16)}`).slice(0, 60)}`, value];
  });
}

/** One finding of the code, that says where, what and what to write instead. Returns it. */
export function expectFinding(run: () => unknown, code: string, path?: string): Finding {
  const findings = findingsOf(run);
  expect(findings.map(finding => finding.code)).toEqual([code]);
  expectWellSaid(findings[0]);
  if (path !== undefined) {
    expect(findings[0].path).toBe(path);
  }
  return findings[0];
}

/** A message and a remedy that a person can read, whatever the value was. */
export function expectWellSaid({ message, remedy }: Finding): void {
  for (const text of [message, remedy]) {
    expect(text).toMatch(/^["A-Z][^]*[.?]$/);
    expect(text).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(text.length).toBeLessThan(1000);
  }
}

/** Every code that the library has. */
const KNOWN = catalogue().map(entry => entry.code);

/** Runs it, and fails for every error that is no finding. */
export function expectNoTypeError(run: () => unknown): void {
  try {
    run();
  } catch (e) {
    const findings = Diagnostics.findingsOf(e);
    if (findings.length === 0) {
      throw e;
    }
    for (const { code, message, remedy } of findings) {
      expect(KNOWN).toContain(code);
      expect(message + remedy).not.toMatch(/not a function|not iterable|Cannot read/);
    }
  }
}

/** Each property in turn with each value, and each value instead of them all. */
export function withEach(values: unknown[], names: string[], valid: Record<string, unknown>, use: (props: any) => unknown): void {
  for (const name of names) {
    for (const value of values) {
      expectNoTypeError(() => use({ ...valid, [name]: value }));
    }
  }
  values.forEach(value => expectNoTypeError(() => use(value)));
}

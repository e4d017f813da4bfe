import { Diagnostics, Finding } from 'cdk8s-fairway';

/** The findings of the error that a call throws. Fails the test when it throws nothing, or another error. */
export function findingsOf(run: () => unknown): Finding[] {
  let thrown: unknown;
  try {
    run();
  } catch (e) {
    thrown = e;
  }
  const findings = Diagnostics.findingsOf(thrown);
  if (findings.length === 0) {
    throw new Error(`expected findings, got ${thrown === undefined ? 'no error' : String((thrown as Error).stack)}`);
  }
  return findings;
}

/** The codes of findings, in their order. */
export function codes(findings: Finding[]): string[] {
  return findings.map(f => f.code);
}

/** The codes of what a call throws, each once; none where it throws nothing. Another error goes on. */
export function codesOf(make: () => unknown): string[] {
  try {
    make();
    return [];
  } catch (e) {
    const findings = Diagnostics.findingsOf(e);
    if (findings.length === 0) {
      throw e;
    }
    return [...new Set(codes(findings))];
  }
}

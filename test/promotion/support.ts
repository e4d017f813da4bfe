import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { expectWellSaid, NO_TEXT } from '../support/misuse';
import { Diagnostics, Finding } from 'cdk8s-fairway';

export function chartOf(namespace: string | undefined = 'shop'): Chart {
  return new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace });
}

/** What is written for the objects that are declared. */
export function synth(declare: (chart: Chart) => unknown): any[] {
  const chart = chartOf();
  declare(chart);
  return Testing.synth(chart);
}

/** What the checks say of what is declared, without those that cdk8s itself runs. */
export function found(declare: (chart: Chart) => unknown): Finding[] {
  const chart = chartOf();
  declare(chart);
  return findingsAt(chart);
}

/** What the checks say of the tree that an object is in. */
export function findingsAt({ node }: { node: any }): Finding[] {
  return (Diagnostics as any)._collect(node.root).filter((finding: Finding) => finding.code !== 'FW101');
}

/** An object of somebody else. */
export function object(chart: Chart, apiVersion: string, kind: string, name: string, metadata: any = {}): ApiObject {
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name, ...metadata } });
}

/** What a program in JavaScript may pass for anything. */
export const VALUES: any[] = [
  ...NO_TEXT, undefined, '', ' ', 'text', -1, 2 ** 60, [null], [undefined], [{}], { a: null }, { a: {} }, new Map(), new Date(0), '__proto__',
  JSON.parse('{"__proto__": "a"}'), { constructor: 'a' }, 'a'.repeat(100_000), '${{ ', '${{ outputs.x }}', { _toJson: () => ({}) },
];

/** Runs it, and fails for every error that is no finding of these codes. */
export function use(codes: RegExp, make: () => unknown): void {
  try {
    make();
  } catch (e: any) {
    if (!Array.isArray(e.findings)) {
      throw e;
    }
    expect(e.findings.map((finding: Finding) => finding.code)).toEqual([expect.stringMatching(codes)]);
    expectWellSaid(e.findings[0]);
  }
}

import { ChartOptions, ChartReconcileStrategy } from './chart-props';
import { at, bounded, range, relativePath } from './fields';
import * as messages from './messages';
import type { SourceReference } from './references';
import { checkVerification, verification } from './source-checks';
import { checkKind } from './tree-check';
import type { Finding } from '../../../core/diagnostics/finding';
import { At, Check, flag, listOf, made, oneOf } from '../../../core/shape';

/** A reference to a source of one of some kinds. */
export function sourceReference(kinds: string[]): Check {
  return (where: At, value: unknown) => {
    made('SourceReference', '_isSource')(where, value);
    checkKind(where, value as SourceReference, kinds);
  };
}

/** The fields of a chart. */
export const CHART: Record<string, Check> = {
  chart: bounded(2048),
  sourceRef: sourceReference(['HelmRepository', 'GitRepository', 'Bucket']),
  version: range,
  reconcileStrategy: oneOf(ChartReconcileStrategy),
  valuesFiles: listOf(relativePath),
  ignoreMissingValuesFiles: flag,
  verify: verification(),
};

/** Throws for fields of a chart that its source does not know: FW562, FW563. */
export function checkChart(path: string, kind: string, prefix: string, { sourceRef, version, verify, chart }: ChartOptions): void {
  const field = (name: string) => `${prefix}${name}`;
  if (sourceRef.kind !== 'HelmRepository') {
    relativePath({ ...at(path, kind), field: field('chart') }, chart);
    if (version !== undefined) {
      throw messages.idleField.error(path, { kind, field: field('version'), fault: `is not read for a chart of a ${sourceRef.kind}` });
    }
    if (verify !== undefined) {
      throw messages.refusedTogether.error(path, { kind, field: field('verify'), fault: 'is for a HelmRepository only' });
    }
  }
  if (verify !== undefined) {
    checkVerification(path, kind, verify);
  }
}

/** FW556. */
export function chartWarnings(path: string, kind: string, { sourceRef, version }: ChartOptions): Finding[] {
  const isMoving = sourceRef.kind === 'HelmRepository' && (version === undefined || /^\s*(\*|x|X|>=?\s*0(\.0){0,2})\s*$/.test(version));
  return isMoving ? [messages.movingReference.at(path, { kind, what: 'the newest version of its chart' })] : [];
}

import type { SourceReference } from './references';
import type { OciVerification } from './source-props';

/** When a chart is made anew. */
export enum ChartReconcileStrategy {
  /** When its version changes. */
  CHART_VERSION = 'ChartVersion',
  /** When its source changes: for charts in Git whose version nobody raises. */
  REVISION = 'Revision',
}

/** A chart and its version, as a HelmChart and a HelmRelease name it. */
export interface ChartOptions {
  /** The name of the chart in a HelmRepository, or its path in a GitRepository or a Bucket. */
  readonly chart: string;

  /** Where it is: a HelmRepository, a GitRepository or a Bucket. */
  readonly sourceRef: SourceReference;

  /**
   * The version or a range of versions, for a HelmRepository only. FW558 for what is no range.
   *
   * @default - the newest, which FW556 warns of
   */
  readonly version?: string;

  /**
   * When it is made anew.
   *
   * @default ChartReconcileStrategy.CHART_VERSION
   */
  readonly reconcileStrategy?: ChartReconcileStrategy;

  /**
   * Files of values in the source, later ones over earlier ones.
   *
   * @default - the values.yaml of the chart
   */
  readonly valuesFiles?: string[];

  /**
   * Whether files of values may be missing.
   *
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;

  /**
   * The signature that is demanded, for a HelmRepository of OCI.
   *
   * @default - none
   */
  readonly verify?: OciVerification;
}

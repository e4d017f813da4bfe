import type { ApiObjectMetadata } from 'cdk8s';
import type { ChartOptions } from './chart-props';
import type { HelmInstall, HelmRollback, HelmTest, HelmUninstall, HelmUpgrade } from './helm-release-actions';
import type { OptionalReference } from './kustomization-props';
import type { CommonMetadata, Dependency, DriftIgnore, HealthCheckExpression, ImageOverride, KubeConfig, KustomizePatch, SourceReference } from './references';

/** What is done about drift. */
export enum DriftDetectionMode {
  /** It is undone. */
  ENABLED = 'enabled',
  /** It is told. */
  WARN = 'warn',
  /** Nothing. */
  DISABLED = 'disabled',
}

/** Whether drift is looked for, and where it is left alone. */
export interface DriftDetection {
  /**
   * What is done about drift.
   *
   * @default DriftDetectionMode.ENABLED
   */
  readonly mode?: DriftDetectionMode;

  /**
   * Fields that are left alone.
   *
   * @default - none
   */
  readonly ignore?: DriftIgnore[];
}

/** How readiness is waited for. */
export enum WaitStrategy {
  /** By what Flux knows of kinds, and `healthCheckExprs`. */
  POLLER = 'poller',
  /** By what Helm 3 knew of kinds. */
  LEGACY = 'legacy',
}

/** What of the hooks is rendered afterwards. */
export enum PostRenderStrategy {
  /** Hooks are left out. */
  NO_HOOKS = 'nohooks',
  /** Hooks and objects together. */
  COMBINED = 'combined',
  /** Hooks and objects, each on their own. */
  SEPARATE = 'separate',
}

/** What is changed after Helm has rendered. */
export interface PostRenderer {
  /**
   * Patches.
   *
   * @default - none
   */
  readonly patches?: KustomizePatch[];

  /**
   * Images that are replaced.
   *
   * @default - none
   */
  readonly images?: ImageOverride[];
}

/** Where values come from. */
export interface ValuesReferenceOptions extends OptionalReference {
  /**
   * The key with the values.
   *
   * @default values.yaml
   */
  readonly valuesKey?: string;

  /**
   * The place in the values where the content of the key is put as one value: `database.password`.
   *
   * @default - the content is a whole YAML file of values
   */
  readonly targetPath?: string;

  /**
   * Whether the content is put at `targetPath` as it is, without reading commas and braces in it.
   *
   * @default false
   */
  readonly literal?: boolean;
}

/** A ConfigMap or a Secret with values, in the namespace of the HelmRelease. */
export class ValuesReference {
  /** A ConfigMap. */
  public static configMap(name: string, options?: ValuesReferenceOptions): ValuesReference {
    return new ValuesReference('ConfigMap', name, options);
  }

  /** A Secret. */
  public static secret(name: string, options?: ValuesReferenceOptions): ValuesReference {
    return new ValuesReference('Secret', name, options);
  }

  private constructor(
    /** The kind. */
    public readonly kind: string,
    /** The name. */
    public readonly name: string,
    /** @internal */
    public readonly _valuesOptions: ValuesReferenceOptions | undefined,
  ) {}

  /** @internal */
  public get _isValues(): boolean {
    return true;
  }

  /** @internal */
  public _toJson() {
    return { kind: this.kind, name: this.name, ...this._valuesOptions };
  }
}

/** The chart of a HelmRelease, from which Flux makes a HelmChart. */
export interface HelmChartTemplate extends ChartOptions {
  /**
   * How often the source is looked at.
   *
   * @default - `interval` of the HelmRelease
   */
  readonly interval?: string;

  /**
   * Labels and annotations of the HelmChart.
   *
   * @default - none
   */
  readonly metadata?: CommonMetadata;
}

/**
 * Properties of a `HelmRelease`. Exactly one of `chart` and `chartRef` is needed, else FW555 is thrown. Interval and drift detection are those that
 * Flux recommends for production (helm-controller docs/spec/v2/helmreleases.md, Recommended settings).
 */
export interface HelmReleaseProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The chart and its source.
   *
   * @default - `chartRef`
   */
  readonly chart?: HelmChartTemplate;

  /**
   * An OCIRepository, a HelmChart or an ExternalArtifact that is the chart.
   *
   * @default - `chart`
   */
  readonly chartRef?: SourceReference;

  /**
   * How often drift is looked for. Changes of the chart arrive at once.
   *
   * @default 30m
   */
  readonly interval?: string;

  /**
   * How long one step of Helm may take.
   *
   * @default 5m
   */
  readonly timeout?: string;

  /**
   * HelmReleases that must be ready before. A Kustomization cannot be named (FW574).
   *
   * @default - none
   */
  readonly dependsOn?: Dependency[];

  /**
   * Whether drift is looked for.
   *
   * @default - drift is undone
   */
  readonly driftDetection?: DriftDetection;

  /**
   * How the chart is installed.
   *
   * @default - a failure is tried three times again
   */
  readonly install?: HelmInstall;

  /**
   * How the release is upgraded.
   *
   * @default - a failure is undone and tried three times again; the last one is undone, too
   */
  readonly upgrade?: HelmUpgrade;

  /**
   * How the release goes back.
   *
   * @default - as Helm does
   */
  readonly rollback?: HelmRollback;

  /**
   * How the release is removed.
   *
   * @default - as Helm does
   */
  readonly uninstall?: HelmUninstall;

  /**
   * Whether tests of the chart run.
   *
   * @default - they do not
   */
  readonly test?: HelmTest;

  /**
   * Values. FW570 warns of what looks like a secret. A null, which takes a default of the chart away, is set with `addJsonPatch`: cdk8s prints none.
   *
   * @default - none
   */
  readonly values?: Record<string, any>;

  /**
   * ConfigMaps and Secrets with values; later ones go before earlier ones, and `values` before all.
   *
   * @default - none
   */
  readonly valuesFrom?: ValuesReference[];

  /**
   * What is changed after Helm has rendered, in that order.
   *
   * @default - nothing
   */
  readonly postRenderers?: PostRenderer[];

  /**
   * What of the hooks is rendered afterwards.
   *
   * @default PostRenderStrategy.COMBINED
   */
  readonly postRenderStrategy?: PostRenderStrategy;

  /**
   * How readiness is waited for.
   *
   * @default WaitStrategy.POLLER
   */
  readonly waitStrategy?: WaitStrategy;

  /**
   * How the health of custom resources is told. Read by the poller only, else FW563.
   *
   * @default - by their status conditions
   */
  readonly healthCheckExprs?: HealthCheckExpression[];

  /**
   * The name of the release, at most 53 characters.
   *
   * @default - the target namespace and the name
   */
  readonly releaseName?: string;

  /**
   * The namespace of the release.
   *
   * @default - that of the HelmRelease
   */
  readonly targetNamespace?: string;

  /**
   * The namespace that Helm keeps its history in.
   *
   * @default - that of the HelmRelease
   */
  readonly storageNamespace?: string;

  /**
   * How many releases are kept in the history; 0 for all.
   *
   * @default 5
   */
  readonly maxHistory?: number;

  /**
   * Whether one client is kept for all steps; not for charts that make a definition and use it in one hook.
   *
   * @default true
   */
  readonly persistentClient?: boolean;

  /**
   * The service account that everything is applied by.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * Another cluster that the chart is installed in.
   *
   * @default - this cluster
   */
  readonly kubeConfig?: KubeConfig;

  /**
   * Labels and annotations of all objects.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

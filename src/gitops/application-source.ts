import * as semver from 'semver';
import * as messages from './messages';
import { copied } from '../core/copied';
import { isMap, unprintableKey } from '../core/metadata';

/** A Helm chart. */
export interface HelmChartOptions {
  /** The repository: `https://charts.example.com`, or `oci://ghcr.io/acme/charts` for a registry. */
  readonly repository: string;

  /** The name of the chart: `ingress-nginx`. */
  readonly chart: string;

  /** Its version, exactly: `4.13.2`. A range would install what nobody has reviewed. */
  readonly version: string;

  /**
   * Values, over those of the chart. Secrets do not belong here: they would stand in the repository.
   *
   * @default - those of the chart
   */
  readonly values?: any;

  /**
   * The name of the release.
   *
   * @default - the name of the application
   */
  readonly releaseName?: string;

  /**
   * Leave out the custom resource definitions in the folder `crds` of the chart.
   *
   * @default false
   */
  readonly skipCrds?: boolean;
}

/** A folder of a Git repository. */
export interface GitFolderOptions {
  /**
   * The repository.
   *
   * @default - that of the platform
   */
  readonly repository?: string;

  /** The folder, seen from the root of the repository: `deploy/overlays/prod`. */
  readonly path: string;

  /**
   * A tag or a full commit. A branch moves without review, and is a warning (FW581).
   *
   * @default - for the repository of the platform, what the engine follows; another repository needs one
   */
  readonly revision?: string;
}

/** Manifests in a registry, as an OCI artifact. */
export interface OciArtifactOptions {
  /** The repository of the artifact: `oci://ghcr.io/acme/manifests`. */
  readonly repository: string;

  /** A digest, `sha256:…`, or a tag that is a full version, `1.4.2`. */
  readonly revision: string;

  /**
   * The folder in the artifact.
   *
   * @default '.'
   */
  readonly path?: string;
}

/**
 * A source with every default settled: plain data, from which an engine makes its resources.
 *
 * @internal
 */
export type SourcePlan =
  /** What this synth renders, as a folder of the platform's repository. */
  | { readonly kind: 'rendered'; readonly path: string }
  | {
    readonly kind: 'helm';
    readonly repository: string;
    readonly chart: string;
    readonly version: string;
    readonly values?: any;
    readonly releaseName?: string;
    readonly skipCrds: boolean;
  }
  | { readonly kind: 'kustomize' | 'directory'; readonly repository?: string; readonly path: string; readonly revision?: string }
  | { readonly kind: 'oci'; readonly repository: string; readonly revision: string; readonly path: string };

/** Where an application comes from. */
export class ApplicationSource {
  /**
   * A Helm chart, at an exact version.
   *
   * @param options the chart. Throws FW580 for what is no chart, FW581 for a version that is no exact one
   */
  public static helm(options: HelmChartOptions): ApplicationSource {
    const { repository, chart, version, values, releaseName, skipCrds = false } = options ?? {} as HelmChartOptions;
    checkUrl('repository of a chart', repository, ['https:', 'oci:']);
    if (typeof chart !== 'string' || !/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(chart)) {
      throw refuse('name of a chart', chart, 'is no name of a chart');
    }
    checkValues(values);
    if (releaseName !== undefined && !(typeof releaseName === 'string' && /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/.test(releaseName))) {
      throw refuse('name of a release', releaseName, 'is no DNS label of at most 53 characters'); // helm pkg/chartutil/validate_name.go
    }
    checkFlag('skipCrds', skipCrds);
    return new ApplicationSource({ kind: 'helm', repository, chart, version: checkVersion(version), values: copied(values, 32), releaseName, skipCrds });
  }

  /**
   * A folder of a Git repository with a `kustomization.yaml`.
   *
   * @param options the folder. Throws FW580 for what is none
   */
  public static kustomize(options: GitFolderOptions): ApplicationSource {
    return new ApplicationSource({ kind: 'kustomize', ...gitFolder(options) });
  }

  /**
   * A folder of a Git repository with plain manifests.
   *
   * @param options the folder. Throws FW580 for what is none
   */
  public static directory(options: GitFolderOptions): ApplicationSource {
    return new ApplicationSource({ kind: 'directory', ...gitFolder(options) });
  }

  /**
   * Manifests as an OCI artifact.
   *
   * @param options the artifact. Throws FW580 for what is none, FW581 for a tag that is no full version
   */
  public static oci(options: OciArtifactOptions): ApplicationSource {
    const { repository, revision, path = '.' } = options ?? {} as OciArtifactOptions;
    checkUrl('repository of an artifact', repository, ['oci:']);
    checkPath(path);
    return new ApplicationSource({ kind: 'oci', repository, revision: checkArtifact(revision), path });
  }

  /** @internal */
  public readonly _plan: Exclude<SourcePlan, { kind: 'rendered' }>;

  private constructor(plan: Exclude<SourcePlan, { kind: 'rendered' }>) {
    this._plan = plan;
  }

  /**
   * The same source at another version, or with more values.
   *
   * @internal
   */
  public _with(revision: string | undefined, values: any): ApplicationSource {
    const plan = this._plan;
    if (plan.kind === 'helm') {
      checkValues(values);
      return new ApplicationSource({
        ...plan,
        version: revision === undefined ? plan.version : checkVersion(revision),
        values: values === undefined ? plan.values : merged(plan.values ?? {}, copied(values, 32)),
      });
    }
    if (values !== undefined) {
      throw refuse('override', values, 'has values for what is no Helm chart');
    }
    if (revision === undefined) {
      return this;
    }
    return new ApplicationSource(plan.kind === 'oci' ? { ...plan, revision: checkArtifact(revision) } : { ...plan, revision: checkRevision(revision) });
  }
}

const refuse = (what: string, value: unknown, fault: string) => messages.invalidApplication.error('', { what, value, fault });

function gitFolder(options: GitFolderOptions) {
  const { repository, path, revision } = options ?? {} as GitFolderOptions;
  if (repository !== undefined && !isRepository(repository)) {
    throw refuse('repository', repository, 'is no URL of one repository, or has credentials in it');
  }
  checkPath(path);
  if (revision === undefined && repository !== undefined) {
    throw refuse('revision', revision, 'is not given for a repository that is not that of the platform');
  }
  return { repository, path, revision: revision === undefined ? undefined : checkRevision(revision) };
}

/** Whether a text names one repository that a GitOps engine can follow, without credentials. */
export function isRepository(repository: string): boolean {
  if (typeof repository !== 'string' || /[\s*?[\]{}!\\\p{C}]/u.test(repository)) {
    return false; // a project of Argo CD reads it as a glob
  }
  if (/^[\w.-]+@[\w.-]+:[\w./~-]+$/.test(repository)) {
    return true;
  }
  return isLocation(repository, ['https:', 'ssh:', 'oci:']) && new URL(repository).pathname.length > 1;
}

/** Whether a text is a URL of certain protocols without credentials, query and fragment. */
function isLocation(text: unknown, protocols: string[]): boolean {
  const url = typeof text === 'string' && !/[\s*?[\]{}!\\\p{C}]/u.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && url.hostname !== '' && protocols.includes(url.protocol)
    && !url.password && (url.protocol === 'ssh:' || !url.username) && !url.search && !url.hash;
}

function checkUrl(what: string, value: unknown, protocols: string[]): void {
  if (!isLocation(value, protocols)) {
    throw refuse(what, value, `is no URL that begins with ${protocols.map(protocol => `${protocol}//`).join(' or ')}, without credentials`);
  }
}

function checkPath(path: unknown): void {
  if (typeof path !== 'string' || path === '' || /^\/|(^|\/)\.\.(\/|$)|[\p{C}\\*?]/u.test(path)) {
    throw refuse('path', path, 'is no folder inside the repository');
  }
}

function checkFlag(what: string, value: unknown): void {
  if (typeof value !== 'boolean') {
    throw refuse(what, value, 'is neither true nor false');
  }
}

function checkValues(values: unknown): void {
  if (values === undefined) {
    return;
  }
  if (!isMap(values)) {
    throw refuse('values', values, 'are no map');
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(values);
  } catch {
    throw refuse('values', '…', 'are no plain data');
  }
  const key = unprintableKey(values);
  if (key !== undefined || text === undefined) {
    throw refuse('values', key, 'have a key that cannot be printed');
  }
}

function checkVersion(version: unknown): string {
  // Charts may carry a leading v (helm uses Masterminds/semver, which accepts it); ranges begin with an operator or leave out parts.
  if (!isVersion(version)) {
    throw messages.unpinnedSource.error('', { what: 'version of a chart', value: version });
  }
  return version as string;
}

/** One version in full. The package also takes `=1.2.3`, and spaces around. */
function isVersion(text: unknown): boolean {
  return typeof text === 'string' && /^v?\d/.test(text) && !/\s/.test(text) && semver.valid(text) !== null;
}

function checkArtifact(revision: unknown): string {
  if (typeof revision !== 'string' || !(/^sha256:[a-f0-9]{64}$/.test(revision) || isVersion(revision))) {
    throw messages.unpinnedSource.error('', { what: 'revision of an artifact', value: revision });
  }
  return revision;
}

function checkRevision(revision: unknown): string {
  if (typeof revision !== 'string' || !/^[^\s\p{C}~^:?*[\\]+$/u.test(revision)) {
    throw refuse('revision', revision, 'is no tag or commit');
  }
  return revision;
}

/** Maps are merged, everything else is replaced: as Helm does with several values files. */
function merged(base: any, over: any): any {
  if (!isMap(base) || !isMap(over)) {
    return over;
  }
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  const valueOf = (key: string) => Object.hasOwn(base, key) ? merged(base[key], over[key]) : over[key];
  return Object.fromEntries(keys.map(key => [key, Object.hasOwn(over, key) ? valueOf(key) : base[key]]));
}

import type { OwnershipManifest } from '../core/files/manifest';

/** Where files belong that belong to no environment. */
export enum Place {
  /** Kubernetes objects beside the environments. */
  PLATFORM = 'platform',
  /** Files for other tools: workflows, a Jenkinsfile, a catalog. */
  REPOSITORY = 'repository',
}

/** The files of one workload in one environment, or of one place. */
export interface FileGroup {
  readonly environment?: string;
  readonly workload?: string;
  /** Set when there is no environment. */
  readonly place?: Place;
  readonly files: string[];
}

/** The files of a platform by environment and workload, what belongs to no environment last. */
export function groupFiles(manifest: OwnershipManifest): FileGroup[] {
  const groups = new Map<string, FileGroup>();
  for (const [file, owned] of manifest.files) {
    const environment = name(owned.environment);
    const workload = name(owned.workload);
    const place = environment !== undefined ? undefined : isManifest(file) ? Place.PLATFORM : Place.REPOSITORY;
    const key = JSON.stringify([environment ?? null, place ?? null, workload ?? null]);
    const group = groups.get(key) ?? { environment, workload, place, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }
  const order = (g: FileGroup) => [g.place ?? '', g.environment ?? '', g.workload ?? ''];
  return [...groups.values()].sort((a, b) => compareParts(order(a), order(b)));
}

/** How many objects of each kind there are, as the file names `Kind.name.k8s.yaml` say. */
export function kindsOf(files: string[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const file of files) {
    const kind = /(?:^|\/)([A-Z][A-Za-z0-9]*)\.[^/]+\.ya?ml$/.exec(file)?.[1];
    if (kind !== undefined) {
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => a < b ? -1 : 1));
}

/** The extension that cdk8s gives to Kubernetes manifests, unless it is told another. */
function isManifest(file: string): boolean {
  return /\.k8s\.ya?ml$/.test(file);
}

/** A name as the manifest has it; whatever else stands there counts as none. */
function name(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function compareParts(a: string[], b: string[]): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return a[i] < b[i] ? -1 : 1;
    }
  }
  return 0;
}

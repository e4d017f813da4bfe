import { ConfigFiles } from './config-files';
import { ContainerProps } from './container-props';
import { RESTRICTED } from './defaults';
import type { ConfigMapPlan, MountPlan, VolumePlan } from './plan';
import { Volume } from './volume';
import { copied } from '../core/copied';

type Mounted = Pick<ContainerProps, 'writablePaths' | 'config' | 'secrets' | 'volumes'>;

/** The volumes of a pod, with names that are given as containers mount them. One object is one volume. */
export class PodVolumes {
  private readonly bySource = new Map<Volume, VolumePlan>();
  private readonly taken = new Set<string>();
  private readonly maps = new Map<string, ConfigMapPlan>();

  /** @param workload the name of the workload, from which the names of its ConfigMaps are made */
  public constructor(private readonly workload: string) {}

  /** In the order in which they were mounted first. */
  public get volumes(): VolumePlan[] {
    return [...this.bySource.values()];
  }

  public get configMaps(): ConfigMapPlan[] {
    return [...this.maps.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /**
   * What a container mounts, by path.
   *
   * @param prefix what the names of volumes begin with that only this container has
   */
  public mount(mounted: Mounted, prefix: string): MountPlan[] {
    return Object.entries(sourcesOf(mounted)).sort(([a], [b]) => a < b ? -1 : 1).map(([path, volume]) => ({
      path,
      volume: this.nameOf(volume, `${prefix}${volumeName(path)}`),
      readOnly: volume._facts.readOnly === true,
    }));
  }

  /** A name that no volume has yet. Names of paths that give the same, as `/a/b` and `/a-b`, are numbered. */
  public reserve(wanted: string): string {
    const name = wanted.slice(0, 58).replace(/-$/, '');
    let free = name;
    for (let i = 2; this.taken.has(free); i++) {
      free = `${name}-${i}`;
    }
    this.taken.add(free);
    return free;
  }

  private nameOf(volume: Volume, wanted: string): string {
    const same = volume instanceof ConfigFiles
      ? [...this.bySource].find(([other]) => other instanceof ConfigFiles && other._configMapName('') === volume._configMapName(''))?.[1]
      : this.bySource.get(volume);
    if (same) {
      return same.name;
    }
    const plan = { name: this.reserve(wanted), source: copied(volume._source(this.workload), 10) };
    this.bySource.set(volume, plan);
    if (volume instanceof ConfigFiles) {
      const name = volume._configMapName(this.workload);
      this.maps.set(name, { name, ...volume._data() });
    }
    return plan.name;
  }
}

/** Everything that a container mounts, by path; `/tmp` always. */
export function sourcesOf({ writablePaths, config, secrets, volumes }: Mounted): Record<string, Volume> {
  const sizes = { [RESTRICTED.temporaryFolder]: RESTRICTED.temporaryFolderSize, ...writablePaths };
  const folders = Object.entries(sizes).map(([path, size]) => [path, Volume.folder(size)]);
  return { ...Object.fromEntries(folders), ...config, ...secrets, ...volumes };
}

/** A DNS label from a path, short enough for a number after it. */
export function volumeName(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(1, 59).replace(/-$/, '') || 'folder';
}

import type { Workload } from './workload';
import type { Platform } from '../core/platform';

const GRAPHS = new WeakMap<Platform, WorkloadGraph>();

/** Who calls whom, and who must be there first: the workloads of a platform as a graph. */
export class WorkloadGraph {
  /** The graph of a platform; it grows with each workload that is declared. */
  public static of(platform: Platform): WorkloadGraph {
    const graph = GRAPHS.get(platform) ?? new WorkloadGraph();
    GRAPHS.set(platform, graph);
    return graph;
  }

  private readonly byName = new Map<string, Workload>();
  private readonly neighbours = new Set<string>();
  private edges?: { readonly callers: Map<Workload, Workload[]>; readonly callees: Map<Workload, Workload[]> };

  private constructor() {}

  /** The workloads in the order in which they were declared. */
  public get workloads(): Workload[] {
    return [...this.byName.values()];
  }

  /** Their names. */
  public get names(): string[] {
    return [...this.byName.keys()];
  }

  public add(workload: Workload): void {
    this.byName.set(workload.name, workload);
    this.edges = undefined;
  }

  /** Something else that workloads may depend on, such as an application: its order is the matter of whoever deploys it. */
  public addNeighbour(name: string): void {
    this.neighbours.add(name);
  }

  public hasNeighbour(name: string): boolean {
    return this.neighbours.has(name);
  }

  public tryFind(name: string): Workload | undefined {
    return this.byName.get(name);
  }

  /** The workloads that may call a workload, by name. */
  public callersOf(workload: Workload): Workload[] {
    return this.resolved().callers.get(workload) ?? [];
  }

  /** The workloads that a workload may call, by name. */
  public calleesOf(workload: Workload): Workload[] {
    return this.resolved().callees.get(workload) ?? [];
  }

  /**
   * The workloads in waves: those that depend on nothing first, then those that depend on them.
   * Only dependencies that hold for a selection of workloads count. What stands in a ring, or
   * behind one, is in no wave.
   */
  public waves(isSelected: (workload: Workload) => boolean): Map<Workload, number> {
    const waves = new Map<Workload, number>();
    const open = new Map<Workload, number>();
    const dependents = new Map<Workload, Workload[]>();
    const selected = this.workloads.filter(isSelected);
    for (const workload of selected) {
      const before = [...new Set(workload.dependsOn)].flatMap(name => this.tryFind(name) ?? []).filter(isSelected);
      open.set(workload, before.length);
      before.forEach(dependency => push(dependents, dependency, workload));
    }
    let wave = selected.filter(workload => open.get(workload) === 0);
    for (let number = 0; wave.length > 0; number++) {
      wave.forEach(workload => waves.set(workload, number));
      const next = wave.flatMap(workload => dependents.get(workload) ?? []);
      next.forEach(workload => open.set(workload, open.get(workload)! - 1));
      wave = [...new Set(next)].filter(workload => open.get(workload) === 0);
    }
    return waves;
  }

  /** The rings of dependencies, each from the workload that was declared first and back to it. */
  public rings(): Workload[][] {
    const waves = this.waves(() => true);
    const suspects = this.workloads.filter(workload => !waves.has(workload));
    return suspects.flatMap((first, i) => {
      const ring = this.shortestWay(first, first, new Set(suspects.slice(i)));
      return ring ? [[first, ...ring]] : [];
    });
  }

  /** The shortest way from what a workload depends on to another, through the given workloads alone. */
  private shortestWay(from: Workload, to: Workload, through: Set<Workload>): Workload[] | undefined {
    const ways = new Map<Workload, Workload[]>([[from, []]]);
    for (const [workload, way] of ways) { // grows while it is walked
      for (const next of workload.dependsOn.flatMap(name => this.tryFind(name) ?? [])) {
        if (next === to) {
          return [...way, next];
        }
        if (through.has(next) && !ways.has(next)) {
          ways.set(next, [...way, next]);
        }
      }
    }
    return undefined;
  }

  private resolved() {
    if (!this.edges) {
      const callers = new Map<Workload, Workload[]>();
      const callees = new Map<Workload, Workload[]>();
      const connect = (caller: Workload | undefined, callee: Workload | undefined) => {
        if (caller && callee && !callees.get(caller)?.includes(callee)) {
          push(callers, callee, caller);
          push(callees, caller, callee);
        }
      };
      for (const workload of this.byName.values()) {
        workload.dependsOn.forEach(name => connect(workload, this.tryFind(name)));
        workload._accepted().forEach(name => connect(this.tryFind(name), workload));
      }
      const byName = (a: Workload, b: Workload) => a.name < b.name ? -1 : 1;
      [...callers.values(), ...callees.values()].forEach(workloads => workloads.sort(byName));
      this.edges = { callers, callees };
    }
    return this.edges;
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

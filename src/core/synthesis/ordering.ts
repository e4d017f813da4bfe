import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * The order in which charts, and the objects of each chart, are printed.
 *
 * The order is that of `cdk8s.App.synth()`: depth first over the dependencies, dependencies before
 * dependants, otherwise in the order of the tree (cdk8s `src/dependency.ts` and `resolveDependencies`
 * in `src/app.ts`). There, a dependency between two charts becomes one edge for each pair of their
 * objects; here those edges stay implicit, so that the work is linear: every construct has one
 * vertex for what its objects depend on, every target one vertex for its objects.
 */
export class Ordering {
  /** Whether some chart depends on another, which makes cdk8s number the files. */
  public readonly hasDependentCharts: boolean;

  /** Everything in the tree, in its order. */
  public readonly constructs: IConstruct[];

  private readonly dependencies = new Map<IConstruct, IConstruct[]>();
  private readonly charts = new Map<IConstruct, Chart | undefined>();
  /** The objects of each chart itself, in the order of the tree. */
  private readonly objects = new Map<Chart, ApiObject[]>();
  /** Constructs with a dependency at or below them. */
  private readonly dependentBelow = new Set<IConstruct>();
  private readonly objectsBelow = new Map<IConstruct, ApiObject[]>();
  private readonly chartEdges = new Map<IConstruct, Set<IConstruct>>();

  public constructor(private readonly root: IConstruct) {
    this.constructs = root.node.findAll();
    for (const construct of this.constructs) {
      const chart = Chart.isChart(construct) ? construct : this.chartOf(construct.node.scope);
      this.charts.set(construct, chart);
      if (chart === construct) {
        this.objects.set(chart, []);
      } else if (chart && ApiObject.isApiObject(construct)) {
        this.objects.get(chart)!.push(construct);
      }
      const dependencies = construct.node.dependencies;
      if (dependencies.length > 0) {
        this.dependencies.set(construct, dependencies);
        construct.node.scopes.forEach(scope => this.dependentBelow.add(scope));
      }
    }
    this.hasDependentCharts = this.deriveChartEdges();
  }

  /** Dependencies with an end that is in no chart, where a dependency means nothing. */
  public outsideCharts(): Array<{ source: IConstruct; target: IConstruct }> {
    return [...this.dependencies].flatMap(([source, targets]) => targets
      .filter(target => !this.charts.get(source) || !this.charts.get(target))
      .map(target => ({ source, target })));
  }

  /** All charts, dependencies first. Throws `DependencyCycle`. */
  public sortedCharts(): Chart[] {
    const hasEdges = this.dependencies.size > 0 || this.chartEdges.size > 0;
    return (hasEdges ? this.topology(this.root, this.constructs) : inVertexOrder(this.constructs)).filter(c => Chart.isChart(c));
  }

  /** The objects of one chart without those of the charts inside it, dependencies first. Throws `DependencyCycle`. */
  public sortedObjects(chart: Chart): ApiObject[] {
    if (!this.dependentBelow.has(chart)) {
      return this.objects.get(chart) ?? []; // most charts have no dependency inside: then the order is that of the tree
    }
    return this.topology(chart, chart.node.findAll()).filter((c): c is ApiObject => ApiObject.isApiObject(c) && this.charts.get(c) === chart);
  }

  private chartOf(construct: IConstruct | undefined): Chart | undefined {
    return construct && this.charts.get(construct);
  }

  /** A chart depends on the charts directly inside it, and on every chart that something in it depends on. */
  private deriveChartEdges(): boolean {
    let found = false;
    const edge = (from: Chart, to: Chart) => {
      this.chartEdges.set(from, (this.chartEdges.get(from) ?? new Set()).add(to));
      found = true;
    };
    for (const construct of this.constructs) {
      if (Chart.isChart(construct)) {
        construct.node.children.filter(c => Chart.isChart(c)).forEach(inner => edge(construct, inner));
      }
    }
    for (const [source, targets] of this.dependencies) {
      const from = this.charts.get(source);
      for (const target of targets) {
        const to = this.charts.get(target);
        if (from && to && from !== to) {
          edge(from, to);
        }
      }
    }
    return found;
  }

  /** The objects below a construct that stand in the construct's own chart, in tree order. */
  private targetObjects(target: IConstruct): ApiObject[] {
    let objects = this.objectsBelow.get(target);
    if (!objects) {
      const chart = this.charts.get(target);
      objects = target.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && this.charts.get(c) === chart);
      this.objectsBelow.set(target, objects);
    }
    return objects;
  }

  /** What a construct itself depends on: what the user said, then what follows for charts. */
  private directTargets(construct: IConstruct): IConstruct[] {
    const derived = this.chartEdges.get(construct);
    const direct = this.dependencies.get(construct) ?? [];
    return derived ? [...new Set([...direct, ...derived])] : direct;
  }

  /** The constructs whose dependencies an object shares: itself and what is around it, up to its chart. */
  private sharedSources(object: ApiObject): IConstruct[] {
    const chart = this.charts.get(object);
    const sources: IConstruct[] = [];
    for (let c: IConstruct | undefined = object; c; c = c.node.scope) {
      if (this.dependencies.has(c) || this.chartEdges.has(c)) {
        sources.unshift(c);
      }
      if (c === chart) {
        break;
      }
    }
    return sources;
  }

  private topology(scope: IConstruct, below: IConstruct[]): IConstruct[] {
    const inScope = scope === this.root ? this.charts : new Set(below);
    const targetsOf = (c: IConstruct) => this.directTargets(c).filter(t => inScope.has(t));

    const shared = new Map<IConstruct, ApiObject[]>();
    const sharedTargets = (source: IConstruct): ApiObject[] => {
      let targets = shared.get(source);
      if (!targets) {
        targets = [...new Set(this.directTargets(source).flatMap(t => this.targetObjects(t)))].filter(t => inScope.has(t));
        shared.set(source, targets);
      }
      return targets;
    };

    const walk = new DepthFirstWalk({
      targets: targetsOf,
      groups: c => ApiObject.isApiObject(c) ? this.sharedSources(c) : [],
      groupTargets: sharedTargets,
    });
    const dependedOn = this.dependedOn(below, targetsOf, sharedTargets);
    inVertexOrder(below).filter(c => !dependedOn.has(c)).forEach(c => walk.from(c));
    // Whatever is left has something left that depends on it: walking from it finds the ring.
    below.filter(c => !walk.visited(c)).forEach(c => walk.from(c));
    return walk.finished;
  }

  private dependedOn(
    below: IConstruct[],
    targetsOf: (c: IConstruct) => IConstruct[],
    sharedTargets: (c: IConstruct) => ApiObject[],
  ): Set<IConstruct> {
    const found = new Set<IConstruct>();
    for (const construct of below) {
      if (!this.dependencies.has(construct) && !this.chartEdges.has(construct)) {
        continue;
      }
      targetsOf(construct).forEach(t => found.add(t));
      const sources = this.targetObjects(construct);
      sharedTargets(construct)
        .filter(target => sources.some((source, i) => i < 2 && source !== target)) // no object depends on itself
        .forEach(target => found.add(target));
    }
    return found;
  }
}

interface Edges {
  /** What a construct depends on itself. */
  targets(construct: IConstruct): IConstruct[];
  /** The sources whose dependencies a construct shares. */
  groups(construct: IConstruct): IConstruct[];
  /** What every construct that shares a source depends on, but for itself. */
  groupTargets(source: IConstruct): IConstruct[];
}

/** One open construct or group of the walk, with what is still to be visited below it. */
interface Frame {
  readonly construct?: IConstruct;
  readonly next: Iterator<IConstruct | { source: IConstruct; from: IConstruct }>;
  close(): void;
}

/** A depth-first walk with a stack of its own: a chain of ten thousand charts must not overflow. */
class DepthFirstWalk {
  public readonly finished: IConstruct[] = [];
  private readonly state = new Map<IConstruct, 'open' | 'done'>();
  private readonly doneGroups = new Set<IConstruct>();
  private readonly stack: Frame[] = [];

  public constructor(private readonly edges: Edges) {}

  public visited(construct: IConstruct): boolean {
    return this.state.has(construct);
  }

  /** Walks from a construct; everything reached is finished, dependencies first. */
  public from(construct: IConstruct): void {
    this.open(construct);
    while (this.stack.length > 0) {
      const frame = this.stack[this.stack.length - 1];
      const { value, done } = frame.next.next();
      if (done) {
        this.stack.pop();
        frame.close();
      } else if ('source' in value) {
        this.openGroup(value.source, value.from);
      } else {
        this.open(value);
      }
    }
  }

  private open(construct: IConstruct): void {
    const state = this.state.get(construct);
    if (state === 'open') {
      const path = this.stack.flatMap(frame => frame.construct ?? []);
      throw new DependencyCycle([...path.slice(path.indexOf(construct)), construct]);
    }
    if (state === 'done') {
      return;
    }
    this.state.set(construct, 'open');
    const children = [
      ...this.edges.targets(construct),
      ...this.edges.groups(construct).map(source => ({ source, from: construct })),
    ];
    this.stack.push({
      construct,
      next: children.values(),
      close: () => {
        this.state.set(construct, 'done');
        this.finished.push(construct);
      },
    });
  }

  private openGroup(source: IConstruct, from: IConstruct): void {
    if (this.doneGroups.has(source)) {
      return;
    }
    const targets = this.edges.groupTargets(source);
    const others = targets.filter(target => target !== from);
    const isWhole = others.length === targets.length;
    this.stack.push({
      next: others.values(),
      close: () => isWhole && this.doneGroups.add(source),
    });
  }
}

/** Constructs that depend on each other in a ring, the first one again at the end. */
export class DependencyCycle extends Error {
  public constructor(public readonly ring: IConstruct[]) {
    super(ring.map(c => c.node.path).join(' => '));
  }
}

/**
 * cdk8s keeps its vertices in a plain object under their path: paths that look like an array index
 * come first, in numeric order, then all others in the order of the tree.
 */
function inVertexOrder(constructs: IConstruct[]): IConstruct[] {
  const isIndex = (c: IConstruct) => /^(0|[1-9]\d{0,9})$/.test(c.node.path) && Number(c.node.path) < 2 ** 32 - 1;
  const indexes = constructs.filter(isIndex);
  if (indexes.length === 0) {
    return constructs;
  }
  return [...indexes.sort((a, b) => Number(a.node.path) - Number(b.node.path)), ...constructs.filter(c => !isIndex(c))];
}

import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdk8s';
import { Diagnostics } from '../diagnostics/diagnostics';
import { FairwayError } from '../diagnostics/fairway-error';
import { Finding, Severity } from '../diagnostics/finding';
import { manifestPath, OwnershipManifest, readManifest } from '../files/manifest';
import { FilePlan, OwnershipPlanner } from '../files/ownership';
import { checkPaths, PlannedFile } from '../files/paths';
import { FileWriter, WriteResult } from '../files/writer';
import { FolderChart } from '../folder-chart';
import { Host, isInside } from '../host';
import * as messages from '../messages';
import type { Progress } from '../progress';
import { RepositoryFile } from '../repository-file';
import { layOut, ManifestFile, ResolvedChart } from './layout';
import { DependencyCycle, Ordering } from './ordering';
import { ManifestResolver } from './resolve';
import { YamlPrinter } from './yaml-printer';

/** What a synth needs to know of its platform. */
export interface SynthesisContext {
  readonly app: App;
  readonly platformName: string;
  /** The root of the user's repository, absolute. */
  readonly root: string;
  readonly publishedPath: string;
  readonly host: Host;
  readonly progress: Progress;
  /** Runs a phase and adds its time to the account. */
  readonly timed: <T>(phase: string, run: () => T) => T;
}

/** A folder that files are written to, each with an ownership manifest of its own. */
interface Destination {
  readonly base: string;
  readonly files: PlannedFile[];
}

/** The plan for one destination, with what it needs to be carried out. */
interface PlannedDestination extends Destination {
  readonly owned: OwnershipManifest;
  readonly plan: FilePlan;
}

/** Check, then write: one pass over the tree, every chart resolved and printed once. */
export class Synthesis {
  public readonly findings: Finding[] = [];
  public objects = 0;
  public charts = 0;

  private readonly ordering: Ordering;

  public constructor(private readonly context: SynthesisContext) {
    this.findings.push(...context.timed('check', () => Diagnostics._collect(context.app)));
    this.ordering = context.timed('check', () => new Ordering(context.app));
    for (const { source, target } of this.ordering.outsideCharts()) {
      this.findings.push(messages.dependencyOutsideChart.at(source, { source: source.node.path, target: target.node.path }));
    }
  }

  /** All charts with their objects, in the order in which they are printed. Throws what is found. */
  public resolve(): ResolvedChart[] {
    this.throwErrors();
    return this.context.timed('resolve', () => {
      const resolved = this.resolveCharts();
      this.throwErrors();
      return resolved;
    });
  }

  /** Everything that is to be written, compared with what is there. Throws what is found. */
  public plan(): PlannedDestination[] {
    const { context } = this;
    const charts = this.resolve();
    const manifests = context.timed('print', () => layOut(context.app, charts, this.ordering.hasDependentCharts, new YamlPrinter()));
    const repositoryFiles = this.renderRepositoryFiles();
    const destinations = this.destinations(this.withMetadata(manifests, charts), repositoryFiles);
    destinations.forEach(({ files }) => this.findings.push(...checkPaths(files)));
    this.throwErrors();
    const planned = context.timed('compare', () => destinations.map(destination => this.compare(destination)));
    this.throwErrors();
    return planned;
  }

  /** Writes what was planned. */
  public write(planned: PlannedDestination[]): WriteResult {
    const { progress, timed } = this.context;
    const results = timed('write', () => planned.map(({ base, owned, plan }) => {
      try {
        return new FileWriter(base, owned, (done, total) => progress.report('writing', done, total)).apply(plan);
      } catch (e) {
        throw diskError(e, base);
      }
    }));
    makeFolder(path.resolve(this.context.app.outdir)); // cdk8s-cli expects it, however empty
    return {
      written: results.flatMap(r => r.written),
      unchanged: results.reduce((sum, r) => sum + r.unchanged, 0),
      removed: results.flatMap(r => r.removed),
    };
  }

  private resolveCharts(): ResolvedChart[] {
    const { app, host, progress } = this.context;
    const resolver = new ManifestResolver(app, host.sortKeys);
    try {
      const charts = this.ordering.sortedCharts();
      this.charts = charts.length;
      return charts.map((chart, i) => {
        progress.report('resolving', i, charts.length);
        const objects = this.ordering.sortedObjects(chart).flatMap(object => {
          try {
            return [{ object, manifest: resolver.resolve(object) }];
          } catch (e) {
            this.findings.push(messages.serializationFailed.at(object, { error: e instanceof Error ? e.message : String(e) }));
            return [];
          }
        });
        this.objects += objects.length;
        return { chart, folder: FolderChart.isFolderChart(chart) ? chart.folder : undefined, objects };
      });
    } catch (e) {
      if (!(e instanceof DependencyCycle)) {
        throw e;
      }
      this.findings.push(messages.dependencyCycle.at(e.ring[0], { ring: e.ring.map(c => c.node.path) }));
      return [];
    }
  }

  private renderRepositoryFiles(): PlannedFile[] {
    return this.context.app.node.findAll().filter(c => RepositoryFile.isRepositoryFile(c)).flatMap(file => {
      try {
        return [{ path: file.path, content: file._render(), executable: file.executable, source: file.node.path }];
      } catch (e) {
        if (!FairwayError.isFairwayError(e)) {
          throw e;
        }
        this.findings.push(...e.findings);
        return [];
      }
    });
  }

  /** `construct-metadata.json`, which validation plug-ins of cdk8s-cli ask for. */
  private withMetadata(files: ManifestFile[], charts: ResolvedChart[]): ManifestFile[] {
    const { recordConstructMetadata } = this.context.app as unknown as { recordConstructMetadata: boolean };
    if (!recordConstructMetadata) {
      return files;
    }
    const resources = Object.fromEntries(charts.flatMap(c => c.objects.map(({ object }) => [object.name, { path: object.node.path }])));
    return [...files, { path: 'construct-metadata.json', content: JSON.stringify({ version: '1.0.0', resources }) }];
  }

  /**
   * Manifests and repository files share one record below the root. An output folder outside the
   * root keeps its own; a temporary one gets the manifests alone.
   */
  private destinations(manifests: ManifestFile[], repositoryFiles: PlannedFile[]): Destination[] {
    const { app, root, host } = this.context;
    const outdir = path.resolve(app.outdir);
    const isInRoot = isInside(root, outdir);
    const prefix = isInRoot && outdir !== root ? `${path.relative(root, outdir).split(path.sep).join('/')}/` : '';
    const files = manifests.map(({ path: file, content, chart }): PlannedFile => ({
      path: prefix + file,
      content,
      executable: false,
      source: chart?.node.path ?? '',
      ...(FolderChart.isFolderChart(chart) ? { environment: chart.environment, workload: chart.workload } : {}),
    }));
    if (isInRoot) {
      this.checkPublished(path.relative(root, outdir).split(path.sep).join('/'));
      return [{ base: root, files: [...files, ...repositoryFiles] }];
    }
    const outside = { base: outdir, files };
    return host.outdirIsTemporary ? [outside] : [outside, { base: root, files: repositoryFiles }];
  }

  /** Applications that point at a folder that is not written would silently deploy nothing. */
  private checkPublished(written: string): void {
    const { publishedPath } = this.context;
    if (publishedPath !== written && !publishedPath.endsWith(`/${written}`)) {
      this.findings.push(messages.publishedElsewhere.at('', { written, published: publishedPath }));
    }
  }

  private compare(destination: Destination): PlannedDestination {
    const { base, files } = destination;
    const { platformName, host } = this.context;
    let owned: OwnershipManifest = { platform: platformName, files: new Map(), pending: new Map() };
    try {
      owned = readManifest(base, platformName);
    } catch (e) {
      this.findings.push(messages.manifestUnreadable.at('', { path: manifestPath(platformName), fault: (e as Error).message }));
    }
    try {
      const plan = new OwnershipPlanner(base, owned, host.adopt).plan(files);
      this.findings.push(...plan.findings);
      return { ...destination, owned, plan };
    } catch (e) {
      throw diskError(e, base);
    }
  }

  private throwErrors(): void {
    if (this.findings.some(f => f.severity === Severity.ERROR)) {
      throw new FairwayError(this.findings);
    }
  }
}

function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (e) {
    throw diskError(e, folder);
  }
}

function diskError(e: unknown, base: string): unknown {
  const { code, path: file, message } = e as NodeJS.ErrnoException;
  if (code === undefined) {
    return e;
  }
  const shown = file === undefined ? base : path.relative(base, file) || base;
  return messages.diskFailed.error('', { error: message.replace(/^\w+: /, '').replace(/, \w+.*$/, ''), path: shown, code });
}

import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Diagnostics } from '../diagnostics/diagnostics';
import { FairwayError } from '../diagnostics/fairway-error';
import { Finding, Severity } from '../diagnostics/finding';
import { readJournal, removeJournal } from '../files/journal';
import { ManifestFault, manifestPath, OwnedFile, OwnershipManifest, readManifest } from '../files/manifest';
import { FilePlan, OwnershipPlanner } from '../files/ownership';
import { checkPaths, foldersAbove, PlannedFile } from '../files/paths';
import { FileWriter, WriteResult } from '../files/writer';
import { FolderChart } from '../folder-chart';
import { Host, isInside, relativePath, Selection } from '../host';
import * as messages from '../messages';
import { OutputFile } from '../output-file';
import { Owner, ownerOf } from '../owner';
import type { Progress } from '../progress';
import { RepositoryFile } from '../repository-file';
import { layOut, ManifestFile, ResolvedChart } from './layout';
import { DependencyCycle, Ordering } from './ordering';
import { pinnedFiles } from './pinned';
import { ManifestResolver } from './resolve';
import { YamlPrinter } from './yaml-printer';

/** What a synth needs to know of its platform. */
export interface SynthesisContext {
  readonly app: App;
  readonly platformName: string;
  /** The root of the user's repository, absolute. */
  readonly root: string;
  readonly publishedPath: string;
  /** Environments that another commit of the program renders. */
  readonly pins: Map<string, string>;
  /** The workloads that are made, when it is not everything. */
  readonly selection?: Selection[];
  readonly host: Host;
  /** Where manifests are written, absolute. */
  readonly outdir: string;
  /** Whether the output folder is a temporary one of the caller, who wants manifests and nothing else. */
  readonly outdirIsTemporary: boolean;
  readonly progress: Progress;
  /** Runs a phase and adds its time to the account. */
  readonly timed: <T>(phase: string, run: () => T) => T;
}

/** A folder that files are written to, each with an ownership manifest of its own. */
interface Destination {
  readonly base: string;
  readonly files: PlannedFile[];
  /** Which files stay although they are not made this time; none without it. */
  readonly isKept?: (file: string) => boolean;
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
  /** How many files of pinned environments stay as they are. */
  public pinned = 0;

  private readonly ordering: Ordering;

  public constructor(private readonly context: SynthesisContext) {
    this.findings.push(...context.timed('check', () => Diagnostics._collect(context.app, this.checkPublished(), chosen(context.selection))));
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

  /** All objects in one YAML stream. Throws what is found. */
  public stream(): string {
    return new YamlPrinter().print(this.resolve().flatMap(chart => chart.objects.map(o => o.manifest)));
  }

  /** Everything that is to be written, compared with what is there. Throws what is found. */
  public plan(): PlannedDestination[] {
    const { context } = this;
    const charts = this.resolve();
    const manifests = context.timed('print', () => layOut(context.app, charts, this.ordering.hasDependentCharts, new YamlPrinter()));
    const files = this.renderFiles();
    const outputFiles = files.filter(({ file }) => OutputFile.isOutputFile(file));
    const repositoryFiles = files.filter(({ file }) => !OutputFile.isOutputFile(file));
    const destinations = this.destinations(
      [...this.withMetadata(manifests, charts), ...outputFiles.map(f => f.planned)],
      repositoryFiles.map(f => f.planned),
    );
    destinations.forEach(destination => this.findings.push(...checkPaths(destination.files)));
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
    this.makeOutputFolder();
    this.completePromotion();
    return {
      written: results.flatMap(r => r.written),
      unchanged: results.reduce((sum, r) => sum + r.unchanged, 0),
      removed: results.flatMap(r => r.removed),
    };
  }

  /** What an interrupted promotion has left open was written, too, when this wrote what the clusters read. */
  private completePromotion(): void {
    const { root, outdir, outdirIsTemporary, platformName } = this.context;
    if (!outdirIsTemporary && (!isInside(root, outdir) || this.isPublishedAt(relativePath(root, outdir)))) {
      try {
        removeJournal(root, platformName);
      } catch (e) {
        throw diskError(e, root);
      }
    }
  }

  /** cdk8s-cli expects the folder, however empty. */
  private makeOutputFolder(): void {
    const { root, outdir } = this.context;
    try {
      fs.mkdirSync(outdir, { recursive: true });
    } catch (e) {
      throw diskError(e, root);
    }
  }

  private resolveCharts(): ResolvedChart[] {
    const { app, host, progress } = this.context;
    const resolver = new ManifestResolver(app, host.sortKeys);
    try {
      const charts = this.ordering.sortedCharts();
      this.charts = charts.length;
      return charts.map((chart, i) => {
        progress.report('resolving', i, charts.length);
        const objects = this.ordering.sortedObjects(chart).filter(object => this.isSelected(ownerOf(object))).flatMap(object => {
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

  /** Whether an object is written this time. What selected workloads depend on stands in the tree, too. */
  private isSelected({ environment, workload }: Owner): boolean {
    const { selection } = this.context;
    return selection?.some(each => each.environment === environment && each.workload === workload) ?? true;
  }

  /** All files of the tree that are no manifests. */
  private renderFiles(): Array<{ file: RepositoryFile; planned: PlannedFile }> {
    return this.ordering.constructs.filter(c => RepositoryFile.isRepositoryFile(c)).flatMap(file => {
      try {
        return [{ file, planned: { path: file.path, content: file._render(), executable: file.executable, source: file.node.path } }];
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
    const { root, outdir, outdirIsTemporary } = this.context;
    const isInRoot = isInside(root, outdir) && !outdirIsTemporary;
    const prefix = isInRoot && outdir !== root ? `${relativePath(root, outdir)}/` : '';
    const files = manifests.map(({ path: file, content, chart, owner, source, executable }): PlannedFile => ({
      path: prefix + file,
      content,
      executable: executable ?? false,
      source: chart?.node.path ?? source ?? '',
      ...owner,
    }));
    const rendered = files.filter(file => file.environment === undefined || !this.context.pins.has(file.environment));
    rendered.push(...this.pinnedBelow(prefix, isInRoot || outdirIsTemporary));
    // A synth to another place leaves alone what the clusters read.
    const isKept = (file: string) => foldersAbove(file).some(folder => this.isPublishedAt(folder));
    if (isInRoot) {
      return [{ base: root, files: [...rendered, ...repositoryFiles], isKept: this.isPublishedAt(relativePath(root, outdir)) ? undefined : isKept }];
    }
    const outside = { base: outdir, files: rendered };
    return outdirIsTemporary ? [outside] : [outside, { base: root, files: repositoryFiles, isKept }];
  }

  /**
   * What pinned environments have, to be found below a folder: as it stands where the clusters read it, whatever this program would make.
   * Where nothing was ever published there, the output folder itself is what there is.
   */
  private pinnedBelow(prefix: string, isRecordedInRoot: boolean): PlannedFile[] {
    const { root, outdir, pins, selection, platformName, host } = this.context;
    const asked = new Map([...pins].filter(([environment]) => selection?.some(each => each.environment === environment) ?? true));
    if (asked.size === 0 || (host.preview && host.unpinned.length > 0)) {
      return [];
    }
    const publishedIn = (file: string) => foldersAbove(file).find(folder => this.isPublishedAt(folder));
    const isSelected = (file: OwnedFile) => this.isSelected(file);
    const owned = this.ownedBy(root, platformName);
    const journal = readJournal(root, platformName);
    const isPublished = [...owned.files].some(([file, { environment }]) => asked.has(environment ?? '') && publishedIn(file) !== undefined);
    const { files, findings } = isPublished
      ? pinnedFiles(root, owned, asked, { isPublished: file => publishedIn(file) !== undefined, isSelected, journal })
      : isRecordedInRoot
        ? pinnedFiles(root, owned, asked, { isPublished: file => file.startsWith(prefix), isSelected, journal })
        : pinnedFiles(outdir, this.ownedBy(outdir, platformName), asked, { isPublished: () => true, isSelected, journal });
    this.findings.push(...findings);
    this.pinned = files.length;
    return isPublished ? files.map(file => ({ ...file, path: prefix + file.path.slice(publishedIn(file.path)!.length + 1) })) : files;
  }

  /** Applications that point at a folder that is not written would silently deploy nothing. */
  private checkPublished(): Finding[] {
    const { root, outdir, outdirIsTemporary, publishedPath } = this.context;
    const written = relativePath(root, outdir);
    return isInside(root, outdir) && !outdirIsTemporary && !this.isPublishedAt(written) ? [messages.publishedElsewhere.at('', { written, published: publishedPath })] : [];
  }

  /** The published path is seen from the repository, in which the root may be a folder. */
  private isPublishedAt(folder: string): boolean {
    const { publishedPath } = this.context;
    return publishedPath === folder || publishedPath.endsWith(`/${folder}`);
  }

  private compare(destination: Destination): PlannedDestination {
    const { base, files, isKept = () => false } = destination;
    const { platformName, host, selection } = this.context;
    const owned = this.ownedBy(base, platformName);
    try {
      // What is not made because it was not chosen is not stale.
      const isUnchosen = (file: string) => selection !== undefined && !this.isSelected(owned.files.get(file) ?? { sha256: '' });
      const plan = new OwnershipPlanner(base, owned, host.adopt).plan(files, file => isKept(file) || isUnchosen(file));
      this.findings.push(...plan.findings);
      return { ...destination, owned, plan };
    } catch (e) {
      throw diskError(e, base);
    }
  }

  private ownedBy(base: string, platformName: string): OwnershipManifest {
    try {
      return readManifest(base, platformName);
    } catch (e) {
      if (e instanceof ManifestFault) {
        // Without it every file would look like somebody else's.
        throw new FairwayError([...this.findings, messages.manifestUnreadable.at('', { path: manifestPath(platformName), fault: e.message })]);
      }
      throw diskError(e, base);
    }
  }

  private throwErrors(): void {
    if (this.findings.some(f => f.severity === Severity.ERROR)) {
      throw new FairwayError(this.findings);
    }
  }
}

/** Which constructs are asked when only some workloads are made: they, and what was made of them. */
function chosen(selection: Selection[] | undefined): ((construct: IConstruct) => boolean) | undefined {
  if (selection === undefined) {
    return undefined;
  }
  const names = new Set(selection.map(each => each.workload));
  return construct => construct.node.scopes.some(scope => names.has(scope.node.id));
}

function diskError(e: unknown, base: string): unknown {
  const { code, path: file, message } = e as NodeJS.ErrnoException;
  if (code === undefined) {
    return e;
  }
  const shown = file === undefined ? base : path.relative(base, file) || base;
  return messages.diskFailed.error('', { error: message.replace(/^\w+: /, '').replace(/, \w+.*$/, ''), path: shown, code });
}

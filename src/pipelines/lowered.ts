import { ApiObject } from 'cdk8s';
import { eventFindings } from './build/events';
import type { LoweredObject, Lowering, PipelineRow } from './engine';
import * as gaps from './gaps';
import { flattened, inlined, PipelineGraph } from './graph';
import * as messages from './messages';
import type { Pipeline } from './pipeline';
import { supportTable } from '../core/capability';
import { FairwayError } from '../core/diagnostics/fairway-error';
import { Finding, Severity } from '../core/diagnostics/finding';
import { FolderChart } from '../core/folder-chart';
import { Platform } from '../core/platform';
import { RepositoryFile } from '../core/repository-file';

/** What a pipeline becomes: files of the repository, and objects for a cluster. Worked out once. */
export class LoweredPipeline {
  private result?: { readonly graph?: PipelineGraph; readonly lowering?: Lowering; readonly findings: readonly Finding[] };

  public constructor(private readonly pipeline: Pipeline) {
    const platform = Platform.ofConstruct(pipeline);
    PIPELINES.set(platform, [...PIPELINES.get(platform) ?? [], pipeline]);
  }

  /** What is wrong or unwise. */
  public get findings(): Finding[] {
    return [...this.work().findings];
  }

  /** Makes the files and objects, unless something is wrong. */
  public write(): void {
    const { lowering, findings } = this.work();
    if (lowering === undefined || findings.some(finding => finding.severity === Severity.ERROR)) {
      return;
    }
    for (const { path, content, executable } of lowering.files) {
      new RepositoryFile(this.pipeline, path, { path: pathOf(this.pipeline, path), content, executable });
    }
    if (lowering.objects.length > 0) {
      // The cluster that runs pipelines is none of those that are delivered to.
      const chart = new FolderChart(this.pipeline, 'objects', { folder: folderOf(this.pipeline), isAppliedByHand: true });
      lowering.objects.forEach(object => new ApiObject(chart, `${object.kind}-${object.metadata.name}`.toLowerCase(), object as never));
    }
  }

  /** A table for people. */
  public explain(): string {
    const { graph, lowering, findings } = this.work();
    const head = `${this.pipeline.node.path}: ${this.pipeline.engine.title}\n`;
    if (graph === undefined || lowering === undefined) {
      return `${head}${findings.map(finding => `  ${finding.code} ${finding.message}\n`).join('')}`;
    }
    const rows = [...lowering.rows, ...checkedRows(graph)].map(row => [row.job === undefined ? row.part : `${row.job}: ${row.part}`, row.support, row.how] as const);
    const folder = `${Platform.ofConstruct(this.pipeline).publishedPath}/${folderOf(this.pipeline)}`;
    const applied = lowering.objects.length === 0 ? [] : [{ what: 'Apply the objects to the cluster that runs pipelines.', where: folder }];
    const { repository } = this.pipeline;
    const moved = repository === undefined || lowering.files.length === 0 ? []
      : [{ what: `Take the files over into the root of ${repository.address}, and again when they change.`, where: repository.folder }];
    const remains = [...applied, ...moved, ...lowering.remains].map(({ what, where }) => `  ${what} (${where})\n`);
    const size = `${counted(graph.jobs.length, 'job')}, ${counted(graph.edges, 'edge')}${graph.edgesBefore === graph.edges ? '' : `, ${graph.edgesBefore} before reduction`}`;
    return `${head}${size}\n${supportTable(rows)}${remains.length === 0 ? '' : `\nWhat remains to be set up:\n${remains.join('')}`}`;
  }

  private work(): NonNullable<LoweredPipeline['result']> {
    this.result ??= this.worked();
    return this.result;
  }

  private worked(): NonNullable<LoweredPipeline['result']> {
    try {
      const graph = this.pipeline._graph();
      const alike = alikeOf(this.pipeline);
      const backend = alike.length > 1 ? this.pipeline.engine._backend.amongSeveral() : this.pipeline.engine._backend;
      const file = backend.fileOf(graph.id);
      const path = file === undefined ? undefined : pathOf(this.pipeline, file);
      const taken = [...takenFindings(this.pipeline, path === undefined ? [] : [['file', path, path]]), ...folderFindings(this.pipeline)];
      const native = nativeFindings(graph, this.pipeline);
      const before = [...eventFindings(graph), ...taken, ...native];
      if (native.length > 0) {
        return { graph, findings: before };
      }
      const lowering = backend.lower(graph);
      const root = alike.length > 1 && alike[0] === this.pipeline ? backend.root(alike.map(each => each._graph())) : undefined;
      return {
        graph,
        lowering: root ? { ...lowering, files: [root.file, ...lowering.files] } : lowering,
        findings: [...before, ...lowering.findings, ...root?.findings ?? [], ...takenFindings(this.pipeline, lowering.objects.map(placeOf))],
      };
    } catch (e) {
      if (FairwayError.isFairwayError(e)) {
        return { findings: e.findings };
      }
      throw e;
    }
  }
}

/** What scripts are said to check of values that others choose. */
function checkedRows(graph: PipelineGraph): PipelineRow[] {
  return inlined(graph).jobs.flatMap(job => flattened(job.steps).filter(step => step.kind === 'run').flatMap(step =>
    Object.entries(step.checkedOutputs ?? {}).map(([name, reason]) => gaps.native(`output ${name} of ${step.id}`, `counts as trusted: ${reason}`, job.id))));
}

/** `1 job`, `2 jobs`. */
function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Where the objects of a pipeline are written, below the output folder. */
function folderOf(pipeline: Pipeline): string {
  return `pipelines/${pipeline.node.id}`;
}

/** The pipelines of each platform, in the order of the user. */
const PIPELINES = new WeakMap<Platform, Pipeline[]>();

/** The pipelines of the same system in the same repository, itself among them. */
function alikeOf(pipeline: Pipeline): Pipeline[] {
  const { engine: { _backend: { system } }, repository } = pipeline;
  const all = PIPELINES.get(Platform.ofConstruct(pipeline))!;
  return all.filter(each => each.engine._backend.system === system && each.repository?.folder === repository?.folder);
}

/** Where a file stands in the repository of the platform. */
function pathOf({ repository }: Pipeline, file: string): string {
  return repository === undefined ? file : `${repository.folder}/${file}`;
}

/** A pipeline of another repository whose files are written into the same folder. */
function folderFindings(pipeline: Pipeline): Finding[] {
  const { repository } = pipeline;
  const other = repository && PIPELINES.get(Platform.ofConstruct(pipeline))!
    .find(each => each.repository?.folder === repository.folder && each.repository.address !== repository.address);
  return other === undefined ? [] : [messages.sharedFolder.at(pipeline, {
    folder: repository!.folder, address: repository!.address, other: other.node.path, otherAddress: other.repository!.address,
  })];
}

/** Something that a pipeline writes: what it is, its name, and what tells it from all else of its kind. */
type Written = readonly [what: string, name: string, place: string];

function placeOf({ apiVersion, kind, metadata }: LoweredObject): Written {
  return [kind, metadata.name, `${apiVersion} ${String(metadata.namespace)} ${metadata.name}`];
}

/** Which pipeline writes each file and object. */
const WRITTEN = new WeakMap<Platform, Map<string, Pipeline>>();

/** The first thing that another pipeline writes as well. */
function takenFindings(pipeline: Pipeline, all: readonly Written[]): Finding[] {
  const platform = Platform.ofConstruct(pipeline);
  const written = WRITTEN.get(platform) ?? new Map<string, Pipeline>();
  WRITTEN.set(platform, written);
  const ownerOf = ([what, , place]: Written) => written.get(`${what} ${place}`);
  const taken = all.find(each => ownerOf(each) !== undefined && ownerOf(each) !== pipeline);
  all.filter(each => ownerOf(each) === undefined).forEach(([what, , place]) => written.set(`${what} ${place}`, pipeline));
  return taken === undefined ? [] : [messages.takenPipeline.at(pipeline, { what: taken[0], name: taken[1], other: ownerOf(taken)!.node.path })];
}

/** Native steps without a body for the system of the pipeline. */
function nativeFindings(graph: PipelineGraph, { engine }: Pipeline): Finding[] {
  const jobs = [...graph.jobs, ...graph.templates.flatMap(template => template.jobs)];
  const steps = jobs.flatMap(job => job.steps.flatMap(step => step.kind === 'group' ? step.steps : [step]));
  return steps.flatMap(step => step.kind !== 'native' || step.bodies[engine._backend.system] !== undefined ? [] : [
    messages.missingNative.at(step.path, { step: step.id, engine: engine.title, known: Object.keys(step.bodies) }),
  ]);
}

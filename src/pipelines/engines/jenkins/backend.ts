import type { PipelineAst, Post, PostCondition, Stage, Step, Test } from './ast';
import { all } from './conditions';
import { inherited, lastTest } from './job-conditions';
import { rootEnvironment } from './job-env';
import { canBeLast, isWide, jobStages, lastSteps } from './jobs';
import { layout, Unit } from './layout';
import { isNativeMatrix, legIds } from './matrix';
import * as messages from './messages';
import type { JenkinsOptions } from './options';
import { patched } from './patches';
import { printPipeline } from './print';
import { Settled, settled } from './settled';
import { isLarge } from './size';
import { optionsOf, parametersOf, triggersOf, triggerStage, withTriggerPaths } from './triggers';
import { faultsOf } from './validity';
import { textExpr, ValueScope } from './values';
import { TITLE, World } from './world';
import { FileContent, Marker } from '../../../core/file-content';
import { Lowering, PipelineBackend } from '../../engine';
import { approximated, emulated, gapFindings, native } from '../../gaps';
import {
  asksStatus, demandsSuccess, JobNode, leavesOf, meant, PipelineGraph, SystemName, Text, valuesOf, valuesOfCondition, withChangesJob,
} from '../../graph';

/** Declarative pipelines of Jenkins, for jobs of the kind "Multibranch Pipeline". */
export class JenkinsBackend extends PipelineBackend {
  public readonly system: SystemName = 'jenkins';
  public readonly title = TITLE;
  private readonly options: Settled;

  /** @param path of the construct that the options are given to, for what is wrong with them: FW1180, FW1181 and FW1182 */
  public constructor(options?: JenkinsOptions, path = '') {
    super();
    this.options = settled(options, path);
  }

  public fileOf(pipeline: string): string {
    return this.options.file.replaceAll('<pipeline>', pipeline);
  }

  public lower(given: PipelineGraph): Lowering {
    const graph = withChangesJob(withTriggerPaths(given));
    const world = new World(graph, this.options);
    const file = this.fileOf(graph.id);
    const ast = new Assembly(world).pipeline();
    const { ast: changed, findings, last } = patched(ast, graph);
    if (isLarge(changed)) {
      world.findings.push(messages.largePipeline.at(graph.path, { pipeline: graph.id }));
    }
    const text = this.print(changed, last?.reason, world, findings.length > 0);
    remainders(world, file);
    const pathOf = (job: string) => graph.jobs.find(each => each.id === job)?.path;
    return {
      files: text === undefined ? [] : [{ path: file, content: FileContent.text(text, { marker: Marker.SLASHES }) }],
      objects: [],
      rows: world.rows,
      remains: world.remains,
      findings: [...world.findings, ...findings, ...gapFindings(TITLE, graph.path, pathOf, world.rows)],
    };
  }

  /** The text, unless a change has left something that is none. */
  private print(ast: PipelineAst, reason: string | undefined, world: World, isBroken: boolean): string | undefined {
    try {
      const faults = faultsOf(ast);
      if (faults.length > 0 && !isBroken) {
        world.findings.push(messages.invalidPipeline.at(world.graph.path, { faults }));
      }
      return printPipeline(ast);
    } catch (fault) {
      if (reason === undefined) {
        throw fault;
      }
      world.findings.push(messages.unprintable.at(world.graph.path, { reason, fault: (fault as Error).message.replace(/\.$/, '') }));
      return undefined;
    }
  }
}

/** What has to be done in Jenkins for any pipeline. */
function remainders(world: World, file: string): void {
  world.remain(`Make a multibranch pipeline of the repository, with the script path ${file}.`, 'New Item > Multibranch Pipeline');
  for (const { name, environment } of world.graph.secrets) {
    world.remain(`Add the credential "${name}" of the kind "Secret text"${environment === undefined ? '' : `, for ${environment}`}.`, 'Credentials of the folder');
  }
  for (const { name, environment } of world.graph.secrets.filter(each => each.environment !== undefined)) {
    world.row(approximated(`secret ${name} of ${environment}`, 'every job in the folder of the credential can read it'));
  }
  if (world.graph.secrets.length > 0) {
    world.row(native('secrets', 'credentials of Jenkins by the same names'));
  }
}

/** Puts the jobs of a graph into the sections of a pipeline. */
class Assembly {
  private readonly scope: ValueScope;

  public constructor(private readonly world: World) {
    this.scope = world.scope(world.graph.jobs[0] ?? { id: '', outputs: [] }, '', () => undefined);
  }

  public pipeline(): PipelineAst {
    const { world } = this;
    const { graph } = world;
    const last = this.lastJobs();
    const jobs = graph.jobs.filter(job => !last.has(job.id));
    const { units, waiting } = layout(jobs, world.order, isWide);
    waiting.forEach(({ job, for: other }) => world.findings.push(messages.waitsLonger.at(job.path, { job: job.id, for: other.id })));
    world.inherited = inherited(graph.jobs);
    world.asked = asked(graph);
    world.spared = spared(graph);
    world.guarded = this.guarded(units);
    const beside = new Set(units.flatMap(unit => unit.unit === 'parallel' ? unit.branches.flat() : []));
    jobs.filter(job => beside.has(job) || !isNativeMatrix(job, world)).forEach(job => world.legs.set(job.id, legIds(job)));
    if (world.guarded.size > 0) {
      world.row(emulated('jobs that run in spite of a failure', 'catchError around the jobs before, whose results are kept in env.FAIRWAY_RESULT_…'));
    }
    const trigger = triggerStage(world, this.scope);
    const stages = [...trigger ? [trigger] : [], ...this.naming(), ...units.flatMap(unit => this.unit(unit))];
    return {
      comments: [graph.name],
      agent: { agent: 'none' },
      options: optionsOf(world, this.scope),
      triggers: triggersOf(world),
      parameters: parametersOf(world),
      environment: rootEnvironment(graph.env),
      stages,
      post: this.post(graph.jobs.filter(job => last.has(job.id)), trigger !== undefined),
    };
  }

  /** What a build is called is known when it runs. */
  private naming(): Stage[] {
    const { runName } = this.world.graph;
    if (runName === undefined) {
      return [];
    }
    this.world.row(native('name of the run', 'currentBuild.displayName'));
    const value = textExpr(runName, this.scope);
    return [{ name: this.world.stageNames.take('Name'), content: { body: 'steps', steps: [{ step: 'script', statements: [{ do: 'displayName', value }] }] } }];
  }

  private unit(unit: Unit): Stage[] {
    if (unit.unit === 'job') {
      return jobStages(unit.job, this.world, { beside: false });
    }
    const name = this.world.stageNames.take(this.groupName(unit.branches.flat(), unit.branches));
    const branches = unit.branches.flatMap((branch): Stage[] => {
      if (branch.length === 1) {
        return jobStages(branch[0], this.world, { beside: true });
      }
      const branchName = this.world.stageNames.take(branch.map(nameOf).join(', then '));
      return [{ name: branchName, content: { body: 'stages', stages: branch.flatMap(job => jobStages(job, this.world, { beside: true })) } }];
    });
    return [{ name, content: { body: 'parallel', stages: branches } }];
  }

  /** The name of the stage of the user that has just these jobs, else the names of the jobs. */
  private groupName(jobs: readonly JobNode[], branches: ReadonlyArray<readonly JobNode[]>): string {
    const ids = new Set(jobs.map(job => job.id));
    const stage = this.world.graph.stages.find(each => each.jobs.length === ids.size && each.jobs.every(id => ids.has(id)));
    const names = branches.map(branch => nameOf(branch[0]));
    const listed = names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
    return stage?.name ?? listed;
  }

  /** Jobs whose failure must not stop the build by itself, because a later one is not asked to wait for it, or runs in spite of it. */
  private guarded(units: readonly Unit[]): Set<string> {
    const { world } = this;
    const found = new Set<string>();
    const before: JobNode[] = [];
    const look = (job: JobNode) => {
      const strict = demandsSuccess(job.condition);
      for (const each of before) {
        if (!each.allowFailure && !(strict && world.order.isAncestor(each.id, job.id))) {
          found.add(each.id);
        }
      }
    };
    for (const unit of units) {
      const branches = unit.unit === 'job' ? [[unit.job]] : unit.branches;
      for (const branch of branches) {
        const mark = before.length;
        branch.forEach(job => {
          look(job);
          before.push(job);
        });
        before.length = mark; // the branches of a unit have nothing to do with each other
      }
      before.push(...branches.flat());
    }
    return found;
  }

  /** Jobs that run at the end, whatever becomes of the others: in a `post` section, which nothing can keep from running. */
  private lastJobs(): Set<string> {
    const { world } = this;
    const { jobs } = world.graph;
    const followers = new Map<string, string[]>();
    jobs.forEach(job => job.needs.forEach(edge => followers.set(edge.job, [...followers.get(edge.job) ?? [], job.id])));
    const last = new Set<string>();
    for (const job of [...jobs].reverse()) {
      const isTolerant = job.condition !== undefined && asksStatus(job.condition) && !demandsSuccess(job.condition)
        && !leavesOf(job.condition).some(leaf => leaf.kind === 'result');
      if (isTolerant && (followers.get(job.id) ?? []).every(id => last.has(id)) && canBeLast(job, world) && !readsResults(job)) {
        last.add(job.id);
      }
    }
    for (let before = -1; before !== last.size;) {
      before = last.size;
      const others = jobs.length - last.size;
      for (const job of jobs) {
        const waitsForAll = others > 0 && world.order.ancestorsOf(job.id).filter(id => !last.has(id)).length === others;
        const follows = (followers.get(job.id) ?? []).every(id => last.has(id));
        if (last.has(job.id) && !(waitsForAll && follows)) {
          last.delete(job.id);
        }
      }
    }
    return last;
  }

  private post(jobs: readonly JobNode[], isSifted: boolean): Post | undefined {
    if (jobs.length === 0) {
      return undefined;
    }
    const { world } = this;
    const ORDER: PostCondition[] = ['always', 'aborted', 'failure'];
    const own = jobs.map((job): PostCondition => {
      const condition = meant(job.condition);
      return condition.kind !== 'status' ? 'always' : condition.status === 'failure' ? 'failure' : condition.status === 'cancelled' ? 'aborted' : 'always';
    });
    const isOrdered = own.every((condition, i) => i === 0 || ORDER.indexOf(own[i - 1]) <= ORDER.indexOf(condition));
    const blocks = new Map<PostCondition, Array<readonly Step[]>>();
    jobs.forEach((job, i) => {
      const condition = isOrdered ? own[i] : 'always';
      const wanted: Test = isOrdered && condition !== 'always' ? { is: 'true' } : lastTest(job, world);
      // A build that is sent away ends here as well.
      const built: Test = { is: 'fixedTest', code: 'currentBuild.currentResult != \'NOT_BUILT\'' };
      const test = condition !== 'always' || !isSifted ? wanted : all([built, wanted]);
      world.row(native('at the end', `post { ${condition} }`, job.id));
      blocks.set(condition, [...blocks.get(condition) ?? [], lastSteps(job, world, test)]);
    });
    return [...blocks].map(([condition, parts]) => ({
      condition,
      steps: parts.flatMap((steps, i) => i === parts.length - 1 ? steps : [{ step: 'catchError', buildResult: 'FAILURE', stageResult: 'FAILURE', steps } as const]),
    }));
  }
}

function nameOf(job: JobNode): string {
  return job.name.every(part => typeof part === 'string') ? job.name.join('') : job.id;
}

function textsOf(job: JobNode): Text[] {
  return [job.env, ...job.steps.map(step => step.env)].flatMap(env => Object.values(env));
}

function readsResults(job: JobNode): boolean {
  return textsOf(job).some(text => valuesOf(text).some(value => value.kind === 'result'));
}

/** Jobs of which others ask what they came to. */
function asked(graph: PipelineGraph): Set<string> {
  const results = graph.jobs.flatMap(job => [
    ...[job, ...job.steps].flatMap(node => node.condition ? leavesOf(node.condition) : []).flatMap(leaf => leaf.kind === 'result' ? [leaf.job] : []),
    ...textsOf(job).flatMap(valuesOf).flatMap(value => value.kind === 'result' ? [value.job] : []),
  ]);
  return new Set(results);
}

/** Jobs whose outputs are read although they may have failed. */
function spared(graph: PipelineGraph): Set<string> {
  const tolerant = graph.jobs.filter(job => !demandsSuccess(job.condition));
  const read = tolerant.flatMap(job => [
    ...textsOf(job).flatMap(valuesOf),
    ...[job, ...job.steps].flatMap(node => node.condition ? valuesOfCondition(node.condition) : []),
  ]);
  return new Set([...read.flatMap(value => value.kind === 'output' ? [value.job] : []), ...graph.jobs.filter(job => job.allowFailure).map(job => job.id)]);
}

import { HELPERS } from './helpers';
import { lowerJob } from './job';
import { Leg, legsOfJob } from './legs';
import * as messages from './messages';
import { jobKeys, Stages, stagesOf } from './names';
import type { GitLabCiOptions } from './options';
import { patched } from './patches';
import { legsOf, Plans } from './plan';
import { remainsOf } from './remains';
import { joinedRoot, ROOT_FILE } from './root';
import { settled, Settings } from './settings';
import { settings as variables, shellFunction } from './steps';
import { triggersOf } from './triggers';
import { inputRows, inputVariables, workflowOf } from './workflow';
import { Finding } from '../../../core/diagnostics/finding';
import { FileContent } from '../../../core/file-content';
import { Lowering, PipelineBackend, PipelineRoot, PipelineRow, Remaining } from '../../engine';
import { emulated, gapFindings, native } from '../../gaps';
import { describeText, flattened, inlined, JobNode, PipelineGraph, withChangesJob } from '../../graph';

/** The job that the others extend. */
const BASE = '.fairway';

/** GitLab CI, in one file for one pipeline of a project, else in one for each and a root that includes them. */
export class GitLabBackend extends PipelineBackend {
  public readonly system = 'gitlab';
  public readonly title = 'GitLab CI';
  private readonly settings: Settings;

  /**
   * @param options how pipelines are made. Throws FW1000, FW1001 and FW1002
   * @param several whether the project has several pipelines; `root()` makes the file that includes them
   */
  public constructor(private readonly options: GitLabCiOptions = {}, private readonly several = false) {
    super();
    this.settings = settled(options);
  }

  public fileOf(pipeline: string): string {
    return this.several ? `.gitlab/ci/${pipeline}.yml` : ROOT_FILE;
  }

  public amongSeveral(): GitLabBackend {
    return new GitLabBackend(this.options, true);
  }

  public root(graphs: readonly PipelineGraph[]): PipelineRoot {
    return joinedRoot(graphs.map(given => {
      const graph = prepared(given);
      const triggers = triggersOf(graph, true);
      return {
        graph,
        file: this.fileOf(graph.id),
        stages: stagesOf(graph, new Plans(graph, this.settings.needsLimit).levels(), true).names,
        triggers: triggers.rules,
        workflow: workflowOf(graph, triggers),
      };
    }));
  }

  public lower(given: PipelineGraph): Lowering {
    const graph = prepared(given);
    const { settings, several } = this;
    const plans = new Plans(graph, settings.needsLimit);
    const triggers = triggersOf(graph, several);
    const workflow = workflowOf(graph, triggers);
    const stages = stagesOf(graph, plans.levels(), several);
    const rows: PipelineRow[] = [...triggers.rows, ...workflow.rows, ...inputRows(graph.inputs), ...graphRows(given, graph)];
    const remains: Remaining[] = [...triggers.remains, ...workflow.remains, ...remainsOf(graph)];
    const keys = jobKeys(graph, several);
    const legs = new Map(graph.jobs.map(job => [job.id, legsOfJob(job, keys.get(job.id)!, rows)]));
    const keysOf = (job: string) => legs.get(job)!.map(leg => leg.key);
    const file: Record<string, unknown> = several ? {} : {
      workflow: workflow.workflow,
      ...stages.names.length > 0 && { stages: stages.names },
      ...graph.inputs.length > 0 && { variables: inputVariables(graph.inputs) },
    };
    if (several && graph.inputs.length > 0) {
      file.variables = inputVariables(graph.inputs);
    }
    const base = several ? `${BASE}:${graph.id}` : BASE;
    file[base] = { before_script: [HELPERS, ...commonLines(graph)] };
    const findings: Finding[] = stageFindings(graph, plans, stages, settings);
    const told = new Set<string>();
    for (const leg of [...legs.values()].flat()) {
      const lowered = lowerJob(leg, {
        graph,
        settings,
        plans,
        workflow,
        base,
        keysOf,
        ...several && { triggers: triggers.rules },
        stageOf: job => stages.of.get(job)?.name,
      });
      file[leg.key] = lowered.part;
      if (!told.has(leg.job.id)) {
        told.add(leg.job.id);
        rows.push(...lowered.rows);
        remains.push(...lowered.remains);
        findings.push(...lowered.findings);
      }
    }
    const result = patched(graph, file, keysOf);
    rows.push(...result.rows);
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [{ path: this.fileOf(graph.id), content: FileContent.yaml(result.file, { comments: commentsOf(base, legs, result.file) }) }],
      objects: [],
      rows,
      remains: distinct(remains),
      findings: [...findings, ...result.findings, ...gapFindings(this.title, graph.path, job => paths.get(job), rows)],
    };
  }
}

/** The graph as GitLab can carry it out: without templates and groups, with a job that looks for changes. */
function prepared(graph: PipelineGraph): PipelineGraph {
  const whole = withChangesJob(inlined(graph));
  return { ...whole, jobs: whole.jobs.map(job => ({ ...job, steps: flattened(job.steps) })) };
}

/** What all jobs of the pipeline have in common. */
function commonLines(graph: PipelineGraph): string[] {
  const lines = [
    ...graph.secrets.length > 0 ? [`hide_secrets ${graph.secrets.map(secret => secret.name).join(' ')}`] : [],
    ...shellFunction('pipeline_env', variables(graph.env)),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function graphRows(given: PipelineGraph, graph: PipelineGraph): PipelineRow[] {
  return [
    ...given.filters.length > 0 ? [emulated('path filters', `the job ${graph.jobs[0].id} compares commits, and jobs ask for what it has found`)] : [],
    ...given.templates.length > 0 ? [emulated('templates', 'their jobs stand in place of each use')] : [],
    ...graph.stages.length > 0 ? [native('stages', 'stages')] : [],
    ...graph.secrets.map(({ name }) => emulated(`secret ${name}`, 'a variable of the project, hidden from steps that it is not given to')),
  ];
}

function stageFindings(graph: PipelineGraph, plans: Plans, stages: Stages, settings: Settings): Finding[] {
  return graph.jobs.flatMap(job => {
    const plan = plans.of(job.id);
    const place = stages.of.get(job.id)?.place ?? 0;
    const placeOf = (id: string) => stages.of.get(id)?.place ?? 0;
    const later = plan.needs.filter(need => placeOf(need.job) > place);
    const count = plan.needs.reduce((sum, need) => sum + legsOf(plans.of(need.job).job), 0);
    return [
      ...later.map(need => messages.laterStage.at(job.path, { job: job.id, need: need.job })),
      ...plan.byStages && plan.needs.some(need => placeOf(need.job) >= place)
        ? [messages.tooManyNeeds.at(job.path, { job: job.id, count, limit: settings.needsLimit })] : [],
    ];
  });
}

/** What a job is for, and what it may do. */
function commentsOf(base: string, legs: ReadonlyMap<string, readonly Leg[]>, file: Record<string, unknown>): Record<string, string> {
  const comments = [...legs.values()].flat().filter(leg => Object.hasOwn(file, leg.key) && !leg.key.includes('/')).map(leg => [leg.key, commentOf(leg.job)] as const);
  return { [base]: 'What the shells of all jobs know.', ...Object.fromEntries(comments.filter(([, comment]) => comment !== '')) };
}

function commentOf(job: JobNode): string {
  const clean = (text: string) => text.replace(/[\p{C}\s]+/gu, ' ').trim();
  const name = clean(describeText(job.name));
  return [...name === job.id ? [] : [name], ...job.grants.map(({ capability, reason }) => `${capability}: ${clean(reason)}`)].join('\n');
}

function distinct(remains: readonly Remaining[]): Remaining[] {
  return [...new Map(remains.map(each => [JSON.stringify(each), each])).values()];
}

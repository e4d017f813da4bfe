import { componentsOf, Parts } from './components';
import { HELPERS } from './helpers';
import { LoweredJob, lowerJob } from './job';
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
      const { graph, stages, triggers, workflow } = this.planned(given);
      return { graph, file: this.fileOf(graph.id), stages: stages.names, triggers: triggers.rules, workflow };
    }));
  }

  public lower(given: PipelineGraph): Lowering {
    const { settings, several } = this;
    const plan = this.planned(given);
    const { graph, plans, triggers, workflow, stages, base } = plan;
    const rows: PipelineRow[] = [...triggers.rows, ...workflow.rows, ...inputRows(graph.inputs), ...graphRows(given, graph)];
    const remains: Remaining[] = [...triggers.remains, ...workflow.remains, ...remainsOf(graph)];
    const jobs = this.jobs(plan, rows);
    const keysOf = (job: string) => jobs.get(job)!.map(({ leg }) => leg.key);
    const file: Record<string, unknown> = several ? {} : {
      workflow: workflow.workflow,
      ...stages.names.length > 0 && { stages: stages.names },
      ...graph.inputs.length > 0 && { variables: inputVariables(graph.inputs) },
    };
    if (several && graph.inputs.length > 0) {
      file.variables = inputVariables(graph.inputs);
    }
    file[base] = { before_script: [HELPERS, ...commonLines(graph)] };
    const findings: Finding[] = stageFindings(graph, plans, stages, settings);
    for (const legs of jobs.values()) {
      legs.forEach(({ leg, part }) => file[leg.key] = part);
      rows.push(...legs[0].rows);
      remains.push(...legs[0].remains);
      findings.push(...legs[0].findings);
    }
    const changed = patched(graph, file, keysOf);
    rows.push(...changed.rows);
    const result = settings.components && given.templates.length > 0
      ? this.componented(given, jobs, { before: file, after: changed.file })
      : { file: changed.file, files: [], rows: templateRows(given) };
    rows.push(...result.rows);
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [
        { path: this.fileOf(graph.id), content: FileContent.yaml(result.file, { comments: commentsOf(base, jobs, result.file) }) },
        ...result.files,
      ],
      objects: [],
      rows,
      remains: distinct(remains),
      findings: [...findings, ...changed.findings, ...gapFindings(this.title, graph.path, job => paths.get(job), rows)],
    };
  }

  /** What all jobs have to know of the pipeline. */
  private planned(given: PipelineGraph) {
    const graph = prepared(given);
    const { settings, several } = this;
    const plans = new Plans(graph, settings.needsLimit);
    const triggers = triggersOf(graph, several);
    const workflow = workflowOf(graph, triggers);
    return { graph, plans, triggers, workflow, stages: stagesOf(graph, plans.levels(), several), base: several ? `${BASE}:${graph.id}` : BASE };
  }

  /** What each job is, leg by leg. */
  private jobs({ graph, plans, triggers, workflow, stages, base }: ReturnType<GitLabBackend['planned']>, rows: PipelineRow[]): Jobs {
    const { settings, several } = this;
    const keys = jobKeys(graph, several);
    const legs = new Map(graph.jobs.map(job => [job.id, legsOfJob(job, keys.get(job.id)!, rows)]));
    const where = {
      graph,
      settings,
      plans,
      workflow,
      base,
      keysOf: (job: string) => legs.get(job)!.map(leg => leg.key),
      ...several && { triggers: triggers.rules },
      stageOf: (job: string) => stages.of.get(job)?.name,
    };
    return new Map([...legs].map(([id, each]) => [id, each.map(leg => ({ leg, ...lowerJob(leg, where) }))]));
  }

  /** The file without what is in those of its templates. */
  private componented(given: PipelineGraph, plain: Parts, { before, after }: Record<'before' | 'after', Record<string, unknown>>) {
    const components = componentsOf(given);
    const symbolic = this.jobs(this.planned(components.symbolic), []);
    return components.taken(after, plain, symbolic, key => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  }
}

type Jobs = Map<string, ReadonlyArray<LoweredJob & { readonly leg: Leg }>>;

/** The graph as GitLab can carry it out: without templates and groups, with a job that looks for changes. */
function prepared(graph: PipelineGraph): PipelineGraph {
  const whole = withChangesJob(inlined(graph));
  return { ...whole, jobs: whole.jobs.map(job => ({ ...job, steps: flattened(job.steps) })) };
}

/** What all jobs of the pipeline have in common. */
function commonLines(graph: PipelineGraph): string[] {
  const hidden = [...graph.secrets, ...graph.inputs].map(({ name }) => name);
  const lines = [
    ...hidden.length > 0 ? [`hide ${hidden.join(' ')}`] : [],
    ...shellFunction('pipeline_env', variables(graph.env)),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function graphRows(given: PipelineGraph, graph: PipelineGraph): PipelineRow[] {
  return [
    ...given.filters.length > 0 ? [emulated('path filters', `the job ${graph.jobs[0].id} compares commits, and jobs ask for what it has found`)] : [],
    ...graph.stages.length > 0 ? [native('stages', 'stages')] : [],
    ...graph.secrets.map(({ name }) => emulated(`secret ${name}`, 'a variable of the project, hidden from steps that it is not given to')),
  ];
}

function templateRows(given: PipelineGraph): PipelineRow[] {
  return given.templates.length > 0 ? [emulated('templates', 'their jobs stand in place of each use')] : [];
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
function commentsOf(base: string, jobs: Parts, file: Record<string, unknown>): Record<string, string> {
  const comments = [...jobs.values()].flat().map(({ leg }) => leg).filter(leg => Object.hasOwn(file, leg.key) && !leg.key.includes('/')).map(leg => [leg.key, commentOf(leg.job)] as const);
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

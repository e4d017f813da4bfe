import { sharedConstants } from './constants';
import { compact, JobPart, lowerJob } from './jobs';
import { AzurePipelinesOptions, placeOf, Settings, settingsOf } from './options';
import { patched } from './patches';
import { PipelinePlan } from './plan';
import { Containers } from './runners';
import { stagesOf } from './stages';
import { withTemplates } from './templates';
import { parametersOf, runName, triggersOf } from './triggers';
import { sharedVariables } from './values';
import type { Finding } from '../../../core/diagnostics/finding';
import { FileContent } from '../../../core/file-content';
import { Lowering, PipelineBackend } from '../../engine';
import { approximated, gapFindings, native, unsupported } from '../../gaps';
import { inlined, PipelineGraph, SystemName, withChangesJob } from '../../graph';
import { twins } from '../../twins';

/** Azure Pipelines. */
export class AzureBackend extends PipelineBackend {
  public readonly system: SystemName = 'azure';

  public readonly title = 'Azure Pipelines';

  private readonly settings: Settings;

  public constructor(options?: AzurePipelinesOptions) {
    super();
    this.settings = settingsOf(options);
  }

  public fileOf(pipeline: string): string {
    return this.settings.files.get(pipeline) ?? `.azure/${pipeline}.yml`;
  }

  public lower(given: PipelineGraph): Lowering {
    const graph = withChangesJob(inlined(given));
    const plan = new PipelinePlan(graph, { ...this.settings, repository: this.settings.repository ?? placeOf(given.repository) });
    const findings: Finding[] = [];
    const path = this.fileOf(graph.id);
    plan.remain(`Create the pipeline "${graph.name}" from the file ${path}.`, 'Pipelines > New pipeline > Existing Azure Pipelines YAML file');
    if (graph !== given && given.filters.length > 0) {
      plan.rows.push(native('conditions on changed files', 'a job that compares the commit with that of the run before'));
    }
    const triggers = triggersOf(plan, findings);
    const containers = new Containers(plan);
    const shared = sharedConstants(graph);
    const jobsOf = new Map<string, JobPart[]>();
    const partsOf = new Map<string, JobPart[]>();
    for (const job of graph.jobs) {
      const { jobs, parts } = lowerJob(plan.of(job.id), plan, shared, containers);
      jobsOf.set(job.id, jobs);
      partsOf.set(job.id, parts);
    }
    const pool = sharedPool([...jobsOf.values()].flat());
    const templates = plan.settings.nativeReuse ? withTemplates({ given, plan, shared, containers, jobsOf, pool, file: path, findings }) : undefined;
    const written = templates?.jobsOf ?? jobsOf;
    secretsOf(plan);
    const same = twins(graph.inputs.map(input => input.name));
    if (same !== undefined) {
      plan.rows.push(unsupported('inputs', same));
    }
    const name = runName(graph.runName, plan);
    const body = plan.staged ? { stages: stagesOf(plan, written) } : { jobs: graph.jobs.flatMap(job => written.get(job.id)!) };
    const locks = graph.jobs.flatMap(job => job.environment !== undefined && job.concurrency !== undefined ? [job.concurrency.onNew] : []);
    const file = compact({
      name,
      ...triggers,
      parameters: parametersOf(graph.inputs, graph.triggers.every(trigger => trigger.kind === 'manual')),
      resources: containers.resources.length > 0 ? { containers: containers.resources } : undefined,
      variables: variablesOf(plan, shared.variables),
      pool,
      lockBehavior: locks.length === 0 ? undefined : locks.includes('queue') ? 'sequential' : 'runLatest',
      ...body,
    });
    patched(file, partsOf, plan, findings);
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [{ path, content: FileContent.yaml(file, { comments: { '': graph.name } }) }, ...templates?.files ?? []],
      objects: [],
      rows: plan.rows,
      remains: [...plan.remains.values()],
      findings: [...findings, ...gapFindings(this.title, graph.path, job => paths.get(job), plan.rows)],
    };
  }
}

/** The pool of all jobs, said once. Jobs without an agent say so themselves. */
function sharedPool(jobs: readonly JobPart[]): unknown {
  const working = jobs.filter(job => job.pool !== 'server');
  const pools = new Set(working.map(job => JSON.stringify(job.pool)));
  if (pools.size !== 1) {
    return undefined;
  }
  const { pool } = working[0];
  working.forEach(job => delete job.pool);
  return pool;
}

function variablesOf(plan: PipelinePlan, constants: ReadonlyMap<string, string>): unknown {
  const all = [...constants, ...sharedVariables(plan)];
  const groups = plan.graph.secrets.length > 0 ? plan.settings.variableGroups : [];
  if (groups.length === 0) {
    return all.length === 0 ? undefined : Object.fromEntries(all);
  }
  return [...groups.map(group => ({ group })), ...all.map(([name, value]) => ({ name, value }))];
}

function secretsOf(plan: PipelinePlan): void {
  const { secrets } = plan.graph;
  if (secrets.length === 0) {
    return;
  }
  const names = secrets.map(secret => secret.name).join(', ');
  const groups = plan.settings.variableGroups;
  for (const { name, environment } of secrets.filter(each => each.environment !== undefined)) {
    plan.rows.push(approximated(`secret ${name} of ${environment}`, 'every run of the pipeline can read it; put it into a variable group with checks of its own'));
  }
  if (groups.length > 0) {
    plan.rows.push(native('secrets', `variable groups: ${groups.join(', ')}`));
    plan.remain(`Keep the secrets ${names} in ${groups.join(' or ')}, and let the pipeline use it.`, 'Pipelines > Library');
  } else {
    plan.rows.push(native('secrets', 'variables of the pipeline'));
    plan.remain(`Add the secret variables ${names}.`, `Pipelines > ${plan.graph.name} > Edit > Variables`);
  }
}

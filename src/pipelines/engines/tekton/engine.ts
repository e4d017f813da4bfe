import * as messages from './engine-messages';
import { accounts, networkPolicies, schedules, startByHand } from './lower/cluster';
import { heard } from './lower/events';
import { LoweredJob, lowerJob } from './lower/job-task';
import { listenerOf, startOf } from './lower/names';
import { lowerPipeline } from './lower/pipeline';
import { PlannedJob, Planner } from './lower/plan';
import { RunFor, runOf } from './lower/run';
import { HeardTrigger, lowerTriggers } from './lower/triggers';
import { EVENT_CONTEXTS, PipelineValues } from './lower/values';
import type { TektonOptions } from './options';
import { TektonEvents } from './options';
import { Settings, settingsOf } from './settings';
import type { Finding } from '../../../core/diagnostics/finding';
import { freeName } from '../../../core/free-name';
import { Lowering, LoweredObject, PipelineBackend, PipelineRow, Remaining } from '../../engine';
import { approximated, dropped, emulated, gapFindings, native, unsupported } from '../../gaps';
import type { ConcurrencyNode, JobNode, PipelineGraph, SystemName, Text } from '../../graph';
import { flattened, JobOrder, valuesOf, withChangesJob } from '../../graph';
import { patchedWith } from '../../patched';
import { twins } from '../../twins';

const TITLE = 'Tekton';

/** Pipelines as objects of Tekton: a Pipeline, a Task for each job, and what starts them. */
export class TektonBackend extends PipelineBackend {
  public readonly system: SystemName = 'tekton';
  public readonly title = TITLE;
  private readonly settings: Settings;

  /**
   * @param options checked here. Throws FW1250 to FW1252
   * @param repository the repository of the platform, which is checked out unless the options name one
   * @param path where the options are given, for messages
   */
  public constructor(private readonly options: TektonOptions = {}, repository?: string, path = '') {
    super();
    this.settings = settingsOf(options, path, repository);
  }

  public fileOf(): string | undefined {
    return undefined;
  }

  public lower(given: PipelineGraph): Lowering {
    if (this.settings.repository === undefined && given.repository !== undefined) {
      return new TektonBackend(this.options, given.repository, given.path).lower(given);
    }
    const { settings } = this;
    const graph = withChangesJob(given);
    const rows: PipelineRow[] = [];
    const revision = this.knowsCommits(graph) ? undefined : freeName('revision', new Set(graph.jobs.map(job => job.id)));
    const idsOf = (is: (job: JobNode) => boolean) => new Set(graph.jobs.filter(is).map(job => job.id));
    const values = new PipelineValues(settings, revision, idsOf(job => job.allowFailure), idsOf(job => job.matrix !== undefined));
    const planner = new Planner(graph, settings, values, revision === undefined ? [] : [revision]);
    const lowered = new Map<string, LoweredJob>();
    for (const planned of planner.planned.values()) {
      if (planned.job.steps.length > 0 || planned.job.approval === undefined) {
        lowered.set(planned.job.id, lowerJob(graph, planned, values, settings));
      }
    }
    rows.push(...planner.rows, ...[...lowered.values()].flatMap(job => job.rows));
    const { pipeline, tasks } = lowerPipeline(graph, planner.planned, lowered, values, settings, revision);
    const run: RunFor = (params, isTrusted) => runOf(graph, planner.planned, lowered, settings, values.isRevisionRead, params, isTrusted);
    const triggers = this.triggers(graph, rows);
    const contexts = EVENT_CONTEXTS.filter(context => values.contexts.has(context));
    const isScheduled = graph.triggers.some(trigger => trigger.kind === 'schedule');
    const objects = patched([
      ...accounts(graph, settings, triggers.length > 0, isScheduled),
      ...networkPolicies(graph, settings, triggers.length > 0),
      ...tasks, ...[...lowered.values()].map(job => job.task),
      pipeline,
      ...lowerTriggers(graph, triggers, contexts, settings, run),
      ...startByHand(graph, settings, run),
      ...schedules(graph, settings, run),
    ], graph, lowered, rows);
    sayPipeline(graph, settings, planner, rows);
    const pathOf = new Map(graph.jobs.map(job => [job.id, job.path]));
    const findings = [...this.findings(graph, lowered), ...objects.findings, ...gapFindings(TITLE, graph.path, job => pathOf.get(job), rows)];
    return { files: [], objects: objects.all, rows, remains: this.remains(graph, triggers, isScheduled, lowered), findings };
  }

  /** Whether every event says which commit it is about. */
  private knowsCommits({ triggers }: PipelineGraph): boolean {
    return triggers.every(({ kind }) => ['push', 'tag', 'pullRequest', 'mergeQueue'].includes(kind) || (kind === 'release' && this.settings.events === TektonEvents.GITLAB));
  }

  private triggers(graph: PipelineGraph, rows: PipelineRow[]): HeardTrigger[] {
    return graph.triggers.flatMap(trigger => {
      const part = `trigger ${trigger.kind}`;
      const found = heard(trigger, this.settings);
      if (typeof found === 'string') {
        rows.push(unsupported(part, found));
        return [];
      }
      if (found === undefined) {
        rows.push({
          schedule: emulated(part, 'a CronJob that creates a PipelineRun'),
          manual: native(part, 'a PipelineRun, which a ConfigMap holds; inputs are its params'),
          call: emulated(part, 'its jobs stand in the pipelines that call it'),
        }[trigger.kind as 'schedule' | 'manual' | 'call']);
        return [];
      }
      rows.push(native(part, `a Trigger with the interceptors ${this.settings.events} and cel`), ...found.gaps.map(gap => approximated(part, gap)));
      return [{ trigger, heard: found }];
    });
  }

  private findings(graph: PipelineGraph, lowered: ReadonlyMap<string, LoweredJob>): Finding[] {
    const isCheckedOut = graph.jobs.some(job => flattened(job.steps).some(step => step.kind === 'checkout'));
    const unpinned = [...new Set([...lowered.values()].flatMap(job => job.images).filter(image => !image.includes('@sha256:')))].sort();
    return [
      ...isCheckedOut && this.settings.repository === undefined ? [messages.noRepository.at(graph.path, { pipeline: graph.id })] : [],
      ...unpinned.length > 0 ? [messages.unpinnedImage.at(graph.path, { images: unpinned })] : [],
    ];
  }

  private remains(
    graph: PipelineGraph, triggers: readonly HeardTrigger[], isScheduled: boolean, lowered: ReadonlyMap<string, LoweredJob>,
  ): Remaining[] {
    const { settings } = this;
    const { namespace, webhookSecret, events } = settings;
    const host = events === TektonEvents.GITHUB ? 'GitHub' : 'GitLab';
    const byPlace = new Map<string, string[]>();
    graph.secrets.forEach(({ name, environment }) => {
      const place = environment === undefined ? settings.secrets : `${settings.secrets}-${environment}`;
      byPlace.set(place, [...byPlace.get(place) ?? [], name]);
    });
    return [
      { what: `Install Tekton Pipelines 1.15${triggers.length > 0 ? ' and Triggers 0.37' : ''}, with set-security-context: "true" in the ConfigMap feature-flags, so that pods pass the restricted pod security standard.`, where: 'the cluster' },
      ...triggers.length > 0 ? [
        { what: `Create the Secret "${webhookSecret.name}" with the key "${webhookSecret.key}": the secret that ${host} signs webhooks with.`, where: `the namespace ${namespace}` },
        { what: `Let ${host} send its webhooks (${[...new Set(triggers.flatMap(each => each.heard.eventTypes))].join(', ')}) to the Service el-${listenerOf(graph.id)}, port 8080.`, where: `an Ingress or HTTPRoute in the namespace ${namespace}, and the webhooks of ${settings.repository ?? 'the repository'}` },
      ] : [],
      ...[...byPlace].map(([place, keys]) => ({ what: `Create the Secret "${place}" with the keys ${keys.join(', ')}.`, where: `the namespace ${namespace}` })),
      ...graph.triggers.some(trigger => trigger.kind === 'manual') ? [{
        what: `Start a run by hand with what the ConfigMap "${startOf(graph.id)}" holds${graph.inputs.length > 0 ? ', once its params are filled in' : ''}: `
          + `kubectl -n ${namespace} get configmap ${startOf(graph.id)} -o jsonpath='{.data.run\\.yaml}' > run.yaml; kubectl create -f run.yaml.`,
        where: 'whoever may create PipelineRuns',
      }] : [],
      {
        what: `Let something remove runs that are done (tektoncd/pruner, tkn pipelinerun delete --keep): until then, each keeps its pods${[...lowered.values()].some(job => job.usesArtifacts) ? ` and a volume of ${settings.storage.size}` : ''}.`,
        where: `the namespace ${namespace}`,
      },
      ...isScheduled ? [{ what: 'Schedules of CronJobs need Kubernetes 1.27, where timeZone is stable.', where: 'the cluster' }] : [],
      ...[...lowered.values()].some(job => job.podTemplate.hostUsers === false)
        ? [{ what: 'Jobs that build images run buildah as root of a user namespace: the namespace has to allow the baseline pod security standard, and nodes need user namespaces (Kubernetes 1.33).', where: `the namespace ${namespace}` }]
        : [],
    ];
  }
}

/** The objects with what the user changes in them. */
function patched(
  objects: LoweredObject[], graph: PipelineGraph, lowered: ReadonlyMap<string, LoweredJob>, rows: PipelineRow[],
): { readonly all: LoweredObject[]; readonly findings: Finding[] } {
  const findings: Finding[] = [];
  const all = [...objects];
  for (const { system, job, operations, reason } of graph.patches) {
    if (system !== 'tekton') {
      continue;
    }
    const target = job === undefined ? graph.id : lowered.get(job)?.task.metadata.name;
    const at = all.findIndex(object => object.kind === (job === undefined ? 'Pipeline' : 'Task') && object.metadata.name === target);
    try {
      all[at] = patchedWith(structuredClone(all[at]), ...operations) as LoweredObject;
      rows.push(native('patch', reason, job));
    } catch (error) {
      findings.push(messages.patchFailed.at(graph.path, { target: job ?? graph.id, error: String((error as Error).message).split('\n')[0] }));
    }
  }
  return { all, findings };
}

/** What there is to say of the pipeline as a whole. */
function sayPipeline(graph: PipelineGraph, settings: Settings, { planned }: Planner, rows: PipelineRow[]): void {
  rows.push(emulated('shell', 'bash -euo pipefail; each step is a container, so that variables of the shell are lost after it'));
  if (graph.runName !== undefined) {
    rows.push(dropped('runName', 'a run is called by the pipeline and a suffix'));
  }
  for (const { name, options } of graph.inputs.filter(input => input.options.length > 0)) {
    rows.push(approximated(`input ${name}`, `a param takes any text; its description says: one of ${options.join(', ')}`));
  }
  // Params of a run are not told apart by case (pkg/apis/pipeline/v1/taskrun_validation.go, validateNoDuplicateNames).
  const same = twins(graph.inputs.map(input => input.name));
  if (same !== undefined) {
    rows.push(unsupported('inputs', same));
  }
  const reads = textsRead(graph).flatMap(valuesOf);
  if (reads.some(value => value.kind === 'context' && value.name === 'runNumber')) {
    rows.push(unsupported('runNumber', 'Tekton does not count runs; runId is unique'));
  }
  if (reads.some(value => value.kind === 'context' && value.name === 'runUrl') && settings.dashboard === undefined) {
    rows.push(approximated('runUrl', 'it is empty without TektonOptions.dashboard'));
  }
  sayConcurrency(graph, rows, settings.concurrencyHeldBy);
  sayIndependence(graph, planned, rows);
  for (const job of graph.jobs) {
    for (const output of planned.get(job.id)!.isLast ? lateReads(job.needs, job.condition) : []) {
      rows.push(unsupported('outputs', `a finally task is skipped when it reads an output of ${output}, and that one did not succeed`, job.id));
    }
  }
}

/** Jobs whose outputs a finally task reads, though it runs when they fail. */
function lateReads(needs: PipelineGraph['jobs'][number]['needs'], condition: PipelineGraph['jobs'][number]['condition']): string[] {
  const sure = new Set((condition?.kind === 'and' ? condition.of : [condition]).flatMap(part => part?.kind === 'result' && part.is.length === 1 && part.is[0] === 'success' ? [part.job] : []));
  return needs.filter(edge => edge.reasons.includes('output') && !sure.has(edge.job)).map(edge => edge.job);
}

/** Tekton has no groups of runs. Where two runs at once would publish or deploy something, that is an error. */
function sayConcurrency(graph: PipelineGraph, rows: PipelineRow[], heldBy: string | undefined): void {
  const say = (concurrency: ConcurrencyNode | undefined, isRisky: boolean, job?: string) => {
    if (concurrency !== undefined && heldBy !== undefined) {
      rows.push(emulated('concurrency', `held elsewhere: ${heldBy}`, job));
    } else if (concurrency !== undefined) {
      const how = 'Tekton has no groups of runs: several run at once';
      rows.push(isRisky || concurrency.onNew === 'queue' ? unsupported('concurrency', how, job) : dropped('concurrency', how, job));
    }
  };
  const risky = (job: PipelineGraph['jobs'][number]) => job.publishes || job.environment !== undefined;
  say(graph.concurrency, graph.jobs.some(risky));
  graph.jobs.forEach(job => say(job.concurrency, risky(job), job.id));
}

/** GitHub runs on where another branch of the graph has failed; Tekton starts nothing more. */
function sayIndependence(graph: PipelineGraph, planned: ReadonlyMap<string, PlannedJob>, rows: PipelineRow[]): void {
  const levels = new JobOrder(graph.jobs).levels().map(level => level.filter(job => !planned.get(job.id)!.isLast)).filter(level => level.length > 0);
  const [first = [], second] = levels;
  // Nothing is lost where all that waits stands in one row, behind all that starts at once.
  const isAtOnce = first.length < 2 || first.every(job => planned.get(job.id)!.runAfter.length === 0);
  const isRow = isAtOnce && levels.slice(1).every(level => level.length === 1) && (second === undefined || second[0].needs.length === first.length);
  if (!isRow) {
    rows.push(approximated('independent jobs', 'when a job fails, no other one is started any more, also of those that do not need it'));
  }
}

function textsRead(graph: PipelineGraph): Text[] {
  const ofJobs = graph.jobs.flatMap(job => [job.env, ...flattened(job.steps).map(step => step.env), ...job.services.map(service => service.env)]);
  return [graph.env, ...ofJobs].flatMap(env => Object.values(env));
}

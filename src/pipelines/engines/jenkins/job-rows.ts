import { approversOf, submitterOf } from './approvals';
import { JenkinsPlugin } from './options';
import type { World } from './world';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { describe, describeText, flattened, JobNode } from '../../graph';
import { twins } from '../../twins';

/** What is said of a job once, however many stages it is. */
export function rowsOf(job: JobNode, world: World): void {
  const matrix = job.matrix;
  if (matrix?.kind === 'dynamic') {
    world.row(unsupported('matrix', 'the legs of a matrix of Jenkins are known before it starts', job.id));
  }
  if (matrix?.maxParallel !== undefined && matrix.maxParallel < (matrix.kind === 'static' ? matrix.combinations.length : Infinity)) {
    world.row(approximated('limit of parallel legs', 'all legs run at once, as far as there are agents', job.id));
  }
  if (job.condition) {
    world.row(native(`condition: ${describe(job.condition)}`, 'when { … }, at the jobs that need it as well', job.id));
  }
  approvalRows(job, world);
  twinRows(job, world);
  if (job.environment) {
    world.row(dropped(`record of releases to "${job.environment.name}"`, 'there are no environments; the stage says what it deploys', job.id));
    const held = job.environment.protection;
    const runsPromote = job.steps.some(step => step.kind === 'delivery' && step.action === 'promote');
    if (held && !runsPromote && (held.soakMinutes || held.restrictedTimes)) {
      world.row(approximated(`times of "${job.environment.name}"`, 'soak times, windows and freezes are held by fairway promote alone', job.id));
    }
  }
  if (job.concurrency) {
    concurrencyRow(job, world);
  }
  if (job.attempts > 1) {
    world.row(native('attempts', 'retry(n)', job.id));
  }
  world.row(native('timeout', 'timeout(time:, unit:) around the steps', job.id));
  if (job.allowFailure) {
    world.row(native('allowed failure', 'catchError(buildResult: \'SUCCESS\')', job.id));
  }
  if (job.outputs.length > 0) {
    world.row(emulated('outputs', 'env.FAIRWAY_OUTPUT_…, read from the file of $FAIRWAY_OUTPUT', job.id));
  }
  if (job.uploads.length > 0) {
    world.row(native('artifacts', 'archiveArtifacts, and stash for jobs that download them', job.id));
  }
  if (job.grants.length > 0) {
    world.row(emulated('permissions', 'the credentials that Jenkins has for the repository; comments name what is needed', job.id));
  }
  if (job.runner.os === 'windows' && job.steps.some(step => step.kind !== 'run' || step.shell !== 'pwsh')) {
    world.remain('Put the bash of Git for Windows into the PATH of agents with Windows.', 'Nodes');
  }
}

function approvalRows(job: JobNode, world: World): void {
  const approval = approversOf(job);
  if (approval === undefined) {
    return;
  }
  world.row(native('approval', `input { submitter }${approval.count > 1 ? `, until ${approval.count} have agreed` : ''}; who refuses ends the build`, job.id));
  if (approval.approvers.length > 0) {
    world.remain(`Give the users or groups ${approval.approvers.map(each => `"${submitterOf(each)}"`).join(', ')} the right Job/Build; administrators can always answer.`, 'Manage Jenkins > Security');
  } else {
    world.row(approximated('approvers', 'whoever may start builds can agree: name approvers', job.id));
  }
}

function concurrencyRow(job: JobNode, world: World): void {
  const { group, onNew } = job.concurrency!;
  const part = `concurrency group ${describeText(group)}`;
  if (!world.options.plugins.has(JenkinsPlugin.LOCKABLE_RESOURCES)) {
    world.row(unsupported(part, 'the plug-in lockable-resources is not there', job.id));
  } else if (onNew === 'queue') {
    world.row(native(part, 'lock(resource:)', job.id));
  } else {
    world.row((onNew === 'replacePending' ? emulated : approximated)(part, onNew === 'replacePending' ? 'lock and milestone: a newer build that is through stops those that wait' : 'a newer build waits for the one that runs, and stops those that wait', job.id));
  }
}

/** Jenkins does not tell variables apart by case (core, EnvVars), and axes are variables as well. */
function twinRows(job: JobNode, world: World): void {
  const around = { ...world.graph.env, ...job.container?.env, ...job.env };
  const axes = job.matrix === undefined ? [] : job.matrix.kind === 'dynamic' ? job.matrix.axes : job.matrix.combinations.flatMap(Object.keys);
  const faults = [twins(axes), ...flattened(job.steps).map(step => twins(Object.keys({ ...around, ...step.env })))];
  new Set(faults).forEach(fault => fault !== undefined && world.row(unsupported('variables', fault, job.id)));
}

import * as messages from './messages';
import { GitLabTier } from './options';
import type { JobPlan } from './plan';
import { isGuarded } from './plan';
import type { Settings } from './settings';
import { expandable, variableFor } from './values';
import { groupText, Workflow } from './workflow';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow, Remaining } from '../../engine';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { describeText, JobNode, Text } from '../../graph';

/** What GitLab writes of where a job deploys to, who has to agree, and what it excludes. */
export interface Deployment {
  readonly environment?: Record<string, unknown>;
  /** The address of the environment, when only the job knows it. */
  readonly url?: Text;
  readonly manual: boolean;
  readonly confirmation?: string;
  readonly resourceGroup?: string;
  readonly rows: readonly PipelineRow[];
  readonly remains: readonly Remaining[];
  readonly findings: readonly Finding[];
}

/** lib/gitlab/regex.rb, environment_name_regex_chars. */
const NAME = /^[A-Za-z0-9_ .${}-](?:[A-Za-z0-9_ .${}/-]*[A-Za-z0-9_ .${}-])?$/;

export function deploymentOf(plan: JobPlan, job: JobNode, settings: Settings, workflow: Workflow): Deployment {
  const rows: PipelineRow[] = [];
  const remains: Remaining[] = [];
  const findings: Finding[] = [];
  const url = job.environment?.url;
  const written = url === undefined ? undefined : expandable(url, value => value.kind === 'secret' ? undefined : variableFor(value));
  if (job.environment !== undefined) {
    const { name } = job.environment;
    if (!NAME.test(name) || /[${}]/.test(name)) {
      findings.push(messages.unwritableName.at(job.path, { what: 'environment', name, allowed: 'letters, digits, spaces, hyphens, underscores, dots and slashes' }));
    }
    rows.push(native(`environment ${name}`, 'environment', job.id));
    if (isGuarded(plan)) {
      rows.push(approximated(`environment ${name}`, 'the job decides itself whether it does something; when it does not, GitLab records a deployment all the same', job.id));
    }
  }
  const tiers = new Map(Object.entries(settings.deploymentTiers));
  const tier = job.environment && tiers.get(job.environment.name);
  const approval = approvalOf(plan, job, settings, { rows, remains });
  return {
    ...job.environment && {
      environment: {
        name: job.environment.name,
        ...url && { url: written ?? '$FAIRWAY_URL' },
        ...tier !== undefined && { deployment_tier: tier },
      },
    },
    ...url && written === undefined && { url },
    ...approval,
    ...exclusive(job, workflow, { rows, remains, findings }),
    rows,
    remains,
    findings,
  };
}

type Notes = { readonly rows: PipelineRow[]; readonly remains: Remaining[] };

function approvalOf(plan: JobPlan, job: JobNode, settings: Settings, { rows, remains }: Notes): Pick<Deployment, 'manual' | 'confirmation'> {
  const { approval, environment } = job;
  const protection = environment?.protection;
  if (protection !== undefined) {
    held(job, rows);
  }
  const approvals = protection?.approvals;
  if (approval === undefined && approvals === undefined) {
    return { manual: false };
  }
  if (plan.when !== 'on_success') {
    rows.push(unsupported('approval', 'a manual job starts only after the success of those before it', job.id));
  }
  if (approval?.timeoutMinutes !== undefined) {
    rows.push(approximated('time for the approval', 'a manual job waits for ever', job.id));
  }
  if (isGuarded(plan)) {
    rows.push(approximated('approval', 'somebody is asked even when the job then finds that it has nothing to do', job.id));
  }
  const restricted = (approval?.approvers.length ?? 0) > 0 || (approval?.count ?? 1) > 1 || approvals !== undefined;
  if (!restricted) {
    rows.push(native('approval', 'when: manual; whoever may run the pipeline', job.id));
  } else if (settings.tier !== GitLabTier.FREE && environment !== undefined) {
    rows.push(native('approval', `when: manual, and the protected environment ${environment.name}`, job.id));
    if (approval !== undefined && approvals === undefined) {
      remains.push({
        what: `Protect the environment "${environment.name}" with ${approval.count} approval${approval.count === 1 ? '' : 's'} of ${approval.approvers.join(', ') || 'whoever may'}.`,
        where: 'Settings > CI/CD > Protected environments',
      });
    }
  } else if (settings.anybodyApproves) {
    rows.push(approximated('approval', 'when: manual; whoever may run the pipeline, and one is enough', job.id));
  } else {
    rows.push(unsupported('approval', 'who may start a manual job is settled by a protected environment alone: give the job one and say GitLabCiOptions.tier, '
      + 'or GitLabCiOptions.anybodyApproves', job.id));
  }
  const message = approval?.message.replace(/[\p{C}\s]+/gu, ' ').trim();
  return { manual: true, ...settings.manualConfirmation && message && { confirmation: message } };
}

/** What `fairway promote` holds, and GitLab does not. */
function held(job: JobNode, rows: PipelineRow[]): void {
  const { soakMinutes, restrictedTimes, requireHealth, requireAnalysis } = job.environment!.protection!;
  if (soakMinutes === undefined && !restrictedTimes && !requireHealth && requireAnalysis.length === 0) {
    return;
  }
  const promotes = job.steps.some(step => step.kind === 'delivery' && step.action === 'promote');
  const part = `what holds a release to ${job.environment!.name} back`;
  rows.push(promotes ? emulated(part, '`fairway promote` holds it', job.id) : dropped(part, 'only `fairway promote` holds it, and the job has no such step', job.id));
}

function exclusive(job: JobNode, workflow: Workflow, { rows, remains, findings }: Notes & { readonly findings: Finding[] }): Pick<Deployment, 'resourceGroup'> {
  const { concurrency } = job;
  if (concurrency === undefined) {
    return workflow.exclusive !== undefined && (job.publishes || job.environment !== undefined) ? { resourceGroup: workflow.exclusive } : {};
  }
  const group = groupText(concurrency.group);
  const part = `runs of ${describeText(concurrency.group)} exclude each other`;
  if (group === undefined) {
    rows.push(unsupported(part, 'the name of the group holds what no variable of GitLab knows', job.id));
    return {};
  }
  if (!NAME.test(group)) {
    findings.push(messages.unwritableName.at(job.path, { what: 'concurrency group', name: group, allowed: 'letters, digits, spaces, hyphens, underscores, dots and slashes' }));
  }
  const settle = (mode: string) => remains.push({
    what: `Set the process mode of the resource group "${group}" to ${mode}.`,
    where: 'the API, PUT /projects/:id/resource_groups/:key',
  });
  switch (concurrency.onNew) {
    case 'queue':
      settle('oldest_first');
      rows.push(native(part, 'resource_group', job.id));
      break;
    case 'replacePending':
      settle('newest_ready_first');
      rows.push(approximated(part, 'resource_group; the newest goes first, and those that it overtakes run after it unless outdated deployments are prevented', job.id));
      break;
    case 'cancelRunning':
      rows.push(approximated(part, 'resource_group; of the one that runs, only newer commits of the same branch stop it', job.id));
      break;
  }
  return { resourceGroup: group };
}

import type { Remaining } from '../../engine';
import type { GrantNode, JobNode, PipelineGraph } from '../../graph';

/** What the project has to be told beside the files. */
export function remainsOf(graph: PipelineGraph): Remaining[] {
  return [...secrets(graph), ...pipelineVariables(graph), ...registries(graph), ...grants(graph), ...environments(graph)];
}

function secrets({ secrets: all, jobs }: PipelineGraph): Remaining[] {
  const where = 'Settings > CI/CD > Variables';
  // Those that GitLab has for each job are there.
  return all.filter(({ name }) => !name.startsWith('CI_')).map(({ name, environment }) => {
    const scope = environment === undefined ? '' : `, with the environment scope ${environment}`;
    const kept = environment !== undefined || jobs.some(job => job.publishes) ? 'masked, protected' : 'masked';
    return { what: `Keep the secret ${name} as a variable: ${kept}, not expanded${scope}.`, where };
  });
}

/** Variables of a run take the place of those of GitLab itself, which rules ask for. */
function pipelineVariables({ triggers, inputs, jobs }: PipelineGraph): Remaining[] {
  const asks = triggers.some(trigger => trigger.kind === 'schedule') || inputs.length > 0;
  const matters = jobs.some(job => job.publishes || job.environment !== undefined);
  return matters ? [{
    what: `Let ${asks ? 'maintainers alone' : 'nobody'} set variables of pipelines: they take the place of predefined ones, such as the name of the branch.`,
    where: 'Settings > CI/CD > Variables > Minimum role to use pipeline variables',
  }] : [];
}

function registries({ jobs }: PipelineGraph): Remaining[] {
  return jobs.filter(job => job.container?.credentials).map(job => ({
    what: `Keep the credentials for the image ${job.container!.image} in the variable DOCKER_AUTH_CONFIG.`,
    where: 'Settings > CI/CD > Variables',
  }));
}

const GRANTED: Partial<Record<GrantNode['capability'], Remaining>> = {
  writeCode: {
    what: 'Allow pushes to the repository with the token of jobs, or give the job a project access token with write_repository as a variable.',
    where: 'Settings > CI/CD > Job token permissions',
  },
  commentOnChange: { what: 'Give the job a project access token with the scope api as a variable: the token of jobs writes no comments.', where: 'Settings > Access tokens' },
  writeIssues: { what: 'Give the job a project access token with the scope api as a variable: the token of jobs writes no issues.', where: 'Settings > Access tokens' },
};

function grants({ jobs }: PipelineGraph): Remaining[] {
  const all = new Set(jobs.flatMap(job => job.grants.map(grant => grant.capability)));
  return [...all].sort().flatMap(capability => GRANTED[capability] ?? []);
}

function environments({ jobs }: PipelineGraph): Remaining[] {
  const byName = new Map(jobs.filter(job => job.environment).map(job => [job.environment!.name, job]));
  return [...byName.entries()].flatMap(([name, job]) => protection(name, job));
}

function protection(name: string, job: JobNode): Remaining[] {
  const approvals = job.environment!.protection?.approvals;
  return approvals === undefined ? [] : [{
    what: `Protect the environment "${name}" with ${approvals.count} approval${approvals.count === 1 ? '' : 's'} of ${approvals.teams.join(', ') || 'whoever may'} (Premium).`,
    where: 'Settings > CI/CD > Protected environments',
  }];
}

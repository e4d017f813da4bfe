import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { attempt, Sandbox, type Run, type Runner } from './sandbox';
import type { Result } from './trace';
import type { EventFacts } from '../../../pipelines/scenario';
import { goInstall } from '../../workshop';

const VERSION = 'v0.2.89';
const STAND_INS = join(__dirname, 'stand-ins');

/** What runs instead of actions that have to be fetched; the first pattern that matches. */
const ACTIONS: [RegExp, string][] = [
  [/^actions\/checkout$/, 'checkout'],
  [/^actions\/upload-artifact$/, 'upload-artifact'],
  [/^actions\/download-artifact$/, 'download-artifact'],
  [/^actions\/cache$/, 'cache'],
  [/^actions\/(setup-[a-z-]+|attest[a-z-]*)$/, 'nothing'],
  [/^(docker|sigstore|anchore|github)\//, 'nothing'],
];

const EVENT_NAMES: Record<EventFacts['event'], string> = {
  push: 'push', tag: 'push', pullRequest: 'pull_request', manual: 'workflow_dispatch', schedule: 'schedule', mergeQueue: 'merge_group',
};

/** What GitHub says was there before a branch. */
const NO_COMMIT = '0'.repeat(40);

let program: string;

/** GitHub Actions, carried out by nektos/act on this machine, without containers. */
export const act: Runner = {
  name: 'act',
  version: VERSION,
  install: () => { program = goInstall('act', 'github.com/nektos/act', VERSION); },
  run: async (of) => {
    const found = Object.entries(of.files).filter(([path]) => isWorkflow(path));
    const workflows = Object.fromEntries(found.map(([path, text]) => [path, onThisMachine(text)]));
    const sandbox = new Sandbox('act', { ...of, files: { ...of.files, ...workflows } });
    sandbox.git('remote', 'add', 'origin', 'https://github.com/acme/shop');
    const { status, output } = await attempt({
      program,
      cwd: sandbox.repository,
      args: args(of, sandbox, Object.values(workflows)),
      patience: of.patience,
      env: { HOME: sandbox.home, XDG_CACHE_HOME: join(sandbox.home, 'cache'), XDG_CONFIG_HOME: join(sandbox.home, 'config') },
    });
    const records = output.split('\n').flatMap(line => jsonOf(line));
    if (records.every(record => record.jobID === undefined) && status !== 0) throw new Error(`act ran no job: ${output.slice(-2000)}`);
    return sandbox.collect({ conclusion: status === 0 ? 'success' : 'failure', reported: reported(records), log: records.map(r => r.msg).join('\n') });
  },
};

function args(of: Run, sandbox: Sandbox, workflows: string[]): string[] {
  mkdirSync(sandbox.home, { recursive: true });
  const given = (flag: string, values: Record<string, string> = {}) => Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    EVENT_NAMES[of.event.event],
    '--eventpath', sandbox.write('event.json', JSON.stringify(payload(of.event, sandbox.sha, sandbox.baseSha))),
    '--json', '--no-skip-checkout', '--no-cache-server', '--pull=false', '--concurrent-jobs', '4',
    '--artifact-server-path', '',
    ...given('--env', { FAIRWAY_TRACE: sandbox.trace, FAIRWAY_REPOSITORY: sandbox.repository, FAIRWAY_ARTIFACTS: sandbox.artifacts }),
    ...given('--secret', { GITHUB_TOKEN: 'no-token', ...of.secrets }),
    ...given('--var', of.variables),
    ...[...new Set(workflows.flatMap(labelsOf))].flatMap(label => ['--platform', `${label}=-self-hosted`]),
    ...[...new Set(workflows.flatMap(standIns))].flatMap(standIn => ['--local-repository', standIn]),
  ];
}

function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

/** The workflow without containers. Everything else stays as it is, to the byte where there are none. */
function onThisMachine(text: string): string {
  const workflow = parse(text);
  const contained = Object.values<any>(workflow.jobs ?? {}).filter(job => job.container !== undefined || job.services !== undefined);
  if (contained.length === 0) return text;
  contained.forEach(job => { delete job.container; delete job.services; });
  return stringify(workflow, { lineWidth: 0 });
}

function labelsOf(text: string): string[] {
  const labels = Object.values<any>(parse(text).jobs ?? {}).flatMap(job => job['runs-on'] ?? []).flatMap((runsOn: any) => runsOn.labels ?? runsOn);
  return [...labels, 'ubuntu-latest', 'ubuntu-24.04', 'ubuntu-24.04-arm', 'ubuntu-22.04', 'windows-latest', 'macos-latest']
    .filter((label: any) => typeof label === 'string' && !label.includes('$'));
}

/** `owner/name@ref=folder` for every action that a workflow uses. */
function standIns(text: string): string[] {
  const steps = Object.values<any>(parse(text).jobs ?? {}).flatMap(job => job.steps ?? []);
  const uses: string[] = steps.map((step: any) => step.uses).filter((use: any) => typeof use === 'string' && !use.startsWith('./'));
  return uses.map(use => {
    const [, repository, ref] = /^([^/]+\/[^/@]+)(?:\/[^@]*)?@(.+)$/.exec(use) ?? [];
    const folder = ACTIONS.find(([pattern]) => pattern.test(repository ?? ''))?.[1];
    if (folder === undefined) throw new Error(`nothing stands in for ${use}`);
    return `${repository}@${ref}=${join(STAND_INS, folder)}`;
  });
}

/** What GitHub would send, as far as workflows look at it. */
function payload(facts: EventFacts, sha: string, before = NO_COMMIT): object {
  const { event, branch = 'main', target = 'main', tag, number = 7, title = 'A change', inputs } = facts;
  const repository = { name: 'shop', full_name: 'acme/shop', default_branch: 'main', owner: { login: 'acme' } };
  const sender = { login: 'octocat' };
  switch (event) {
    case 'pullRequest': {
      const side = (ref: string, at: string) => ({ ref, sha: at, repo: { full_name: 'acme/shop', fork: false } });
      return { action: 'opened', number, repository, sender, pull_request: { number, title, head: side(branch, sha), base: side(target, before === NO_COMMIT ? sha : before), draft: false } };
    }
    case 'tag': return { ref: `refs/tags/${tag}`, after: sha, repository, sender, deleted: false };
    case 'manual': return { ref: `refs/heads/${branch}`, inputs, repository, sender };
    case 'mergeQueue': return {
      action: 'checks_requested',
      repository,
      sender,
      merge_group: { head_sha: sha, head_ref: `refs/heads/gh-readonly-queue/${target}/pr-${number}`, base_ref: `refs/heads/${target}` },
    };
    case 'schedule': return { schedule: '0 3 * * *', repository };
    default: return { ref: `refs/heads/${branch}`, before, after: sha, repository, sender, deleted: false, head_commit: { id: sha, message: title } };
  }
}

function jsonOf(line: string): any[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** act tells of jobs that it ran. A leg shares the failure of the others with them there, so its steps are what counts. */
function reported(records: any[]): Record<string, Result> {
  const results: Record<string, Result> = {};
  for (const { jobID, matrix, jobResult, stepResult, job } of records) {
    if (jobID === undefined) continue;
    const values = Object.values(matrix ?? {});
    const name = values.length > 0 ? `${jobID} ${job}` : jobID;
    if (values.length === 0 && jobResult !== undefined) results[name] = jobResult;
    if (values.length > 0) results[name] = stepResult === 'failure' ? 'failure' : results[name] ?? 'success';
  }
  return results;
}


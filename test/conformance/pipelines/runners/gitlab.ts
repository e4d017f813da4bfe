import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt, filesBelow, Sandbox, type Run, type Runner } from './sandbox';
import type { Result } from './trace';
import type { EventFacts } from '../../../pipelines/scenario';
import { npmInstall } from '../../workshop';

const PINS = 'pipelines/runners/npm';
/** What GitLab does and gitlab-ci-local does not. */
const PROCESSING = join(__dirname, 'gitlab', 'processing.mjs');
/** Ours, as a machine need not have rsync. */
const PROGRAMS = join(__dirname, 'stand-ins', 'bin');
const STATE = '.gitlab-ci-local';
const PACKAGE = JSON.parse(readFileSync(join(__dirname, 'npm', 'package.json'), 'utf8'));

/** What GitLab says was there before where nothing was. */
const NO_COMMIT = '0'.repeat(40);

let program: string;

/** GitLab CI, carried out by gitlab-ci-local on this machine, each job in a folder of its own, without containers. */
export const gitlab: Runner = {
  name: 'gitlab-ci-local',
  version: PACKAGE.dependencies['gitlab-ci-local'],
  install: () => { program = join(npmInstall(PINS), 'node_modules/gitlab-ci-local/src/index.js'); },
  run: async (of) => {
    const sandbox = new Sandbox('gitlab-ci-local', { ...of, files: { ...of.files, '.gitignore': `/${STATE}/\n` } });
    remote(sandbox);
    const calls = (args: string[]) => attempt({
      program: process.execPath,
      cwd: sandbox.repository,
      args: ['--import', PROCESSING, program, ...args, ...settings(of, sandbox)],
      patience: of.patience,
      env: {
        PATH: `${PROGRAMS}:${process.env.PATH}`,
        HOME: sandbox.home,
        FORCE_COLOR: '0',
        FAIRWAY_GITLAB_CI_LOCAL: dirname(program),
        FAIRWAY_MINUTE_MILLIS: String(of.minuteMillis ?? ''),
      },
    });
    const manual = of.approve !== false && Object.values(of.files).some(text => /^ *(- )?when: ["']?manual/m.test(text)) ? manualJobs((await calls(['--list-json'])).output) : [];
    const { status, output } = await calls(manual.flatMap(job => ['--manual', job]));
    const log = output.replace(/\x1b\[[0-9;]*m/g, '');
    const results = reported(log);
    if (Object.keys(results).length === 0) throw new Error(`gitlab-ci-local ran no job: ${log.slice(-2000)}`);
    const artifacts = filesBelow(join(sandbox.repository, STATE, 'artifacts'), /\/\.gitlab-ci-reports\//);
    return sandbox.collect({ conclusion: status === 0 ? 'success' : 'failure', reported: results, log, artifacts });
  },
};

/** What gitlab-ci-local looks for to know the project and its default branch. */
function remote(sandbox: Sandbox): void {
  sandbox.git('remote', 'add', 'origin', 'https://gitlab.example.com/acme/shop.git');
  sandbox.git('update-ref', 'refs/remotes/origin/main', sandbox.baseSha ?? 'HEAD');
  sandbox.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
}

function settings(of: Run, sandbox: Sandbox): string[] {
  const { set, unset } = predefined(of.event, sandbox.baseSha);
  const variables = { FAIRWAY_TRACE: sandbox.trace, ...set, ...of.variables, ...of.secrets, ...of.event.inputs };
  return [
    '--force-shell-executor', '--shell-isolation', '--no-json-schema-validation', '--no-artifacts-to-source', '--no-color', '--home', sandbox.home, '--concurrency', '4',
    ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${raw(value)}`]),
    ...unset.flatMap(name => ['--unset-variable', name]),
  ];
}

/** A value that is not expanded, as a variable of GitLab is that is marked raw. */
function raw(value: string): string {
  return value.replaceAll('$', '$$$$');
}

/** Predefined variables that depend on what set the pipeline off (docs.gitlab.com, Predefined CI/CD variables). */
function predefined(facts: EventFacts, before = NO_COMMIT): { set: Record<string, string>; unset: string[] } {
  const { event, branch = 'main', target = 'main', tag = '', number = 7, title = 'A change' } = facts;
  const source = { push: 'push', tag: 'push', pullRequest: 'merge_request_event', mergeQueue: 'merge_request_event', manual: 'web', schedule: 'schedule' }[event];
  const all = { CI_PIPELINE_SOURCE: source, CI_DEFAULT_BRANCH: 'main', CI_PROJECT_PATH: 'acme/shop', GITLAB_USER_LOGIN: 'tanuki', CI_PIPELINE_IID: '12', CI_COMMIT_BEFORE_SHA: event === 'push' ? before : NO_COMMIT };
  switch (event) {
    case 'pullRequest':
    case 'mergeQueue': return {
      set: {
        ...all,
        CI_MERGE_REQUEST_IID: String(number),
        CI_MERGE_REQUEST_TITLE: title,
        CI_MERGE_REQUEST_DIFF_BASE_SHA: before,
        CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: branch,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: target,
        CI_MERGE_REQUEST_EVENT_TYPE: event === 'mergeQueue' ? 'merge_train' : 'detached',
        CI_MERGE_REQUEST_PROJECT_PATH: 'acme/shop',
      },
      unset: ['CI_COMMIT_BRANCH'],
    };
    case 'tag': return { set: { ...all, CI_COMMIT_TAG: tag, CI_COMMIT_REF_NAME: tag }, unset: ['CI_COMMIT_BRANCH'] };
    default: return { set: { ...all, CI_COMMIT_BRANCH: branch, CI_COMMIT_REF_NAME: branch }, unset: [] };
  }
}

function manualJobs(printed: string): string[] {
  const jobs: any[] = JSON.parse(printed.slice(printed.indexOf('[\n'), printed.lastIndexOf(']') + 1));
  return jobs.filter(job => job.when === 'manual').map(job => job.name);
}

/** The list at the end: ` PASS  build`. A job that is not in it did not run. */
function reported(log: string): Record<string, Result> {
  const results: Record<string, Result> = {};
  for (const [, word, name] of log.matchAll(/^ (PASS|WARN|FAIL)\s+(?!Avoid overriding predefined)(\S.*?)(?:  .*)?\s*$/gm)) results[name] = word === 'PASS' ? 'success' : 'failure';
  return results;
}

import { join } from 'node:path';
import { attempt, filesBelow, Sandbox, type Run, type Runner } from './sandbox';
import type { Result } from './trace';
import type { EventFacts } from '../../../pipelines/scenario';
import { groovyBuild, mavenJar } from '../../maven';
import { run } from '../../workshop';

const SOURCE = join(__dirname, 'jenkins');

/** The version of Groovy that Jenkins runs its pipelines with. */
const GROOVY = {
  group: 'org.codehaus.groovy',
  artifact: 'groovy-all',
  version: '2.4.21',
  sha256: 'de65260cf2070442e99882f2f3d72e7531725c1e6a257446cc0cea525c607bd0',
};

/** For programs that are through in a second. */
const JAVA = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];

const RESULTS: Record<string, Result> = { SUCCESS: 'success', UNSTABLE: 'success', FAILURE: 'failure', ABORTED: 'cancelled', NOT_BUILT: 'skipped' };

/** Why Jenkins would have been started. */
const CAUSES: Record<EventFacts['event'], string> = {
  push: 'BranchEventCause',
  tag: 'BranchEventCause',
  pullRequest: 'BranchEventCause',
  mergeQueue: 'BranchEventCause',
  manual: 'UserIdCause',
  schedule: 'TimerTriggerCause',
};

let classPath: string;

function install(): void {
  classPath ??= groovyBuild('jenkins', SOURCE, mavenJar(GROOVY));
}

/** What is wrong with Jenkinsfiles, by their paths: their structure, and the syntax of their scripts. Nothing of them is run. */
export function problemsOf(files: readonly string[]): Record<string, string[]> {
  install();
  return files.length === 0 ? {} : JSON.parse(run({ program: 'java', args: [...JAVA, '-cp', classPath, 'main', '--check', ...files] }));
}

/** Declarative pipelines of Jenkins, carried out by a stand-in of ours for its interpreter. */
export const jenkins: Runner = {
  name: 'jenkins',
  version: `stand-in, Groovy ${GROOVY.version}`,
  install,
  run: async (of) => {
    const sandbox = new Sandbox('jenkins', of);
    const facts = sandbox.write('run.json', JSON.stringify(factsOf(of, sandbox)));
    const { output } = await attempt({
      program: 'java', args: [...JAVA, '-cp', classPath, 'main', '--run', facts], cwd: sandbox.root, env: { HOME: sandbox.home }, patience: of.patience,
    });
    const [, printed] = /^fairway-result=(.*)$/m.exec(output) ?? [];
    if (printed === undefined) throw new Error(`the stand-in for Jenkins broke down: ${output.slice(0, 2000)}`);
    const { problems, result, stages, log } = JSON.parse(printed);
    if (problems) throw new Error(`the Jenkinsfile is refused: ${problems.join('; ')}`);
    const reported = Object.fromEntries(stages.map((stage: any) => [stage.name, RESULTS[stage.result]]));
    const artifacts = [...new Set([...filesBelow(sandbox.artifacts), ...filesBelow(join(sandbox.root, 'work', 'stashes'))])].sort();
    return sandbox.collect({ conclusion: RESULTS[result] === 'success' ? 'success' : 'failure', reported, log, artifacts });
  },
};

function factsOf(of: Run, sandbox: Sandbox): object {
  const jenkinsfile = Object.keys(of.files).find(path => /(^|\/)([^/]*\.)?[Jj]enkinsfile(\.[^/]*)?$/.test(path));
  if (jenkinsfile === undefined) throw new Error(`no Jenkinsfile in ${Object.keys(of.files).join(', ')}`);
  return {
    jenkinsfile: join(sandbox.repository, jenkinsfile),
    repository: sandbox.repository,
    root: join(sandbox.root, 'work'),
    artifacts: sandbox.artifacts,
    env: { FAIRWAY_TRACE: sandbox.trace, HOME: sandbox.home, ...predefined(of.event), ...of.variables },
    scm: scm(sandbox),
    params: of.event.inputs ?? {},
    secrets: of.secrets ?? {},
    approve: of.approve ?? true,
    causes: [CAUSES[of.event.event]],
    changed: of.event.changed ?? [],
    minuteMillis: of.minuteMillis,
  };
}

/** What a checkout says (Git plug-in, GitSCM.buildEnvironment). */
function scm(sandbox: Sandbox): object {
  const { sha, baseSha } = sandbox;
  const before = baseSha === undefined ? {} : { GIT_PREVIOUS_COMMIT: baseSha, GIT_PREVIOUS_SUCCESSFUL_COMMIT: baseSha };
  return { GIT_COMMIT: sha, GIT_URL: 'https://github.com/acme/shop.git', ...before };
}

/** Variables of a multibranch job (Branch API, and the Git plug-in). */
function predefined(facts: EventFacts): Record<string, string> {
  const { event, branch = 'main', target = 'main', tag = '', number = 7, title = 'A change' } = facts;
  const all = {
    BUILD_ID: '12',
    BUILD_NUMBER: '12',
    BUILD_URL: 'https://jenkins.example.com/job/shop/12/',
    BUILD_TAG: 'jenkins-shop-12',
    JOB_NAME: 'shop',
    BRANCH_IS_PRIMARY: String(event !== 'pullRequest' && branch === 'main'),
  };
  switch (event) {
    case 'pullRequest': return {
      ...all,
      BRANCH_NAME: `PR-${number}`,
      CHANGE_ID: String(number),
      CHANGE_TITLE: title,
      CHANGE_BRANCH: branch,
      CHANGE_TARGET: target,
      CHANGE_AUTHOR: 'octocat',
      CHANGE_URL: `https://github.com/acme/shop/pull/${number}`,
    };
    case 'tag': return { ...all, BRANCH_NAME: tag, TAG_NAME: tag };
    case 'mergeQueue': return { ...all, BRANCH_NAME: `gh-readonly-queue/${target}/pr-${number}` };
    default: return { ...all, BRANCH_NAME: branch };
  }
}

import { Block, blocksOf } from './groovy';
import { DIGEST, SystemOutputs } from './system';
import { JobNode, plainText } from '../../../../src/pipelines/graph';
import { textsOf } from '../../engines/jenkins/read-groovy';

export interface Jenkinsfile {
  readonly text: string;
  /** `options`, `triggers`, `parameters`, `environment` and `post` of the pipeline: what is in them. */
  readonly sections: Record<string, string>;
  /** What is in each stage, by name. */
  readonly stages: Record<string, string>;
  /** The stages that are through when one begins. */
  readonly before: Record<string, string[]>;
}

const nameOf = ({ head }: Block) => /^stage\('(.*)'\)$/.exec(head)?.[1].replace(/\\'/g, '\'');

/** Stages of a list follow each other, and those of `parallel` do not. */
function walk(blocks: readonly Block[], isParallel: boolean, given: readonly string[], into: Pick<Jenkinsfile, 'stages' | 'before'>): string[] {
  const done: string[] = [];
  for (const block of blocks) {
    const name = nameOf(block);
    if (name === undefined) {
      continue;
    }
    const before = isParallel ? [...given] : [...given, ...done];
    into.stages[name] = block.inside;
    into.before[name] = before;
    const inner = block.blocks.find(({ head }) => head === 'stages' || head === 'parallel');
    done.push(name, ...inner ? walk(inner.blocks, inner.head === 'parallel', before, into) : []);
  }
  return done;
}

function read(files: Record<string, string>): Jenkinsfile {
  const text = files.Jenkinsfile;
  const root = blocksOf(text).find(({ head }) => head === 'pipeline')!;
  const into = { stages: {}, before: {} };
  walk(root.blocks.find(({ head }) => head === 'stages')!.blocks, false, [], into);
  return { text, ...into, sections: Object.fromEntries(root.blocks.map(({ head, inside }) => [head, inside])) };
}

/** A job is a stage; a leg of a matrix, and what asks before it, are stages with its name before theirs. */
function isOf(stage: string, job: JobNode): boolean {
  const name = plainText(job.name)!;
  return stage === name || stage.toLowerCase() === job.id || (job.matrix !== undefined && stage.startsWith(`${name} (`)) || (job.approval !== undefined && stage.startsWith(`${name}: `));
}

const stagesOf = ({ stages }: Jenkinsfile, job: JobNode) => Object.keys(stages).filter(stage => isOf(stage, job));

/** What runs when everything is over stands in `post`, and has no stage. */
function isLast({ sections }: Jenkinsfile, job: JobNode): boolean {
  const texts = textsOf(sections.post ?? '');
  return job.steps.length > 0 && job.steps.every(step => step.kind === 'run' && texts.some(text => text.includes(step.script.replace(/\s+/g, ' '))));
}

const when = ({ stages }: Jenkinsfile, stage: string) => /when \{ beforeAgent true (.*?) \} (?:steps|options|stages|environment) \{/.exec(stages[stage])?.[1];
const names = (view: Jenkinsfile) => Object.keys(view.stages).filter(name => name !== 'Trigger');
const longer = (...jobs: string[]) => expect.arrayContaining(jobs.map(job => expect.stringContaining(`"${job}" waits`)));
const NOT_FAILED = (job: string) => `env.FAIRWAY_RESULT_${job} != 'failure'`;

/** Jenkins. */
export const JENKINS: SystemOutputs<Jenkinsfile> = {
  system: 'jenkins',
  read,
  has: (view, job) => stagesOf(view, job).length > 0 || isLast(view, job),
  waitsFor: (view, job, graph) => {
    const stages = stagesOf(view, job);
    const before = stages.length === 0 ? names(view) : stages.flatMap(stage => view.before[stage]);
    return graph.jobs.filter(other => other !== job && before.some(stage => isOf(stage, other))).map(other => other.id);
  },
  // No order of stages and parallels is every order: who waits for more is named, and who waits for him waits, too.
  mayWait: (job, { view, lowering, graph }) => {
    const named = graph.jobs.filter(each => lowering.findings.some(({ code, path }) => code === 'FW1188' && path === each.path)).map(each => each.id);
    const before = stagesOf(view, job).flatMap(stage => view.before[stage]);
    return isLast(view, job) || named.includes(job.id) || graph.jobs.some(each => named.includes(each.id) && before.some(stage => isOf(stage, each)));
  },
  texts: ({ text }) => textsOf(text),
  refused: { 'dynamic-matrix': ['build: matrix'], 'release-and-queue': [': triggers: release'] },
  refusedWithoutOptions: { service: ['integration: services'], grants: ['tag: credentials for pushing'] },
  promises: {
    'one-job': view => {
      expect(names(view)).toEqual(['build']);
      expect(view.stages.build).toContain('timeout(time: 30, unit: \'MINUTES\')');
      expect(view.stages.build.match(/'''#!\/usr\/bin\/env bash set -euo pipefail /g)).toHaveLength(2);
      expect(view.stages.Trigger).toContain('branch pattern: \'main\', comparator: \'EQUALS\'');
    },
    'fan-out-fan-in': view => {
      expect(view.before.unit).toEqual(view.before.lint);
      expect(view.before.ship).toEqual(expect.arrayContaining(['unit', 'lint', 'build']));
    },
    'no-series-parallel': (_, { lowering }) => expect(lowering.findings.map(({ message }) => message)).toEqual(longer('c', 'e')),
    'stages': view => {
      expect(view.before.push).toEqual(expect.arrayContaining(['Check', 'unit', 'lint']));
      expect(view.before.unit).not.toContain('lint');
    },
    'outputs': view => {
      expect(view.stages.build).toContain('env.FAIRWAY_OUTPUT_build__odd = sh(');
      expect(view.stages.ship).toContain('withEnv([ \'VERSION=\' + (env.FAIRWAY_OUTPUT_build__version ?: \'\'), \'ODD=\' + (env.FAIRWAY_OUTPUT_build__odd ?: \'\'), ])');
    },
    'artifacts': view => {
      expect(view.stages.build).toContain('stash name: \'dist\', includes: \'dist,dist/**\'');
      expect(view.stages.ship).toContain('dir(\'got\') { unstash \'dist\' }');
      expect(view.sections.options).toContain('artifactDaysToKeepStr: \'3\'');
    },
    'missing-artifact': view => expect(view.stages.build).toContain('archiveArtifacts artifacts: \'reports,reports/**\', allowEmptyArchive: true'),
    'skip-cascade': view => {
      expect(when(view, 'preview')).toBe('changeRequest()');
      expect(when(view, 'look')).toMatch(/^changeRequest\(\) expression \{ env\.FAIRWAY_RESULT_preview != 'failure' && /);
      expect(when(view, 'report')).toMatch(/^changeRequest\(\) expression \{ .*FAIRWAY_RESULT_look != 'failure' && /);
      expect(when(view, 'clean')).toBeUndefined();
    },
    'skip-by-output': view => {
      const yes = 'expression { env.FAIRWAY_OUTPUT_plan__deploy == \'yes\' }';
      expect(['ship', 'tell', 'stay'].map(stage => when(view, stage))).toEqual([yes, yes, yes.replace('yes', 'no')]);
      expect(view.before.tell).toContain('ship');
    },
    'condition-words': view => {
      const release = 'branch pattern: \'release/[^/]*\', comparator: \'REGEXP\'';
      const main = 'branch pattern: \'main\', comparator: \'EQUALS\'';
      expect(Object.fromEntries(['release', 'main', 'other', 'either', 'neither'].map(stage => [stage, when(view, stage)]))).toEqual({
        release: `not { changeRequest() } ${release}`,
        main: `not { changeRequest() } ${main}`,
        other: `not { ${release} }`,
        either: `anyOf { ${main} ${release} }`,
        neither: `not { anyOf { changeRequest() ${release} } }`,
      });
    },
    'failure-and-cleanup': view => {
      expect(view.stages.build).toContain('catchError(buildResult: \'FAILURE\', stageResult: \'FAILURE\')');
      expect(['ship', 'alarm', 'quiet', 'clean'].map(stage => when(view, stage))).toEqual([
        `expression { ${NOT_FAILED('build')} && currentBuild.currentResult != 'ABORTED' }`, 'expression { env.FAIRWAY_RESULT_build == \'failure\' }',
        `expression { ${NOT_FAILED('build')} }`, undefined,
      ]);
    },
    'no-failure-no-alarm': view => {
      expect(names(view)).toEqual(['build']);
      expect(view.sections.post).toMatch(/currentBuild\.currentResult == 'FAILURE'\) \{ node\('linux'\) .*start alarm.*start clean/);
      expect(view.sections.post).toMatch(/^always \{/);
    },
    'failure-behind-cleanup': view => {
      expect(when(view, 'clean')).toBeUndefined();
      expect(when(view, 'ship')).toBe(`expression { ${NOT_FAILED('build')} && ${NOT_FAILED('clean')} && currentBuild.currentResult != 'ABORTED' }`);
      expect(when(view, 'alarm')).toBe('expression { env.FAIRWAY_RESULT_build == \'failure\' || env.FAIRWAY_RESULT_clean == \'failure\' }');
    },
    'outcome-of-job': view => {
      expect(when(view, 'report')).toBe('expression { (env.FAIRWAY_RESULT_scan ?: \'skipped\') == \'failure\' }');
      expect(when(view, 'praise')).toBe('expression { (env.FAIRWAY_RESULT_scan ?: \'skipped\') == \'success\' }');
    },
    'allowed-failure': view => {
      expect(view.stages.flaky).toContain('catchError(buildResult: \'SUCCESS\', stageResult: \'UNSTABLE\')');
      expect(view.stages.ship).not.toContain('catchError');
    },
    'steps-after-failure': view => {
      const [steps, post] = view.stages.build.split(' post { ');
      expect(steps).toMatch(/catchError\(buildResult: 'SUCCESS', stageResult: 'UNSTABLE', catchInterruptions: false\) \{[^}]*tolerated/);
      expect(steps).toMatch(/tolerated.*goes-on.*fails.*never/);
      expect(post).toMatch(/if \(env\.FAIRWAY_RESULT_build == 'failure' && [^{]*\{[^}]*on-failure.*always.*if \(!\(env\.FAIRWAY_RESULT_build == 'failure'[^{]*\{[^}]*not-failed/);
    },
    'steps-by-value': view => {
      expect(view.stages.build).toMatch(/if \(\(\(env\.FAIRWAY_OUTPUT_build__find__kind \?: ''\) in \['docs', 'site'\]\)\) \{[^}]*docs/);
      expect(view.stages.build).toMatch(/if \(env\.FAIRWAY_OUTPUT_build__find__kind == 'code'\) \{[^}]*code/);
      expect(view.stages.build).toMatch(/if \(!\(env\.CHANGE_ID\) && !\(env\.TAG_NAME\)\) \{[^}]*pushed/);
      expect(view.stages.build).toMatch(/if \(env\.TAG_NAME && !\(env\.CHANGE_ID\)\) \{[^}]*tagged/);
    },
    'large-graph': (view, { graph }) => {
      expect(graph.jobs.filter(job => view.stages[job.id] === undefined)).toEqual([]);
      expect(view.before['w7-j19'].filter(stage => /^w\d-j\d+$/.test(stage))).toHaveLength(140);
      expect(view.before['w7-j19']).not.toContain('w7-j0');
    },
    'matrix': view => {
      expect(names(view)).toEqual(['test', 'test (linux-22)', 'test (linux-24-yes)', 'test (alpine-24)', 'test (slim-24)', 'ship']);
      expect(view.stages['test (linux-24-yes)']).toContain('withEnv([ \'OS=linux\', \'NODE=24\', \'EXTRA=yes\', ])');
      expect(view.stages.test).toMatch(/^failFast true parallel \{/);
    },
    'matrix-goes-on': view => {
      expect(names(view).filter(name => name.startsWith('test ('))).toEqual(['test (a)', 'test (b)', 'test (c)']);
      expect(view.text).not.toContain('failFast');
      expect(when(view, 'ship')).toBe(`expression { ${['test_a', 'test_b', 'test_c'].map(NOT_FAILED).join(' && ')} && currentBuild.currentResult != 'ABORTED' }`);
      expect(when(view, 'clean')).toBeUndefined();
    },
    'dynamic-matrix': 'does not apply, because it is refused',
    'environment-of-steps': view => {
      expect(view.sections.environment).toContain('LOG_LEVEL = \'as $HOME is "written" \\\\ % !\' camelCase = \'kept\'');
      expect(view.stages.build).toContain('environment { B = \'job\' C = \'job\' }');
      expect(view.stages.build).toContain('withEnv([\'C=step\'])');
    },
    'hostile-names': view => {
      expect(view.stages.greet).toContain('\'TITLE=\' + (env.CHANGE_TITLE ?: \'\')');
      expect(view.stages.greet).toContain('if (env.CHANGE_BRANCH != \'main\')');
      expect(view.stages.Trigger).toMatch(/^when \{ not \{ changeRequest\(\) \} \}/);
    },
    'odd-scripts': view => expect(textsOf(view.text).join('\n')).toContain('\'\'\' """ $(HOME) $[x] %s \\n $[[ inputs.x ]] $(params.x) #{x} \\\\ \\$ \t end'),
    'step-retry': view => expect(view.stages.fetch).toMatch(/retry\(3\) \{ (sh|withEnv)/),
    'job-attempts': view => expect(view.stages.build).toContain('retry(2) { timeout(time: 30'),
    'timeouts': view => {
      expect(view.stages.slow).toMatch(/timeout\(time: 5, unit: 'MINUTES'\) \{ .*timeout\(time: 2, unit: 'MINUTES'\) \{ sh label: 'Run sleep 1'/);
      expect(view.stages.usual).toContain('timeout(time: 20, unit: \'MINUTES\')');
    },
    'concurrency': view => {
      expect(view.sections.options).toContain('disableConcurrentBuilds(abortPrevious: env.CHANGE_ID != null)');
      expect(view.stages.deploy).toContain('lock(resource: \'deploy-prod\', inversePrecedence: true) { milestone(ordinal: 1)');
      expect(when(view, 'deploy')).toBe('not { changeRequest() }');
    },
    'approval': view => {
      expect(view.stages['ask: approval']).toBe('options { timeout(time: 480, unit: \'MINUTES\') } steps { input message: \'Ship it?\', submitter: \'acme/sre\' }');
      expect(view.before.ship).toContain('ask: approval');
      expect(view.before.ask).toContain('build');
    },
    'deployment': (view, { lowering }) => {
      expect(view.stages.deploy).toContain('lock(resource: \'deploy-prod\', inversePrecedence: true) { milestone(ordinal: 1)');
      expect(lowering.rows.map(({ part }) => part)).toContain('record of releases to "prod"');
    },
    'schedule': view => {
      expect(view.sections.triggers).toBe('cron(env.BRANCH_IS_PRIMARY == \'true\' ? \'TZ=Asia/Tokyo\\n17 3 * * 1-5\' : \'\')');
      expect(when(view, 'nightly')).toBe('triggeredBy \'TimerTrigger\'');
      expect(when(view, 'build')).toBe('not { triggeredBy \'TimerTrigger\' }');
    },
    'service': view => {
      expect(view.stages.integration).toContain(`- name: db image: docker.io/library/postgres:17@${DIGEST} env: - name: POSTGRES_PASSWORD valueFrom: secretKeyRef: name: db-password`);
      expect(view.stages.integration).toContain('hostAliases: - ip: "127.0.0.1" hostnames: - db');
      expect(view.stages.integration).toMatch(/container\('db'\) \{ .*until pg_isready -U postgres; do/);
    },
    'path-filter': view => {
      expect(view.stages.Changes).toContain('\'FILTER_TRIGGER=:(glob)src/**\\n:(exclude,glob)src/**/*.md\', \'FILTER_TRIGGER_2=:(glob)src/**\\n:(glob)package.json\'');
      expect(view.stages.Changes).toContain('echo "trigger_2=$(changed "$FILTER_TRIGGER_2")"');
      expect(when(view, 'build')).toMatch(/FAIRWAY_OUTPUT_changes__trigger == 'true'\) && \(!\(env\.CHANGE_ID\) \|\| env\.FAIRWAY_OUTPUT_changes__trigger_2 == 'true'\)/);
    },
    'changed-files': view => {
      expect(when(view, 'spell')).toBe('expression { env.FAIRWAY_OUTPUT_changes__docs == \'true\' }');
      expect(when(view, 'code')).toBe('expression { env.FAIRWAY_OUTPUT_changes__code == \'true\' }');
      expect(view.stages.Changes).toContain('\'FILTER_CODE=:(glob)**\\n:(exclude,glob)docs/**\'');
    },
    'tags': view => {
      expect(when(view, 'release')).toBe('buildingTag()');
      expect(when(view, 'build')).toBe('not { buildingTag() }');
      expect(view.stages.Trigger).toMatch(/tag pattern: '.*rc/);
      expect(view.stages.release).toContain('\'TAG=\' + (env.TAG_NAME ?: \'\')');
    },
    'release-and-queue': view => expect(view.stages.Trigger).toMatch(/gh-readonly-queue\/main\/.*changeRequest\(\)/),
    'inputs': view => {
      expect(view.sections.parameters).toBe('choice(name: \'target\', choices: [\'dev\', \'prod\'], description: \'where to\') '
        + 'booleanParam(name: \'dryRun\', defaultValue: false, description: \'whether to only look\') string(name: \'reason\', defaultValue: \'\', description: \'why\')');
      expect(view.stages.go).toContain('\'REASON=\' + params.reason.toString()');
      expect(when(view, 'real')).toBe('expression { params.dryRun.toString() == \'false\' }');
      expect(view.stages.Trigger).toContain('triggeredBy \'UserIdCause\'');
    },
    'secrets': view => {
      expect(view.stages.publish).toMatch(/withCredentials\(\[string\(credentialsId: 'NPM_TOKEN', variable: 'TOKEN'\)\]\) \{ [^}]*pwned[^}]*\} sh label: /);
      expect(view.text.match(/NPM_TOKEN/g)).toHaveLength(1);
    },
    'identity': (view, { lowering }) => {
      expect(view.stages.login).toContain('withCredentials([file(credentialsId: \'AWS_TOKEN\', variable: \'AWS_TOKEN_FILE\')])');
      expect(lowering.remains.map(({ what }) => what).join()).toContain('sts.amazonaws.com');
    },
    'grants': view => {
      expect(view.text).toContain('// writeCode: pushes the tag of the release\n');
      expect(view.stages.tag).toMatch(/withCredentials\(\[gitUsernamePassword\(credentialsId: 'pusher'\)\]\) \{ checkout scm sh .*git push origin v1''' \}/);
    },
    'caches': view => {
      expect(view.stages.test).toContain('arbitraryFileCache(path: \'.npm\', cacheName: \'npm\', cacheValidityDecidingFile: \'package-lock.json\')');
      expect(view.stages.publish).not.toMatch(/cache/i);
      expect(view.text).toContain('// publishPackages: publishes the package\n');
    },
    'job-template': view => {
      expect(['cart / build', 'cart / check', 'ads / build', 'ads / check', 'ship'].filter(name => view.stages[name] === undefined)).toEqual([]);
      expect(view.stages['cart / build']).toContain('withEnv([\'NAME=cart\'])');
      expect(view.stages.ship).toContain('\'CART=\' + (env.FAIRWAY_OUTPUT_cart_build__image ?: \'\'), \'ADS=\' + (env.FAIRWAY_OUTPUT_ads_build__image ?: \'\')');
    },
    'step-template': view => {
      expect(view.stages.say).toMatch(/withEnv\(\['WHOM=you'\]\) .*withEnv\(\['WHOM=world'\]\)/);
      expect(view.stages.say).toContain('\'A=\' + (env.FAIRWAY_OUTPUT_say__first_hello__text ?: \'\'), \'B=\' + (env.FAIRWAY_OUTPUT_say__second_hello__text ?: \'\')');
    },
    'runners': view => {
      expect(['windows', 'macos', 'own'].map(stage => /label '([^']*)'/.exec(view.stages[stage])![1])).toEqual(['windows', 'macos', 'self-hosted && gpu']);
      expect(view.stages.windows).toContain('pwsh label: \'Run Get-Date\'');
    },
    'matrix-artifacts': view => {
      expect(['a', 'b'].map(leg => /stash name: '([^']*)'/.exec(view.stages[`build (${leg})`])![1])).toEqual(['parts-a', 'parts-b']);
      expect(view.stages.join).toContain('dir(\'got\') { unstash \'parts-a\' unstash \'parts-b\' }');
    },
    'native-and-patches': view => expect(view.stages.build).toContain('script { audit level: \'high\' }'),
  },
};

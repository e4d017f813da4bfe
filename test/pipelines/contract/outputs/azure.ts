import { parse } from 'yaml';
import { DIGEST, each, fileEnding, leaves, SystemOutputs } from './system';
import { plainText } from '../../../../src/pipelines/graph';
import { readBySystem } from '../../../conformance/pipelines/scripts/script';

export interface AzurePipeline {
  readonly text: string;
  readonly root: Record<string, any>;
  /** By the name for people, which is the id where the user gives no other. */
  readonly jobs: Record<string, any>;
  /** What a job waits for: itself and the jobs of its stage, or all jobs of the stages before; by names for people. */
  readonly before: Record<string, string[]>;
}

const list = (value: undefined | string | string[]) => value === undefined ? [] : [value].flat();
const steps = ({ jobs }: AzurePipeline, job: string): any[] => {
  const { steps: own, strategy } = jobs[job];
  return (own ?? strategy.runOnce.deploy.steps).filter((step: any) => step.checkout !== 'none' && step.download !== 'none');
};
const conditions = ({ jobs }: AzurePipeline) => each(jobs, job => job.condition);
const depends = ({ jobs }: AzurePipeline) => each(jobs, job => list(job.dependsOn));
const PUSH = 'in(variables[\'Build.Reason\'], \'IndividualCI\', \'BatchedCI\'), not(startsWith(variables[\'Build.SourceBranch\'], \'refs/tags/\'))';
const TAG = 'in(variables[\'Build.Reason\'], \'IndividualCI\', \'BatchedCI\'), startsWith(variables[\'Build.SourceBranch\'], \'refs/tags/\')';
const RELEASE = 'startsWith(variables[\'Build.SourceBranch\'], \'refs/heads/release/\'), eq(length(split(variables[\'Build.SourceBranch\'], \'/\')), 4)';
/** A value of somebody else goes through a replacement, so that no macro is live in it. */
const tamed = (of: string) => `$[ replace(${of}, '$(', '$(fairway.dollar)(') ]`;

function read(files: Record<string, string>): AzurePipeline {
  const text = fileEnding(files, '.yml');
  const root = parse(text);
  const stages: any[] = root.stages ?? [{ stage: '', jobs: root.jobs }];
  const jobs = stages.flatMap(stage => stage.jobs);
  const nameOf = (job: any) => job.displayName as string;
  const before = Object.fromEntries(stages.flatMap(stage => {
    const earlier = stages.filter(other => list(stage.dependsOn).includes(other.stage)).flatMap(other => other.jobs).map(nameOf);
    return stage.jobs.map((job: any) => [nameOf(job), [
      ...earlier, ...list(job.dependsOn).map(id => nameOf(stage.jobs.find((other: any) => (other.job ?? other.deployment) === id))),
    ]]);
  }));
  return { text, root, before, jobs: Object.fromEntries(jobs.map(job => [nameOf(job), job])) };
}

/** Azure Pipelines. */
export const AZURE: SystemOutputs<AzurePipeline> = {
  system: 'azure',
  read,
  has: ({ jobs }, job) => Object.keys(jobs).some(name => name === plainText(job.name) || name.toLowerCase() === job.id),
  waitsFor: ({ before }, job, graph) => {
    const names = before[plainText(job.name)!];
    return graph.jobs.filter(other => names.includes(plainText(other.name)!)).map(other => other.id);
  },
  mayWait: () => false,
  // `$:(` in a script stands for `$(`, and is put back before the shell reads it.
  texts: ({ root }) => leaves(root).map(text => readBySystem(text).text).map(text => text.includes('s/\\([$]\\):(/\\1(/g') ? text.replaceAll('$:(', '$(') : text),
  refused: {
    'hostile-names': ['greet: title of the pull request'],
    'concurrency': ['deploy: concurrency of the job'],
    'release-and-queue': [': release'],
    'identity': ['login: identity for sts.amazonaws.com'],
  },
  refusedWithoutOptions: {},
  promises: {
    'one-job': view => {
      expect(view.root.trigger).toEqual({ batch: true, branches: { include: ['main'] } });
      expect(view.root.pr).toBe('none');
      expect(view.jobs.build).toMatchObject({ job: 'build', timeoutInMinutes: 30 });
      expect(steps(view, 'build').map(step => step.bash.split('\n')[0])).toEqual(['set -euo pipefail', 'set -euo pipefail']);
      expect(steps(view, 'build')[0].target).toEqual({ commands: 'restricted', settableVariables: 'none' });
    },
    'fan-out-fan-in': view => expect(depends(view)).toEqual({ build: [], unit: ['build'], lint: ['build'], ship: ['unit', 'lint'] }),
    'no-series-parallel': view => expect(depends(view)).toEqual({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['d'] }),
    'stages': view => {
      expect(view.root.stages.map((stage: any) => [stage.stage, stage.displayName, stage.dependsOn])).toEqual([['check', 'Check', []], ['ship', 'Ship', ['check']]]);
      expect(depends(view)).toEqual({ unit: [], lint: [], push: [], tell: ['push'] });
      expect(conditions(view).push).toContain('in(stageDependencies.check.unit.result, \'Succeeded\', \'SucceededWithIssues\')');
    },
    'outputs': view => {
      expect(steps(view, 'build')[0]).toMatchObject({ name: 'version', target: { settableVariables: ['version', 'odd'] } });
      expect(steps(view, 'build')[1].env).toEqual({ VERSION: '$(version.version)', ODD: '$(version.odd)' });
      expect(view.jobs.ship.variables).toEqual({
        'needs.build.version': tamed('dependencies.build.outputs[\'version.version\']'), 'needs.build.odd': tamed('dependencies.build.outputs[\'version.odd\']'),
      });
      expect(steps(view, 'ship')[0].env).toEqual({ VERSION: '$(needs.build.version)', ODD: '$(needs.build.odd)' });
    },
    'artifacts': (view, { lowering }) => {
      expect(steps(view, 'build')[1]).toMatchObject({ publish: '$(Build.SourcesDirectory)/dist', artifact: 'dist' });
      expect(steps(view, 'ship')[0].inputs).toEqual({ buildType: 'current', artifactName: 'dist', targetPath: '$(Build.SourcesDirectory)/got' });
      expect(lowering.findings.map(({ message }) => message).join()).toContain('retention of the artifact dist');
    },
    'missing-artifact': view => expect(steps(view, 'build')[1]).toMatchObject({ artifact: 'reports', continueOnError: true }),
    'skip-cascade': view => expect(conditions(view)).toEqual({
      preview: 'and(succeeded(), eq(variables[\'Build.Reason\'], \'PullRequest\'))', look: undefined, report: undefined, clean: 'always()', build: undefined,
    }),
    'skip-by-output': view => {
      const output = 'dependencies.plan.outputs[\'plan.deploy\']';
      expect(conditions(view)).toEqual({ plan: undefined, ship: `and(succeeded(), eq(${output}, 'yes'))`, tell: undefined, stay: `and(succeeded(), eq(${output}, 'no'))` });
      expect(depends(view).tell).toEqual(['ship']);
    },
    'condition-words': view => expect(conditions(view)).toEqual({
      release: `and(succeeded(), ${PUSH}, ${RELEASE})`,
      main: `and(succeeded(), ${PUSH}, eq(variables['Build.SourceBranch'], 'refs/heads/main'))`,
      other: `and(succeeded(), not(and(${RELEASE})))`,
      either: `and(succeeded(), or(eq(variables['Build.SourceBranch'], 'refs/heads/main'), and(${RELEASE})))`,
      neither: `and(succeeded(), not(or(eq(variables['Build.Reason'], 'PullRequest'), and(${RELEASE}))))`,
    }),
    'failure-and-cleanup': view => expect(conditions(view)).toEqual({ build: undefined, ship: undefined, alarm: 'failed()', clean: 'always()', quiet: 'not(failed())' }),
    'no-failure-no-alarm': view => expect(conditions(view)).toEqual({ build: undefined, alarm: 'failed()', clean: 'always()' }),
    'failure-behind-cleanup': view => {
      expect(depends(view)).toEqual({ build: [], clean: ['build'], ship: ['clean', 'build'], alarm: ['clean', 'build'] });
      expect(conditions(view)).toEqual({ build: undefined, clean: 'always()', ship: undefined, alarm: 'failed()' });
    },
    'outcome-of-job': view => expect(conditions(view)).toEqual({
      scan: undefined,
      build: undefined,
      report: 'and(always(), in(dependencies.scan.result, \'Failed\', \'Canceled\'))',
      praise: 'and(always(), in(dependencies.scan.result, \'Succeeded\', \'SucceededWithIssues\'))',
    }),
    'allowed-failure': view => expect(each(view.jobs, job => job.continueOnError)).toEqual({ flaky: true, ship: undefined }),
    'steps-after-failure': view => {
      expect(steps(view, 'build').map(step => step.continueOnError)).toEqual([undefined, true, ...Array(6).fill(undefined)]);
      expect(steps(view, 'build').map(step => step.condition)).toEqual([...Array(5).fill(undefined), 'failed()', 'always()', 'not(failed())']);
    },
    'steps-by-value': view => {
      expect(steps(view, 'build').map(step => step.condition)).toEqual([
        undefined, undefined, 'and(succeeded(), in(variables[\'find.kind\'], \'docs\', \'site\'))', 'and(succeeded(), eq(variables[\'find.kind\'], \'code\'))',
        `and(succeeded(), ${PUSH})`, `and(succeeded(), ${TAG})`, undefined,
      ]);
      expect(view.jobs.build.variables).toEqual({ 'find.kind': '' });
    },
    'large-graph': (view, { graph }) => {
      expect(Object.keys(view.jobs)).toEqual(graph.jobs.map(job => job.id));
      expect(Object.values(depends(view)).flat()).toHaveLength(2_800);
    },
    'matrix': view => {
      const leg = (os: string, node: string, extra = '') => ({ 'matrix.OS': os, 'matrix.NODE': node, 'matrix.EXTRA': extra });
      expect(view.jobs.test.strategy).toEqual({
        matrix: { linux_22: leg('linux', '22'), linux_24_yes: leg('linux', '24', 'yes'), alpine_24: leg('alpine', '24'), slim_24: leg('slim', '24') },
      });
      expect(steps(view, 'test')[0].env).toEqual({ OS: '$(matrix.OS)', NODE: '$(matrix.NODE)', EXTRA: '$(matrix.EXTRA)' });
    },
    'matrix-goes-on': view => {
      expect(view.jobs.test.strategy).toEqual({ maxParallel: 1, matrix: { a: { 'matrix.PART': 'a' }, b: { 'matrix.PART': 'b' }, c: { 'matrix.PART': 'c' } } });
      expect(conditions(view)).toEqual({ test: undefined, ship: undefined, clean: 'always()' });
    },
    'dynamic-matrix': view => {
      const legs = 'dependencies.list.outputs[\'fairway_legs.legs_services\']';
      expect(view.jobs.build.strategy).toEqual({ matrix: `$[ ${legs} ]` });
      expect(conditions(view).build).toBe(`and(succeeded(), ne(coalesce(${legs}, '{}'), '{}'))`);
      expect(steps(view, 'list')[1]).toMatchObject({ name: 'fairway_legs', env: { LEGS_1: '$(list.services)' } });
    },
    'environment-of-steps': view => {
      // Azure Pipelines spells variables in capitals for a shell: what is not, stands at the step; and a variable of a job is no variable of its steps' env.
      expect(view.root.variables).toMatchObject({ A: 'pipeline', LOG_LEVEL: 'as $HOME is "written" \\ % !' });
      expect({ ...view.root.variables, ...view.jobs.build.variables, ...steps(view, 'build')[0].env }).toMatchObject({ A: 'pipeline', B: 'job', C: 'step', camelCase: 'kept' });
      expect(steps(view, 'build')[0].env).toMatchObject({ C: 'step', camelCase: 'kept' });
    },
    'hostile-names': view => {
      expect(steps(view, 'greet')[0].env.SOURCE).toBe('$(fairway.sourceBranch)');
      expect(view.root.variables['fairway.sourceBranch']).toMatch(/, '\$\(', '\$\(fairway\.dollar\)\('\) \]$/);
      expect(steps(view, 'greet')[1].condition).toContain('System.PullRequest.SourceBranch');
    },
    'odd-scripts': view => expect(steps(view, 'build')[0].bash).toContain('\'\'\' """ $:(HOME) $[x] %s \\n $[[ inputs.x ]] $:(params.x) #{x} \\\\ \\$ \t end'),
    'step-retry': view => expect(steps(view, 'fetch')[0].retryCountOnTaskFailure).toBe(2),
    'job-attempts': (_, { lowering }) => expect(lowering.findings.map(finding => finding.code)).toEqual(['FW1091']),
    'timeouts': view => {
      expect(each(view.jobs, job => job.timeoutInMinutes)).toEqual({ slow: 5, usual: 20 });
      expect(steps(view, 'slow')[0].timeoutInMinutes).toBe(2);
    },
    'concurrency': view => {
      expect(view.root.trigger.batch).toBe(true);
      expect(view.root.pr.autoCancel).toBe(true);
      expect(conditions(view).deploy).toBe(`and(succeeded(), ${PUSH})`);
    },
    'approval': view => {
      expect(view.jobs.ask).toMatchObject({
        pool: 'server',
        timeoutInMinutes: 480,
        steps: [{ task: 'ManualValidation@1', inputs: { approvers: 'acme/sre', instructions: 'Ship it?', onTimeout: 'reject' } }],
      });
      expect(depends(view)).toEqual({ build: [], ask: ['build'], ship: ['ask'] });
    },
    'deployment': view => {
      expect(view.root.lockBehavior).toBe('runLatest');
      expect(view.jobs.deploy).toMatchObject({ deployment: 'deploy_job', environment: 'prod' });
    },
    'schedule': view => {
      // 3:17 in Tokyo is 18:17 of the day before by the clock of Azure Pipelines, UTC.
      expect(view.root.schedules).toMatchObject([{ cron: '17 18 * * 0,1,2,3,4', branches: { include: ['main'] }, always: true }]);
      expect(conditions(view)).toEqual({ nightly: 'and(succeeded(), eq(variables[\'Build.Reason\'], \'Schedule\'))', build: `and(succeeded(), ${PUSH})` });
    },
    'service': view => {
      expect(view.root.resources.containers).toEqual([{
        container: 'db',
        image: `docker.io/library/postgres:17@${DIGEST}`,
        env: { POSTGRES_PASSWORD: '$(DB_PASSWORD)' },
        options: '--health-cmd \'pg_isready -U postgres\' --health-interval 5s --health-timeout 5s --health-retries 12',
        ports: ['5432:5432'],
      }]);
      expect(view.jobs.integration).toMatchObject({ services: { db: 'db' }, container: { image: `docker.io/library/node:24-bookworm@${DIGEST}` } });
      expect(view.root.variables).toEqual([{ group: 'pipeline-secrets' }]);
    },
    'path-filter': view => {
      expect(view.root.trigger.paths).toEqual({ include: ['src/**'], exclude: ['src/**/*.md'] });
      expect(view.root.pr.paths).toEqual({ include: ['src/**', 'package.json'] });
    },
    'changed-files': view => {
      const changed = (output: string) => `and(succeeded(), eq(dependencies.changes.outputs['compare.${output}'], 'true'))`;
      expect(conditions(view)).toMatchObject({ spell: changed('docs'), code: changed('code') });
      expect(steps(view, 'Changes').at(-1).env).toMatchObject({ FILTER_DOCS: ':(glob)docs/**\n:(glob)*.md', FILTER_CODE: ':(glob)**\n:(exclude,glob)docs/**' });
    },
    'tags': view => {
      expect(view.root.trigger).toMatchObject({ branches: { include: ['main'] }, tags: { include: ['v*'], exclude: ['v*-rc*', 'v*/*'] } });
      expect(conditions(view)).toEqual({ release: `and(succeeded(), ${TAG})`, build: `and(succeeded(), ${PUSH})` });
      expect(steps(view, 'release')[0].env).toEqual({ TAG: '$(fairway.tag)' });
    },
    'release-and-queue': (view, { lowering }) => {
      expect(view.root.trigger).toBe('none');
      expect(view.root.pr.branches).toEqual({ include: ['*'] });
      expect(lowering.rows.find(row => row.part === 'merge queue')).toMatchObject({ support: 'unsupported', matters: false });
    },
    'inputs': view => {
      expect(view.root.parameters).toEqual([
        { name: 'target', displayName: 'where to', type: 'string', default: 'dev', values: ['dev', 'prod'] },
        { name: 'dryRun', displayName: 'whether to only look', type: 'boolean', default: false },
        { name: 'reason', displayName: 'why', type: 'string' },
      ]);
      expect(steps(view, 'go')[0].env.REASON).toBe('${{ replace(parameters.reason, \'$(\', \'$(fairway.dollar)(\') }}');
      expect(conditions(view).real).toBe('and(succeeded(), eq(lower(\'${{ parameters.dryRun }}\'), \'false\'))');
      expect(view.root).toMatchObject({ trigger: 'none', pr: 'none' });
    },
    'secrets': view => {
      expect(steps(view, 'publish').map(step => step.env)).toEqual([{ TOKEN: '$(NPM_TOKEN)' }, undefined]);
      expect(view.root.variables).toEqual([{ group: 'pipeline-secrets' }]);
      expect(view.text.match(/NPM_TOKEN/g)).toHaveLength(1);
    },
    'identity': view => {
      expect(steps(view, 'login')[0].env).toMatchObject({ SYSTEM_ACCESSTOKEN: '$(System.AccessToken)', SERVICE_CONNECTION_ID: 'cloud' });
      expect(steps(view, 'login')[1].env.AWS_TOKEN_FILE).toBe(steps(view, 'login')[0].env.TOKEN_FILE);
    },
    'grants': (view, { lowering }) => {
      expect(steps(view, 'tag')[0]).toMatchObject({ checkout: 'self', fetchDepth: 0, persistCredentials: true });
      expect([view.text, ...lowering.rows.map(row => `${row.part} ${row.how}`), ...lowering.remains.map(({ what }) => what)].join('\n')).toContain('pushes the tag of the release');
    },
    'caches': view => {
      expect(steps(view, 'test')[1]).toMatchObject({
        task: 'Cache@2', inputs: { key: '"npm" | package-lock.json', restoreKeys: '"npm"', path: '$(Build.SourcesDirectory)/.npm' },
      });
      expect(steps(view, 'publish').map(step => step.task)).toEqual([undefined, undefined]);
    },
    'job-template': view => {
      expect(Object.keys(view.jobs)).toEqual(['cart / build', 'cart / check', 'ads / build', 'ads / check', 'ship']);
      expect(steps(view, 'cart / build')[0].env).toEqual({ NAME: 'cart' });
      expect(view.jobs.ship.variables).toEqual({
        'needs.cart_build.image': tamed('dependencies.cart_build.outputs[\'build.image\']'), 'needs.ads_build.image': tamed('dependencies.ads_build.outputs[\'build.image\']'),
      });
    },
    'step-template': view => expect(steps(view, 'say').slice(1).map(step => step.env)).toEqual([{ WHOM: 'you' }, { WHOM: 'world' }, { A: '$(first_hello.text)', B: '$(second_hello.text)' }]),
    'runners': view => {
      expect(each(view.jobs, job => job.pool ?? view.root.pool)).toEqual({
        windows: { vmImage: 'windows-2022' },
        macos: { vmImage: 'macOS-15' },
        own: { name: 'own', demands: ['Agent.OS -equals Linux', 'Agent.OSArchitecture -equals X64', 'gpu'] },
      });
      expect(steps(view, 'windows')[0].pwsh).toBe('Get-Date');
    },
    'matrix-artifacts': view => {
      expect(steps(view, 'build')[1].artifact).toBe('parts-$(fairway.leg)');
      expect(each(view.jobs.build.strategy.matrix, (leg: any) => leg['fairway.leg'])).toEqual({ a: 'a', b: 'b' });
      expect(steps(view, 'join').slice(0, 2).map(step => step.inputs)).toEqual(['a', 'b'].map(leg => ({
        buildType: 'current', artifactName: `parts-${leg}`, targetPath: '$(Build.SourcesDirectory)/got',
      })));
    },
    'native-and-patches': (view, { lowering }) => {
      expect(steps(view, 'build')).toEqual([{ task: 'Audit@1', inputs: { level: 'high' }, displayName: 'Audit' }]);
      expect(lowering.rows.filter(row => row.how.includes('shows a change') || row.part.includes('shows a change'))).toEqual([]);
    },
  },
};

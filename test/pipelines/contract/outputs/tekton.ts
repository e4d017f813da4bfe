import { parse } from 'yaml';
import { DIGEST, each, leaves, SystemOutputs } from './system';
import type { JobNode } from '../../../../src/pipelines/graph';

export interface TektonObjects {
  readonly objects: readonly any[];
  readonly spec: any;
  /** Of tasks and finally, by their names. */
  readonly tasks: Record<string, any>;
  readonly last: readonly string[];
  /** The Tasks, by the names of the jobs. */
  readonly bodies: Record<string, any>;
}

const of = ({ objects }: TektonObjects, kind: string): any[] => objects.filter(object => object.kind === kind);
const after = ({ tasks }: TektonObjects) => each(tasks, task => task.runAfter ?? []);
const whens = ({ tasks }: TektonObjects) => each(tasks, task => task.when?.map(({ input, operator, values }: any) => `${input} ${operator} ${values}`));
const steps = ({ bodies }: TektonObjects, job: string): any[] => bodies[job].spec.steps;
const env = (step: any) => Object.fromEntries((step.env ?? []).map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom]));
const params = (task: any) => Object.fromEntries((task.params ?? []).map(({ name, value }: any) => [name, value]));
const filters = (view: TektonObjects): Record<string, string> => Object.fromEntries(of(view, 'Trigger').map(trigger => [
  trigger.metadata.name.slice(view.spec.displayName.length + 1), trigger.spec.interceptors.at(-1).params.find((param: any) => param.name === 'filter').value,
]));
const secret = (key: string) => ({ secretKeyRef: { name: 'pipeline-secrets', key } });
/** What a step comes to that must not be a reference of Tekton. */
const decoded = (script: string) => Buffer.from(/<<'END'\n([A-Za-z0-9+/=\n]+)\nEND/.exec(script)?.[1] ?? '', 'base64').toString();

function read(files: Record<string, string>): TektonObjects {
  const objects = Object.values(files).map(text => parse(text));
  const pipeline = objects.find(object => object.kind === 'Pipeline');
  const { spec } = pipeline;
  const last = spec.finally ?? [];
  return {
    objects,
    spec,
    tasks: Object.fromEntries([...spec.tasks ?? [], ...last].map((task: any) => [task.name, task])),
    last: last.map((task: any) => task.name),
    bodies: Object.fromEntries(objects.filter(object => object.kind === 'Task').map(task => [task.metadata.name.slice(pipeline.metadata.name.length + 1), task])),
  };
}

/** Everything that is not in `finally` comes before what is; a task also follows what it reads from. */
function waitsFor({ tasks, last }: TektonObjects, job: JobNode): string[] {
  const task = tasks[job.id];
  const before = last.includes(job.id) ? Object.keys(tasks).filter(name => !last.includes(name)) : [];
  const named = leaves(task).flatMap(text => [...text.matchAll(/\$\(tasks\.([^.)]+)\./g)]).map(([, name]) => name);
  const helpers = (task.runAfter ?? []).filter((name: string) => name.endsWith('-when')).flatMap((name: string) => tasks[name].runAfter ?? []);
  return [...before, ...task.runAfter ?? [], ...named, ...helpers];
}

/** Tekton. */
export const TEKTON: SystemOutputs<TektonObjects> = {
  system: 'tekton',
  read,
  has: ({ tasks, bodies }, job) => tasks[job.id] !== undefined && (bodies[job.id] !== undefined || tasks[job.id].taskRef.kind === 'ApprovalTask'),
  waitsFor,
  mayWait: (job, { view }) => view.last.includes(job.id),
  texts: ({ objects }) => leaves(objects).flatMap(text => [text, decoded(text)]),
  refused: {
    'failure-behind-cleanup': ['ship: needs', 'alarm: needs'],
    'dynamic-matrix': ['build: matrix'],
    'deployment': [': concurrency', 'deploy: concurrency'],
    'grants': [': concurrency'],
    'caches': [': concurrency'],
    'runners': ['windows: runner windows', 'macos: runner macos'],
  },
  refusedWithoutOptions: {
    approval: ['ask: approval'],
    grants: ['tag: checkout persistCredentials'],
    runners: ['own: runner self-hosted', 'own: runner gpu'],
  },
  promises: {
    'one-job': view => {
      expect(view.tasks.build).toMatchObject({ taskRef: { name: 'one-job-build' }, timeout: '30m0s' });
      expect(steps(view, 'build').map(step => step.script.split('\n').slice(0, 2))).toEqual(Array(2).fill(['#!/usr/bin/env bash', 'set -euo pipefail']));
      expect(view.bodies.build.spec.stepTemplate.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(filters(view).push).toContain('matches("^(?:main)$")');
    },
    'fan-out-fan-in': view => expect(after(view)).toEqual({ build: [], unit: ['build'], lint: ['build'], ship: ['unit', 'lint'] }),
    'no-series-parallel': view => expect(after(view)).toEqual({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['d'] }),
    'stages': view => expect(after(view)).toEqual({ unit: [], lint: [], push: ['unit', 'lint'], tell: ['push'] }),
    'outputs': view => {
      expect(view.bodies.build.spec.results).toEqual([{ name: 'version' }, { name: 'odd' }]);
      expect(params(view.tasks.ship)).toEqual({ 'out-build-version': '$(tasks.build.results.version)', 'out-build-odd': '$(tasks.build.results.odd)' });
      expect(env(steps(view, 'ship')[0])).toEqual({ VERSION: '$(params.out-build-version)', ODD: '$(params.out-build-odd)' });
      expect(steps(view, 'build')[1].script).toContain('ODD="$(fairway_output version odd)"');
    },
    'artifacts': view => {
      expect(each(view.tasks, task => task.workspaces)).toEqual({ build: [{ name: 'artifacts' }], ship: [{ name: 'artifacts' }] });
      expect(steps(view, 'build')[1].script).toContain('target=/workspace/artifacts/dist\n');
      expect(steps(view, 'ship')[0].script).toMatch(/target=got\n[^]*\/workspace\/artifacts\/dist/);
      expect(leaves(of(view, 'TriggerTemplate')).join(' ')).toContain('5Gi');
    },
    'missing-artifact': view => expect(steps(view, 'build')[1].script).toContain('if [ "${#files[@]}" -eq 0 ]; then exit 0; fi'),
    'skip-cascade': view => {
      const change = ['$(params.ctx-event) in pullRequest'];
      expect(whens(view)).toEqual({ preview: change, look: change, report: change, clean: undefined, build: undefined });
      expect(view.last).toEqual(['clean']);
    },
    'skip-by-output': view => {
      const yes = ['$(tasks.plan.results.deploy) in yes'];
      expect(whens(view)).toEqual({ plan: undefined, ship: yes, tell: yes, stay: ['$(tasks.plan.results.deploy) in no'] });
    },
    'condition-words': view => {
      const ran = (id: string) => [`$(tasks.${id}-when.results.run) in true`];
      expect(whens(view)).toMatchObject({
        main: ['$(params.ctx-event) in push', '$(params.ctx-branch) in main'], release: ran('release'), other: ran('other'), either: ran('either'), neither: ran('neither'),
      });
      expect(steps(view, 'release-when')[0].script).toContain('[[ "$VALUE_1" == push ]] && ( pattern=\'^(release/[^/]*)$\'; [[ "$VALUE_2" =~ $pattern ]] )');
      expect(env(steps(view, 'release-when')[0])).toMatchObject({ VALUE_1: '$(params.ctx-event)', VALUE_2: '$(params.ctx-branch)' });
      expect(steps(view, 'neither-when')[0].script).toContain('if ! { [[ "$VALUE_1" == pullRequest ]] ||');
    },
    'failure-and-cleanup': view => {
      expect(view.last).toEqual(['alarm', 'clean', 'quiet']);
      expect(params(view.tasks.alarm)).toEqual({ statuses: '$(tasks.build.status)' });
      expect(steps(view, 'alarm')[0].script).toContain('if [[ "$FAIRWAY_GATE_1" == *Failed* ]]');
      expect(steps(view, 'quiet')[0].script).toContain('if ! [[ "$FAIRWAY_GATE_1" == *Failed* ]]');
      expect(steps(view, 'quiet')[1].script).toContain('if [ -e /fairway/skip ]; then exit 0; fi');
      expect(steps(view, 'clean')).toHaveLength(1);
    },
    'no-failure-no-alarm': view => {
      expect(view.last).toEqual(['alarm', 'clean']);
      expect(whens(view)).toEqual({ build: undefined, alarm: ['$(tasks.status) in Failed'], clean: undefined });
    },
    'failure-behind-cleanup': 'does not apply, because it is refused',
    'outcome-of-job': view => {
      expect(view.last).toEqual(['report', 'praise']);
      expect(whens(view)).toMatchObject({ report: ['$(tasks.scan.status) in Failed'], praise: ['$(tasks.scan.status) in Succeeded'] });
    },
    'allowed-failure': view => {
      expect(each(view.tasks, task => task.onError)).toEqual({ flaky: 'continue', ship: undefined });
      expect(after(view).ship).toEqual(['flaky']);
    },
    'steps-after-failure': view => {
      const all = steps(view, 'build');
      const gates = all.slice(0, 8).map(step => /if (?:\[ -e \/fairway\/failed \]|! .*?); then/.exec(step.script)![0]);
      const fine = 'if [ -e /fairway/failed ]; then';
      expect(gates).toEqual([fine, fine, fine, fine, fine, 'if ! [ -e /fairway/failed ]; then', 'if ! true; then', 'if ! ! [ -e /fairway/failed ]; then']);
      expect(all[1].onError).toBe('continue');
      expect(all[1].script).not.toContain('touch /fairway/failed');
      expect(all[3].script).toContain('/fairway/failed');
      expect(all[8]).toMatchObject({ name: 'verdict', script: expect.stringContaining('exit 1') });
    },
    'steps-by-value': view => {
      expect(steps(view, 'build').map(step => /if ! (.*); then/.exec(step.script)?.[1])).toEqual([
        undefined, undefined,
        '{ [[ "$(fairway_output find kind)" == docs ]] || [[ "$(fairway_output find kind)" == site ]]; }', '[[ "$(fairway_output find kind)" == code ]]',
        '[[ "$FAIRWAY_IF_1" == push ]]', '[[ "$FAIRWAY_IF_1" == tag ]]', undefined,
      ]);
    },
    'large-graph': (view, { graph }) => {
      expect(Object.keys(view.tasks)).toEqual(graph.jobs.map(job => job.id));
      expect(Object.values(after(view)).flat()).toHaveLength(2_800);
    },
    'matrix': view => {
      const paramsIn = (values: Record<string, string>) => Object.entries(values).map(([axis, value]) => ({ name: axis, value }));
      const leg = (name: string, values: Record<string, string>) => ({ name, params: paramsIn(values) });
      expect(view.tasks.test.matrix).toEqual({
        include: [
          leg('linux-22', { OS: 'linux', NODE: '22' }), leg('linux-24-yes', { OS: 'linux', NODE: '24', EXTRA: 'yes' }),
          leg('alpine-24', { OS: 'alpine', NODE: '24' }), leg('slim-24', { OS: 'slim', NODE: '24' }),
        ],
      });
      expect(view.bodies.test.spec.params).toContainEqual({ name: 'EXTRA', default: '' });
      expect(env(steps(view, 'test')[0])).toEqual({ OS: '$(params.OS)', NODE: '$(params.NODE)', EXTRA: '$(params.EXTRA)' });
    },
    'matrix-goes-on': view => {
      expect(view.tasks.test.matrix).toEqual({ params: [{ name: 'PART', value: ['a', 'b', 'c'] }] });
      expect(after(view).ship).toEqual(['test']);
      expect(view.last).toEqual(['clean']);
    },
    'dynamic-matrix': 'does not apply, because it is refused',
    'environment-of-steps': view => expect(env(steps(view, 'build')[0])).toEqual({
      A: 'pipeline', B: 'job', C: 'step', LOG_LEVEL: 'as $HOME is "written" \\ % !', camelCase: 'kept',
    }),
    'hostile-names': view => {
      expect(env(steps(view, 'greet')[0])).toEqual({ TITLE: '$(params.ctx-change-title)', SOURCE: '$(params.ctx-source-branch)' });
      expect(steps(view, 'greet')[1].script).toContain('if ! ! [[ "$FAIRWAY_IF_1" == main ]]');
      expect(filters(view)['pull-request']).toContain('body.pull_request.head.repo.full_name == body.repository.full_name');
    },
    'odd-scripts': view => expect(decoded(steps(view, 'build')[0].script)).toContain('\'\'\' """ $(HOME) $[x] %s \\n $[[ inputs.x ]] $(params.x) #{x} \\\\ \\$ \t end'),
    'step-retry': view => expect(steps(view, 'fetch')[0].script).toContain('[ "$fairway_attempt" -ge 3 ]'),
    'job-attempts': view => expect(view.tasks.build.retries).toBe(1),
    'timeouts': view => {
      expect(each(view.tasks, task => task.timeout)).toEqual({ slow: '5m0s', usual: '20m0s' });
      expect(steps(view, 'slow')[0].timeout).toBe('2m0s');
    },
    'concurrency': (view, { lowering }) => {
      expect(whens(view).deploy).toEqual(['$(params.ctx-event) in push']);
      // Not done, which is no danger as long as nothing is published.
      expect(lowering.rows.filter(row => row.part === 'concurrency').map(row => [row.job, row.support, row.matters])).toEqual([
        [undefined, 'unsupported', false], ['deploy', 'unsupported', false],
      ]);
    },
    'approval': view => {
      expect(view.tasks.ask).toMatchObject({ taskRef: { kind: 'ApprovalTask', apiVersion: 'openshift-pipelines.org/v1alpha1' }, timeout: '480m0s', runAfter: ['build'] });
      expect(params(view.tasks.ask)).toEqual({ approvers: ['group:acme/sre'], numberOfApprovalsRequired: '1', description: 'Ship it?' });
      expect(after(view).ship).toEqual(['ask']);
    },
    'deployment': view => expect(view.bodies.deploy.metadata.annotations).toEqual({ 'cdk8s-fairway/environment': 'prod' }),
    'schedule': view => {
      expect(of(view, 'CronJob')[0].spec).toMatchObject({ schedule: '17 3 * * 1-5', timeZone: 'Asia/Tokyo' });
      expect(whens(view)).toEqual({ nightly: ['$(params.ctx-event) in schedule'], build: ['$(params.ctx-event) in push'] });
    },
    'service': view => {
      expect(view.bodies.integration.spec.sidecars).toMatchObject([{
        name: 'db',
        image: `docker.io/library/postgres:17@${DIGEST}`,
        env: [{ name: 'POSTGRES_PASSWORD', valueFrom: secret('DB_PASSWORD') }],
        ports: [{ containerPort: 5432 }],
        readinessProbe: { exec: { command: ['pg_isready', '-U', 'postgres'] }, failureThreshold: 12 },
      }]);
      expect(steps(view, 'integration')[0].image).toBe(`docker.io/library/node:24-bookworm@${DIGEST}`);
      expect(JSON.stringify(of(view, 'TriggerTemplate'))).toContain('"hostAliases":[{"ip":"127.0.0.1","hostnames":["db"]}]');
    },
    'path-filter': view => {
      const exists = 'extensions.changed_files.split(\',\').exists(file, ';
      expect(filters(view).push).toContain(`${exists}file.matches("^(?:src/.*)$") && !file.matches("^(?:src/(?:.*/)?[^/]*\\\\.md)$"))`);
      expect(filters(view)['pull-request']).toContain(`${exists}file.matches("^(?:src/.*|package\\\\.json)$"))`);
    },
    'changed-files': view => {
      expect(whens(view)).toMatchObject({ spell: ['$(tasks.changes.results.docs) in true'], code: ['$(tasks.changes.results.code) in true'] });
      expect(env(steps(view, 'changes')[1])).toMatchObject({ FILTER_DOCS: ':(glob)docs/**\n:(glob)*.md', FILTER_CODE: ':(glob)**\n:(exclude,glob)docs/**', BASE_SHA: '$(params.ctx-base-sha)' });
    },
    'tags': view => {
      expect(filters(view).tag).toContain('matches("^(?:v[^/]*)$") && !body.ref.substring(10).matches("^(?:v[^/]*-rc[^/]*)$")');
      expect(whens(view)).toEqual({ release: ['$(params.ctx-event) in tag'], build: ['$(params.ctx-event) in push'] });
      expect(env(steps(view, 'release')[0])).toEqual({ TAG: '$(params.ctx-tag)' });
    },
    'release-and-queue': view => {
      expect(Object.keys(filters(view)).sort()).toEqual(['merge-queue', 'pull-request', 'release']);
      expect(filters(view).release).toContain('body.action == "published"');
      expect(filters(view)['merge-queue']).toContain('body.merge_group.base_ref.substring(11).matches("^(?:main)$")');
    },
    'inputs': (view, { lowering }) => {
      expect(view.spec.params.slice(0, 3)).toMatchObject([{ name: 'target', default: 'dev' }, { name: 'dryRun', default: 'false' }, { name: 'reason' }]);
      expect(view.spec.params[2]).not.toHaveProperty('default');
      expect(view.spec.params[0].description).toBe('where to: one of dev, prod');
      expect(lowering.rows.find(row => row.part === 'input target')).toMatchObject({ support: 'approximated' });
      expect(env(steps(view, 'go')[0])).toEqual({ TARGET: '$(params.target)', DRY: '$(params.dryRun)', REASON: '$(params.reason)' });
      expect(whens(view).real).toEqual(['$(params.dryRun) in false']);
      expect(of(view, 'Trigger')).toEqual([]);
    },
    'secrets': view => {
      expect(steps(view, 'publish').map(env)).toEqual([{ TOKEN: secret('NPM_TOKEN') }, {}]);
      expect(JSON.stringify(view.objects).match(/NPM_TOKEN/g)).toHaveLength(1);
    },
    'identity': view => {
      expect(env(steps(view, 'login')[0])).toEqual({ AWS_TOKEN_FILE: '/var/run/fairway/identity/aws_token/token' });
      expect(JSON.stringify(view.bodies.login.spec.volumes)).toContain('"serviceAccountToken":{"audience":"sts.amazonaws.com"');
    },
    'grants': (view, { lowering }) => {
      expect(lowering.rows.find(row => row.part === 'grants readCode, writeCode')!.how).toContain('pushes the tag of the release');
      expect(steps(view, 'tag')[0].script).toContain('git config credential.helper');
      expect(env(steps(view, 'tag')[0])).toMatchObject({ GIT_PASSWORD: { secretKeyRef: { name: 'git', key: 'password' } } });
      expect(env(steps(view, 'tag')[1])).toEqual({});
    },
    'caches': view => {
      expect(view.tasks.test.workspaces).toEqual([{ name: 'cache' }]);
      expect(view.tasks.publish.workspaces).toBeUndefined();
      expect(steps(view, 'publish').map(step => step.name)).toEqual(['checkout', 'run']);
    },
    'job-template': view => {
      expect(Object.keys(view.tasks)).toEqual(['cart-build', 'cart-check', 'ads-build', 'ads-check', 'ship']);
      expect(env(steps(view, 'cart-build')[0])).toMatchObject({ NAME: 'cart' });
      expect(params(view.tasks.ship)).toEqual({ 'out-cart-build-image': '$(tasks.cart-build.results.image)', 'out-ads-build-image': '$(tasks.ads-build.results.image)' });
    },
    'step-template': view => {
      expect(steps(view, 'say').slice(1).map(step => [step.name, env(step).WHOM])).toEqual([['first-hello', 'you'], ['second-hello', 'world'], ['run', undefined]]);
      expect(steps(view, 'say')[3].script).toMatch(/A="\$\(fairway_output first-hello text\)"\n[^]*B="\$\(fairway_output second-hello text\)"/);
    },
    'runners': view => expect(JSON.stringify(of(view, 'TriggerTemplate'))).toMatch(/"pipelineTaskName":"own"[^]*"nodeSelector":\{[^}]*"pool":"own"/),
    'matrix-artifacts': view => {
      expect(view.tasks.build.matrix).toEqual({ params: [{ name: 'PART', value: ['a', 'b'] }] });
      expect(env(steps(view, 'build')[1])).toEqual({ FAIRWAY_LEG: '$(params.PART)' });
      expect(steps(view, 'join')[0].script).toContain('for leg in /workspace/artifacts/parts/*/');
    },
    'native-and-patches': view => expect(steps(view, 'build')).toMatchObject([{ image: `registry.example.com/audit@${DIGEST}`, script: expect.stringContaining('audit --level high') }]),
  },
};

import { parse } from 'yaml';
import { DIGEST, each, leaves, SystemOutputs } from './system';

export interface GitLabFile {
  readonly text: string;
  readonly root: Record<string, any>;
  /** By their names; each leg of a matrix that is written out is one. */
  readonly jobs: Record<string, any>;
}

const idOf = (name: string) => name.replace(/: \[.*\]$/, '');
const partsOf = ({ jobs }: GitLabFile, id: string) => Object.entries(jobs).filter(([name]) => idOf(name) === id);
const needs = ({ jobs }: GitLabFile) => each(jobs, job => (job.needs as any[]).map(need => need.job));
const ifs = ({ jobs }: GitLabFile) => each(jobs, job => job.rules?.map((rule: any) => rule.if).join(' OR '));
const whens = ({ jobs }: GitLabFile) => each(jobs, job => job.when);
const script = ({ jobs }: GitLabFile, job: string) => (jobs[job].script as string[]).join('\n');
const starts = ({ root }: GitLabFile) => root.workflow.rules.map((rule: any) => rule.if);
const PUSH = '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH';
const MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_EVENT_TYPE != "merge_train"';
const RELEASE = '$CI_COMMIT_BRANCH =~ /^release\\/[^\\/]*$/';
/** Waits only for a job, or also fetches what it has written. */
const after = (job: string) => ({ job, artifacts: false });
const reading = (job: string) => ({ job, artifacts: true });
const kept = (id: string) => ({ paths: [`.fairway/$CI_PIPELINE_ID/jobs/${id}/`], when: 'always', expire_in: '30 days' });

function read(files: Record<string, string>): GitLabFile {
  const text = files['.gitlab-ci.yml'];
  const root = parse(text);
  return { text, root, jobs: Object.fromEntries(Object.entries<any>(root).filter(([name, job]) => !name.startsWith('.') && Array.isArray(job?.script))) };
}

/** GitLab CI. */
export const GITLAB: SystemOutputs<GitLabFile> = {
  system: 'gitlab',
  read,
  has: (view, job) => partsOf(view, job.id).length > 0,
  waitsFor: (view, job) => [...new Set(partsOf(view, job.id).flatMap(([, part]) => part.needs.map((need: any) => idOf(need.job))))],
  mayWait: () => false,
  texts: ({ root }) => leaves(root),
  // Inputs are put into files that have a header alone (lib/gitlab/ci/config/yaml/interpolator.rb), and this one has none.
  isInert: ({ root }, inserted) => root.spec === undefined && inserted.startsWith('$[['),
  refused: {
    'dynamic-matrix': ['build: matrix that a job computes'],
    'release-and-queue': [': start by a release'],
    'runners': ['windows: runner on windows'],
  },
  refusedWithoutOptions: { approval: ['ask: approval'], runners: ['macos: runner macos-x64'] },
  promises: {
    'one-job': view => {
      expect(starts(view)).toEqual([`${PUSH} == "main"`]);
      expect(view.jobs.build).toMatchObject({ extends: '.fairway', needs: [], timeout: '30 minutes' });
      expect(script(view, 'build').match(/run_step run/g)).toHaveLength(2);
      expect(leaves(view.root['.fairway']).join()).toContain('-euo pipefail');
    },
    'fan-out-fan-in': view => expect(needs(view)).toEqual({ build: [], unit: ['build'], lint: ['build'], ship: ['unit', 'lint'] }),
    'no-series-parallel': view => expect(needs(view)).toEqual({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['d'] }),
    'stages': view => {
      expect(view.root.stages).toEqual(['Check', 'Ship']);
      expect(each(view.jobs, job => job.stage)).toEqual({ unit: 'Check', lint: 'Check', push: 'Ship', tell: 'Ship' });
      expect(needs(view)).toEqual({ unit: [], lint: [], push: ['unit', 'lint'], tell: ['push'] });
    },
    'outputs': view => {
      expect(view.jobs.build.artifacts).toEqual(kept('build'));
      expect(view.jobs.ship.needs).toEqual([reading('build')]);
      expect(script(view, 'build')).toContain('set_env ODD "$(output_of_step version odd)"');
      expect(script(view, 'build')).toContain('finish_job version=version.version odd=version.odd');
      expect(script(view, 'ship')).toContain('set_env ODD "$(output_of_job build odd)"');
    },
    'artifacts': view => {
      expect(view.jobs.build.artifacts).toEqual({ paths: ['.fairway/$CI_PIPELINE_ID/artifacts/dist/'], when: 'always', expire_in: '3 days' });
      expect(script(view, 'build')).toContain('upload_files dist error dist');
      expect(view.jobs.ship.needs).toEqual([reading('build')]);
      expect(script(view, 'ship')).toContain('download_files dist got');
    },
    'missing-artifact': view => expect(script(view, 'build')).toContain('upload_files reports ignore reports'),
    'skip-cascade': view => {
      expect(ifs(view)).toEqual({ preview: MERGE_REQUEST, look: MERGE_REQUEST, report: MERGE_REQUEST, clean: undefined, build: undefined });
      expect(whens(view).clean).toBe('always');
      // What is needed may be no part of the pipeline.
      expect(view.jobs.clean.needs).toEqual([{ ...after('preview'), optional: true }, { ...after('look'), optional: true }]);
    },
    'skip-by-output': view => {
      expect(script(view, 'ship')).toContain('[[ "$(output_of_job plan deploy)" == yes ]] || skip_job');
      expect(script(view, 'stay')).toContain('[[ "$(output_of_job plan deploy)" == no ]] || skip_job');
      expect(script(view, 'tell')).toContain('succeeded ship || skip_job');
      expect(view.jobs.tell.needs).toEqual([reading('ship')]);
    },
    'condition-words': view => {
      expect(ifs(view)).toEqual({
        release: `${PUSH} && ${RELEASE}`,
        main: `${PUSH} == "main"`,
        other: RELEASE.replace('=~', '!~'),
        either: `$CI_COMMIT_BRANCH == "main" || ${RELEASE}`,
        neither: `($CI_PIPELINE_SOURCE != "merge_request_event" || $CI_MERGE_REQUEST_EVENT_TYPE == "merge_train") && ${RELEASE.replace('=~', '!~')}`,
      });
      expect(starts(view)).toEqual([expect.stringContaining(`($CI_COMMIT_BRANCH == "main" || ${RELEASE})`), MERGE_REQUEST]);
    },
    'failure-and-cleanup': view => {
      expect(whens(view)).toEqual({ build: undefined, ship: undefined, alarm: 'on_failure', clean: 'always', quiet: 'always' });
      expect(script(view, 'quiet')).toContain('{ ! failed build; } || skip_job');
      expect(view.jobs.quiet.needs).toEqual([reading('build')]);
      expect(view.jobs.build.artifacts).toEqual(kept('build'));
    },
    'no-failure-no-alarm': view => expect(whens(view)).toEqual({ build: undefined, alarm: 'on_failure', clean: 'always' }),
    'failure-behind-cleanup': view => {
      expect(needs(view)).toEqual({ build: [], clean: ['build'], ship: ['build', 'clean'], alarm: ['build', 'clean'] });
      expect(whens(view)).toEqual({ build: undefined, clean: 'always', ship: undefined, alarm: 'always' });
      expect(script(view, 'alarm')).toContain('failed build clean || skip_job');
    },
    'outcome-of-job': view => {
      expect(whens(view)).toEqual({ scan: undefined, build: undefined, report: 'always', praise: 'always' });
      expect(script(view, 'report')).toContain('[[ "$(result_of_job scan)" == failure ]] || [[ "$(result_of_job scan)" == cancelled ]]');
      expect(script(view, 'praise')).toContain('[[ "$(result_of_job scan)" == success ]] || skip_job');
      expect(view.jobs.report.needs).toEqual([reading('scan'), after('build')]);
    },
    'allowed-failure': view => {
      expect(each(view.jobs, job => job.allow_failure)).toEqual({ flaky: true, ship: undefined });
      expect(script(view, 'flaky')).toMatch(/finish_job allowed$/);
    },
    'steps-after-failure': view => {
      const steps = view.jobs.build.script as string[];
      expect(steps.filter(step => / allowed$/m.test(step))).toEqual([expect.stringContaining('tolerated')]);
      expect(steps.flatMap(step => /step_if\(\) \{.*/.exec(step) ?? [])).toEqual(['step_if() { some_failed; }', 'step_if() { true; }', 'step_if() { ! some_failed; }']);
    },
    'steps-by-value': view => expect(script(view, 'build').match(/step_if\(\) \{.*/g)).toEqual([
      'step_if() { { none_failed && { [[ "$(output_of_step find kind)" == docs ]] || [[ "$(output_of_step find kind)" == site ]]; }; }; }',
      'step_if() { { none_failed && [[ "$(output_of_step find kind)" == code ]]; }; }',
      'step_if() { { none_failed && [[ "$(event_of_run)" == push ]]; }; }',
      'step_if() { { none_failed && [[ "$(event_of_run)" == tag ]]; }; }',
    ]),
    'large-graph': (view, { graph }) => {
      expect(Object.keys(view.jobs)).toEqual(graph.jobs.map(job => job.id));
      expect(Object.values(needs(view)).flat()).toHaveLength(2_800);
    },
    'matrix': view => {
      const legs = ['test: [linux-22]', 'test: [linux-24-yes]', 'test: [alpine-24]', 'test: [slim-24]'];
      expect(Object.keys(view.jobs)).toEqual([...legs, 'ship']);
      expect(needs(view).ship).toEqual(legs);
      expect(script(view, legs[1])).toMatch(/set_env OS linux\n *set_env NODE 24\n *set_env EXTRA yes\n/);
      expect(script(view, legs[2])).toMatch(/set_env OS alpine\n *set_env NODE 24\n *set_env EXTRA ''\n/);
    },
    'matrix-goes-on': view => {
      const legs = ['test: [a]', 'test: [b]', 'test: [c]'];
      expect(legs.map(leg => view.jobs[leg].resource_group)).toEqual(Array(3).fill('test-1-of-$CI_PIPELINE_ID'));
      expect(needs(view)).toMatchObject({ ship: legs, clean: legs });
      expect(whens(view)).toMatchObject({ clean: 'always', ship: undefined });
      expect(view.root.workflow.auto_cancel).not.toHaveProperty('on_job_failure');
    },
    'dynamic-matrix': 'does not apply, because it is refused',
    'environment-of-steps': view => {
      expect(view.root.variables ?? {}).not.toHaveProperty('B');
      expect(script(view, 'build')).toMatch(/job_env\(\) \{\n *set_env B job\n *set_env C job\n/);
      expect(script(view, 'build')).toContain('step_env() { set_env C step; }');
      expect(view.text).toContain('set_env LOG_LEVEL \'as $HOME is "written" \\ % !\'');
      expect(view.text).toContain('set_env camelCase kept');
    },
    'hostile-names': view => {
      expect(script(view, 'greet')).toContain('set_env TITLE "${CI_MERGE_REQUEST_TITLE:-}"');
      expect(script(view, 'greet')).toContain('none_failed && ! [[ "${CI_MERGE_REQUEST_SOURCE_BRANCH_NAME:-}" == main ]]');
      expect(starts(view)).toEqual([MERGE_REQUEST]);
    },
    'odd-scripts': view => expect(script(view, 'build')).toContain('<<\'FAIRWAY_SCRIPT\'\n'),
    'step-retry': view => expect(script(view, 'fetch')).toMatch(/run_step run '.*' attempts=3$/m),
    'job-attempts': view => expect(view.jobs.build.retry).toBe(1),
    'timeouts': view => {
      expect(each(view.jobs, job => job.timeout)).toEqual({ slow: '5 minutes', usual: '20 minutes' });
      expect(script(view, 'slow')).toContain('timeout=120');
      expect(script(view, 'usual')).not.toContain('timeout=');
    },
    'concurrency': view => {
      expect(view.jobs.deploy.resource_group).toBe('deploy-prod');
      expect(view.root.workflow.auto_cancel).toEqual({ on_new_commit: 'none' });
      // Newer runs cancel those of merge requests alone, which deploy is no part of.
      expect(view.root.workflow.rules.map((rule: any) => [rule.if, rule.auto_cancel])).toEqual([[`${PUSH} == "main"`, undefined], [MERGE_REQUEST, { on_new_commit: 'conservative' }]]);
      expect(ifs(view).deploy).toBe(PUSH);
    },
    'approval': view => {
      expect(view.jobs.ask).toMatchObject({ when: 'manual', allow_failure: false, manual_confirmation: 'Ship it?' });
      expect(needs(view)).toEqual({ build: [], ask: ['build'], ship: ['ask'] });
    },
    'deployment': view => expect(view.jobs.deploy).toMatchObject({
      environment: { name: 'prod', url: 'https://shop.example.com' }, resource_group: 'deploy-prod', interruptible: false,
    }),
    'schedule': (view, { lowering }) => {
      expect(starts(view)).toEqual(['$CI_PIPELINE_SOURCE == "schedule" && $FAIRWAY_SCHEDULE == "schedule/schedule-1"', `${PUSH} == "main"`]);
      expect(ifs(view)).toEqual({ nightly: '$CI_PIPELINE_SOURCE == "schedule"', build: PUSH });
      expect(lowering.remains.map(({ what }) => what).join()).toMatch(/17 3 \* \* 1-5.*Asia\/Tokyo/);
    },
    'service': view => {
      expect(view.jobs.integration.services).toEqual([{ name: `docker.io/library/postgres:17@${DIGEST}`, alias: 'db', variables: { POSTGRES_PASSWORD: '${DB_PASSWORD}' } }]);
      expect(view.jobs.integration.image).toBe(`docker.io/library/node:24-bookworm@${DIGEST}`);
      expect(script(view, 'integration')).toContain('wait_for db 5432');
    },
    'path-filter': (view, { lowering }) => {
      expect(view.root.workflow.rules.map((rule: any) => rule.changes)).toEqual([['src/**/*'], ['src/**/*', 'package.json']]);
      expect(lowering.rows.find(row => row.part === 'paths of pushes')).toMatchObject({ support: 'approximated' });
    },
    'changed-files': view => {
      expect(script(view, 'spell')).toContain('[[ "$(output_of_job changes docs)" == true ]] || skip_job');
      expect(script(view, 'code')).toContain('[[ "$(output_of_job changes code)" == true ]] || skip_job');
      expect(script(view, 'changes')).toContain('set_env FILTER_CODE \':(glob)**\n:(exclude,glob)docs/**\'');
      expect(view.jobs.changes.variables.GIT_DEPTH).toBe('0');
    },
    'tags': view => {
      expect(starts(view)).toEqual([
        '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_TAG && $CI_COMMIT_TAG =~ /^v[^\\/]*$/ && $CI_COMMIT_TAG !~ /^v[^\\/]*-rc[^\\/]*$/', `${PUSH} == "main"`,
      ]);
      expect(ifs(view)).toEqual({ release: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_TAG', build: PUSH });
      expect(script(view, 'release')).toContain('set_env TAG "${CI_COMMIT_TAG:-}"');
    },
    'release-and-queue': view => expect(starts(view)).toEqual([
      '$CI_MERGE_REQUEST_EVENT_TYPE == "merge_train" && $CI_MERGE_REQUEST_TARGET_BRANCH_NAME == "main"', MERGE_REQUEST,
    ]),
    'inputs': view => {
      expect(view.root.variables).toEqual({
        target: { value: 'dev', description: 'where to', options: ['dev', 'prod'] },
        dryRun: { value: 'false', description: 'whether to only look', options: ['false', 'true'] },
        reason: { value: '', description: 'why' },
      });
      expect(starts(view)).toEqual([expect.stringMatching(/"web".* && \$reason$/)]);
      expect(script(view, 'go')).toContain('set_env REASON "${reason:-}"');
      expect(ifs(view).real).toBe('$dryRun == "false"');
    },
    'secrets': (view, { lowering }) => {
      // GitLab gives secrets to every job: all steps are without it, but the one that asks for it.
      expect(leaves(view.root).filter(text => text.includes('NPM_TOKEN'))).toEqual(['hide NPM_TOKEN', expect.stringContaining('step_env() { set_env TOKEN "${NPM_TOKEN:-}"; }')]);
      expect(lowering.remains.map(({ what }) => what).join()).toContain('NPM_TOKEN');
    },
    'identity': view => {
      expect(view.jobs.login.id_tokens).toEqual({ AWS_TOKEN: { aud: 'sts.amazonaws.com' } });
      expect(script(view, 'login')).toContain('keep_identity AWS_TOKEN');
      expect(script(view, 'login')).toContain('set_env AWS_TOKEN_FILE "$fairway_state/AWS_TOKEN"');
    },
    'grants': (view, { lowering }) => {
      expect(view.jobs.tag.variables).toMatchObject({ GIT_DEPTH: '0' });
      expect(script(view, 'tag')).not.toContain('forget_token');
      expect([view.text, ...lowering.remains.map(({ what }) => what), ...lowering.rows.map(({ how }) => how)].join('\n')).toContain('pushes the tag of the release');
    },
    'caches': view => {
      expect(view.jobs.test.cache).toEqual({ key: { files: ['package-lock.json'], prefix: 'npm' }, paths: ['.npm'], fallback_keys: ['npm-'] });
      expect(script(view, 'test')).toContain('forget_token');
      expect(JSON.stringify(view.jobs.publish)).not.toContain('npm');
      expect(view.jobs.publish.cache ?? []).toEqual([]);
    },
    'job-template': view => {
      expect(Object.keys(view.jobs)).toEqual(['cart-build', 'cart-check', 'ads-build', 'ads-check', 'ship']);
      expect(script(view, 'cart-build')).toContain('set_env NAME cart');
      expect(script(view, 'ship')).toMatch(/set_env CART "\$\(output_of_job cart-build image\)"\n *set_env ADS "\$\(output_of_job ads-build image\)"/);
      expect(view.jobs.ship.needs).toEqual([reading('cart-build'), after('cart-check'), reading('ads-build'), after('ads-check')]);
    },
    'step-template': view => {
      expect(script(view, 'say')).toMatch(/set_env WHOM you[^]*run_step first-hello[^]*set_env WHOM world[^]*run_step second-hello/);
      expect(script(view, 'say')).toMatch(/set_env A "\$\(output_of_step first-hello text\)"\n *set_env B "\$\(output_of_step second-hello text\)"/);
    },
    'runners': view => expect(each(view.jobs, job => job.tags)).toEqual({ windows: undefined, macos: ['mac'], own: ['self-hosted', 'gpu'] }),
    'matrix-artifacts': view => {
      expect(view.jobs.build.parallel).toEqual({ matrix: [{ PART: ['a', 'b'] }] });
      expect(view.jobs.build.artifacts.paths).toEqual(['.fairway/$CI_PIPELINE_ID/artifacts/parts/']);
      expect(view.jobs.join.needs).toEqual([reading('build')]);
      expect(script(view, 'join')).toContain('download_files parts got');
    },
    'native-and-patches': (view, { lowering }) => {
      expect(script(view, 'build')).toContain('\naudit --level high\n');
      expect(view.jobs.build.allow_failure).toBe(true);
      expect(lowering.rows.filter(row => row.part.includes('shows a change'))).toHaveLength(1);
    },
  },
};

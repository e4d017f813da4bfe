import * as fc from 'fast-check';
import { lowered } from './lowered';
import { simulate } from './simulator';
import '../../../support/properties';
import type { JobNode, PipelineGraph, StepNode } from '../../../../src/pipelines/graph';
import { graphOf, jobOf, PUSH, runOf, stepOf } from '../../graphs';

/*
 * What steps do within the shell of a job.
 */

const PUSHED = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_REF_NAME: 'main', CI_COMMIT_BRANCH: 'main' };

function simulated(jobs: JobNode[], given: Partial<PipelineGraph> = {}, variables: Record<string, string> = {}) {
  return simulate(lowered(graphOf(jobs, { triggers: [PUSH], ...given })).file, { ...PUSHED, ...variables });
}

const marks = (steps: StepNode[], given: Partial<PipelineGraph> = {}, variables: Record<string, string> = {}) => simulated([jobOf('a', [], { steps })], given, variables).marks;
const mark = (text: string, given = {}) => runOf('run', `echo "${text}" >> "$MARKS"`, given);

describe('a script', () => {
  it('comes to the shell as it is written', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('$[[ inputs.x ]]', '${{ x }}', '$(params.x)', '$$', '\\', '\t', ' ', '\'', '"', '`id`', '#', '\n', 'FAIRWAY_SCRIPT', 'é', '- ', ': ', '!reference', 'x'), {
      minLength: 1, maxLength: 12,
    }).map(parts => parts.join('').replace(/\n+$/, '')).filter(text => text !== ''), text => {
      const script = `cat > /dev/null <<'FAIRWAY_END'\n${text}\nFAIRWAY_END\nsed '1d;$d' "$0" | sed '$d' | od -An -tx1 | tr -d ' \\n' >> "$MARKS"; echo >> "$MARKS"`;
      const wanted = Buffer.from(`${text}\n`).toString('hex');
      expect(marks([runOf('run', script)]).join('')).toContain(wanted.slice(0, wanted.length - 2));
    }), { numRuns: 30 });
  });

  it('never runs what a value says', () => {
    const hostile = fc.array(fc.constantFrom('$(echo bad >> "$MARKS")', '`echo bad >> "$MARKS"`', '"', '\'', ';', '$MARKS', '${HOME}', '\\', ' ', '\n', '$((1+1))', '!', '*', 'x'), { minLength: 1, maxLength: 10 })
      .map(parts => parts.join('').trim()).filter(text => text !== '');
    fc.assert(fc.property(hostile, title => {
      const steps = [runOf('run', 'printf "%s" "$TITLE" | od -An -tx1 | tr -d " \\n" >> "$MARKS"', {
        name: ['See ', { kind: 'context', name: 'changeTitle' }], env: { TITLE: [{ kind: 'context', name: 'changeTitle' }] },
      })];
      expect(marks(steps, {}, { CI_MERGE_REQUEST_TITLE: title })).toEqual([Buffer.from(title).toString('hex')]);
    }), { numRuns: 30 });
  });

  it('runs with errors, unset variables and pipes taken seriously', () => {
    for (const bad of ['false\ntrue', 'echo "$NOT_SET"', 'false | true', 'exit 7']) {
      expect(simulated([jobOf('a', [], { steps: [runOf('run', bad)] })]).jobs.get('a')!.status).toBe('failed');
    }
  });

  it('sees the secrets that it is given, and no others', () => {
    const steps = [
      mark('${ONE-hidden} ${TWO-hidden} $MINE', { id: 'one', env: { MINE: [{ kind: 'secret', name: 'ONE' }] } }),
      mark('${ONE-hidden} ${TWO-hidden}', { id: 'two', env: { TWO: [{ kind: 'secret', name: 'TWO' }] } }),
    ];
    expect(marks(steps, { secrets: [{ name: 'ONE' }, { name: 'TWO' }] }, { ONE: '1', TWO: '2' })).toEqual(['hidden hidden 1', 'hidden 2']);
  });

  it('sees the inputs that it is given, and no others', () => {
    const inputs = [{ name: 'where', type: 'string' as const, description: '', required: false, options: [] }];
    const steps = [mark('${where-hidden}', { id: 'one' }), mark('$where $TO', { id: 'two', env: { where: ['eu'], TO: [{ kind: 'input', name: 'where' }] } })];
    expect(marks(steps, { inputs }, { where: 'us' })).toEqual(['hidden', 'eu us']);
    const own = jobOf('a', [], { env: { where: ['to ', { kind: 'input', name: 'where' }] }, steps: [mark('$where, $TO', { env: { TO: [{ kind: 'input', name: 'where' }] } })] });
    expect(simulated([own], { inputs }, { where: 'us' }).marks).toEqual(['to us, us']);
  });

  it('sees no variable of its matrix that it is not given', () => {
    const matrix = { kind: 'static' as const, axes: [{ name: 'os', values: ['a', 'b'] }], include: [], exclude: [], failFast: false, combinations: [{ os: 'a' }, { os: 'b' }] };
    const steps = [mark('${os-hidden} $OS', { env: { OS: [{ kind: 'matrix', axis: 'os' }] } })];
    expect(simulated([jobOf('a', [], { matrix, steps })]).marks.sort()).toEqual(['hidden a', 'hidden b']);
  });

  it('reads no variable of the helpers, even when axes have common names', () => {
    const axes = ['name', 'result', 'id', 'status', 'output', 'job', 'path'];
    const env = Object.fromEntries(axes.map(axis => [axis.toUpperCase() + '_', [{ kind: 'matrix', axis }]] as const));
    const combination = Object.fromEntries(axes.map(axis => [axis, `of ${axis}`]));
    const matrix = {
      kind: 'static' as const,
      axes: axes.map(name => ({ name, values: [`of ${name}`, 'other'] })),
      include: [],
      exclude: [],
      failFast: false,
      combinations: [combination, { ...combination, name: 'other' }],
    };
    const all = simulated([jobOf('a', [], { matrix, env, steps: [mark(axes.map(axis => `$${axis.toUpperCase()}_`).join(','))] })]).marks;
    expect(all.sort()[0]).toBe(axes.map(axis => `of ${axis}`).join(','));
    const native = { ...matrix, axes: [{ name: 'name', values: ['x', 'y'] }], combinations: [{ name: 'x' }, { name: 'y' }] };
    expect(simulated([jobOf('a', [], { matrix: native, steps: [mark('$NAME_', { env: { NAME_: [{ kind: 'matrix', axis: 'name' }] } })] })]).marks.sort()).toEqual(['x', 'y']);
  });
});

describe('steps', () => {
  it('are skipped after a failure, unless they say otherwise', () => {
    expect(marks([
      runOf('bad', 'exit 3'), mark('next', { id: 'next' }), mark('failure', { id: 'f', condition: { kind: 'status', status: 'failure' } }),
      mark('always', { id: 'g', condition: { kind: 'status', status: 'always' } }), mark('cancelled', { id: 'h', condition: { kind: 'status', status: 'cancelled' } }),
    ])).toEqual(['failure', 'always']);
  });

  it('may fail when that is allowed', () => {
    const { jobs, marks: all } = simulated([jobOf('a', [], { steps: [runOf('bad', 'exit 3', { continueOnError: true }), mark('next')] })]);
    expect([jobs.get('a')!.status, all]).toEqual(['success', ['next']]);
  });

  it('are tried again, and stopped in time', () => {
    expect(marks([runOf('run', 'echo try >> "$MARKS"; [ "$(grep -c try "$MARKS")" -ge 2 ]', { retry: { attempts: 3, delaySeconds: 0 } })])).toEqual(['try', 'try']);
    const { jobs } = simulated([jobOf('a', [], { steps: [runOf('run', 'sleep 30', { timeoutMinutes: 1 / 60 })] })]);
    expect(jobs.get('a')).toMatchObject({ status: 'failed', log: expect.stringContaining('failed with 124') });
  });

  it('hand outputs to steps and jobs, as text', () => {
    const value = 'a=b $HOME "q" \'s\' \\ `id`';
    const made = jobOf('made', [], {
      steps: [runOf('give', `cat >> "$FAIRWAY_OUTPUT" <<'E'\nx=old\nx=${value}\nE`, { outputs: ['x'] }), mark('$X', { env: { X: [{ kind: 'stepOutput', step: 'give', name: 'x' }] } })],
      outputs: [{ name: 'y', step: 'give', output: 'x' }],
    });
    const used = jobOf('used', ['output:made'], { steps: [mark('<$X>', { env: { X: ['<', { kind: 'output', job: 'made', name: 'y' }] } })] });
    expect(simulated([made, used]).marks).toEqual([value, `<<${value}>`]);
  });

  it('keep artifacts as they are at that moment', () => {
    const made = jobOf('made', [], {
      steps: [
        runOf('run', 'mkdir -p dist/.deep "b c"; echo 1 > dist/.deep/a; echo 2 > "b c/x.txt"; echo 3 > top.log'),
        stepOf('upload', 'upload', { paths: ['dist/**', 'b c/*.txt', 'top.log'] }), runOf('later', 'echo changed > top.log'),
      ],
    });
    const used = jobOf('used', ['artifact:made'], {
      steps: [stepOf('download', 'download', { from: 'made', folder: 'in' }), runOf('run', 'cat in/dist/.deep/a "in/b c/x.txt" in/top.log >> "$MARKS"; find . -type f | wc -l >> "$MARKS"')],
    });
    expect(simulated([made, used]).marks).toEqual(['1', '2', '3', '3']);
  });

  it.each([['error', 'failed'], ['warn', 'success'], ['ignore', 'success']] as const)('say %s when there is nothing to keep', (ifMissing, status) => {
    expect(simulated([jobOf('a', [], { steps: [stepOf('upload', 'upload', { paths: ['nothing/*'], ifMissing })] })]).jobs.get('a')!.status).toBe(status);
  });

  it('run in their folder', () => {
    expect(marks([runOf('make', 'mkdir -p "a b"'), mark('${PWD##*/}', { workingDirectory: 'a b' })])).toEqual(['a b']);
  });

  it('know what the run is about', () => {
    const env = { E: [{ kind: 'context', name: 'event' }], R: [{ kind: 'context', name: 'ref' }], B: [{ kind: 'context', name: 'baseSha' }] } as const;
    const seen = (variables: Record<string, string>) => simulate(lowered(graphOf([jobOf('a', [], { steps: [mark('$E $R $B', { env })] })])).file, variables).marks[0];
    expect(seen({ ...PUSHED, CI_COMMIT_BEFORE_SHA: '0000000000' })).toBe('push refs/heads/main ');
    expect(seen({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1', CI_COMMIT_BEFORE_SHA: '12ab' })).toBe('tag refs/tags/v1 12ab');
    expect(seen({ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/1/head', CI_MERGE_REQUEST_DIFF_BASE_SHA: '9' }))
      .toBe('pullRequest refs/merge-requests/1/head 9');
  });
});

it('makes a hundred pipelines in little time', () => {
  const jobs = Array.from({ length: 20 }, (_, i) => jobOf(`j${i}`, i === 0 ? [] : [`j${i - 1}`]));
  const before = Date.now();
  for (let i = 0; i < 100; i++) {
    lowered(graphOf(jobs, { id: `p${i}` }));
  }
  expect(Date.now() - before).toBeLessThan(20_000);
});

import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as fc from 'fast-check';
import { handed, read } from './azure';
import { codes, graph, job, lower, run, step } from './graphs';
import '../../../support/properties';
import { bashInput, pwshInput } from '../../../../src/pipelines/engines/azure/script';

/** The script that a program of the shell writes into its file, by what it says. */
function writtenScript(program: string): string {
  const match = /^(?:cat|sed '(.*)') > "\$fairway_script" <<'(\w+)'$/m.exec(program);
  if (match === null) {
    return program.replace(/^set -euo pipefail\n/, '');
  }
  const from = match.index + match[0].length + 1;
  const body = program.slice(from, program.indexOf(`\n${match[2]}\n`, from));
  const word = match[1] === undefined ? undefined : `$${/(:+)\(/.exec(match[1])![1]}(`;
  return word === undefined ? body : body.replaceAll(word, () => '$(');
}

const piece = fc.oneof(
  fc.constantFrom('$(date)', '$(', ')', '$(System.AccessToken)', '${{ x }}', '${{', '}}', '$[ y ]', '$:(a)', '$::(b)', '\n', '\'', '"', '\\', '$\'', '$&', '%', '##vso[', 'FAIRWAY_SCRIPT', ' ', '$((1 + 2))', '$(a b)'),
  fc.string({ maxLength: 6 }),
);
const script = fc.array(piece, { minLength: 1, maxLength: 12 }).map(parts => parts.join('').replace(/[\r\0]/g, '').replace(/\n+$/, '')).filter(text => text.trim() !== '');

describe('a script', () => {
  test('reaches bash byte for byte, whatever variables there are', () => {
    fc.assert(fc.property(script, fc.boolean(), fc.boolean(), (text, hasOutputs, isRetried) => {
      const input = bashInput({
        id: 'a', script: text, outputs: hasOutputs ? ['x'] : [], shell: 'bash', ...isRetried && { retry: { attempts: 3, delaySeconds: 1 } },
      });
      expect(writtenScript(handed(input))).toBe(text);
    }));
  });

  test('stands as it is when nothing in it is live', () => {
    const input = bashInput({ id: 'a', script: 'x=$(git rev-parse HEAD)\necho "$((1 + 1))"', outputs: [], shell: 'bash' });
    expect(input).toBe('set -euo pipefail\nx=$(git rev-parse HEAD)\necho "$((1 + 1))"');
  });

  test('runs, and its outputs come out escaped, only those that are declared', () => {
    const output = runs('echo "a=1%0Atwo=" >> "$FAIRWAY_OUTPUT"\necho "evil=1" >> "$FAIRWAY_OUTPUT"\nprintf "b=$(pwd)" >> "$FAIRWAY_OUTPUT"', { outputs: ['a', 'b'] });
    expect(output.text).toBe(`##vso[task.setvariable variable=a;isOutput=true]1%AZP250Atwo=\n##vso[task.setvariable variable=b;isOutput=true]${output.folder}\n`);
    expect(output.status).toBe(0);
  });

  test('gives its outputs also when it fails, and fails with its own status', () => {
    const output = runs('echo "a=1" >> "$FAIRWAY_OUTPUT"\nexit 7', { outputs: ['a'] });
    expect(output).toMatchObject({ status: 7, text: '##vso[task.setvariable variable=a;isOutput=true]1\n' });
  });

  test('stops at the first error, also in a pipe and within attempts', () => {
    expect(runs('false | true\necho reached', {})).toMatchObject({ status: 1, text: '' });
    expect(runs('false\necho "reached $(pwd)"', {})).toMatchObject({ status: 1, text: '' });
    expect(runs('false\necho reached', { outputs: ['a'] })).toMatchObject({ status: 1, text: '' });
  });

  test('is tried again as often as it says', () => {
    const flaky = 'echo x >> count\n[ "$(wc -l < count)" -eq 2 ]\necho "n=2" >> "$FAIRWAY_OUTPUT"';
    expect(runs(flaky, { outputs: ['n'], retry: { attempts: 3, delaySeconds: 0.1 } })).toMatchObject({
      status: 0, text: '##vso[task.setvariable variable=n;isOutput=true]2\n',
    });
    expect(runs('echo x\nexit 3', { retry: { attempts: 2, delaySeconds: 0.1 } })).toMatchObject({ status: 3, text: 'x\nx\n' });
  });

  test('keeps blanks at its end, which the agent would cut off', () => {
    expect(writtenScript(handed(bashInput({ id: 'a', script: 'echo a \\ ', outputs: [], shell: 'bash' })))).toBe('echo a \\ ');
  });

  test('of sh runs in sh', () => {
    expect(bashInput({ id: 'a', script: 'true', outputs: [], shell: 'sh' })).toContain('sh -eu "$fairway_script"');
  });
});

describe('a script of PowerShell', () => {
  test('stands as it is, or in a text that nothing is replaced in', () => {
    expect(pwshInput({ id: 'a', script: 'Get-Date', outputs: [] })).toBe('Get-Date');
    const input = handed(pwshInput({ id: 'a', script: 'echo "$(Get-Date)"', outputs: ['x'] })!);
    expect(input).toContain('@\'\necho "$:(Get-Date)"\n\'@.Replace(\'$:(\', \'$\' + \'(\') | Set-Content');
    expect(input).not.toContain('PWNED');
  });

  test('that would end that text is refused', () => {
    const lowered = lower(graph([job('a', { steps: [run('echo $(x)\n\'@ evil', { shell: 'pwsh' })] })]));
    expect(codes(lowered.findings)).toEqual(['FW1090']);
    expect(lowered.job('a').steps).toEqual([{ checkout: 'none' }]);
  });
});

describe('a step', () => {
  test('may set its outputs and nothing else, whatever it prints', () => {
    const steps = lower(graph([job('a', { steps: [run('true', { id: 'one', outputs: ['x'] }), run('true', { id: 'two' })] })])).job('a').steps;
    expect(steps[1]).toMatchObject({ name: 'one', target: { commands: 'restricted', settableVariables: ['x'] } });
    expect(steps[2].target).toEqual({ commands: 'restricted', settableVariables: 'none' });
  });

  test('has what it says of itself', () => {
    const given = run('true', {
      name: ['Say ${{ x }}'], continueOnError: true, timeoutMinutes: 5, retry: { attempts: 4, delaySeconds: 0 }, workingDirectory: 'app',
    });
    const [, made] = lower(graph([job('a', { steps: [given] })])).job('a').steps;
    expect(made).toMatchObject({ continueOnError: true, timeoutInMinutes: 5, retryCountOnTaskFailure: 3, workingDirectory: '$(Build.SourcesDirectory)/app' });
    expect(read(made.displayName)).toBe('Say ${{ x }}');
  });

  test('is tried again at most ten times by the system', () => {
    const lowered = lower(graph([job('a', { steps: [run('true', { retry: { attempts: 20, delaySeconds: 0 } })] })]));
    expect(lowered.job('a').steps[1].retryCountOnTaskFailure).toBe(10);
    expect(codes(lowered.findings)).toEqual(['FW1091']);
  });

  test('of the system itself keeps its body', () => {
    const bodies = { azure: { task: 'Docker@2', displayName: 'Log in', inputs: { command: 'login' }, env: { A: 'b' } } };
    const native = step('native', 'login', { bodies, env: { C: ['d'] }, condition: { kind: 'status', status: 'always' } });
    expect(lower(graph([job('a', { steps: [native] })])).job('a').steps[1]).toEqual({
      task: 'Docker@2', displayName: 'Log in', inputs: { command: 'login' }, env: { C: 'd', A: 'b' }, condition: 'always()',
    });
    expect(codes(lower(graph([job('a', { steps: [step('native', 'x', { bodies: { github: {} } })] })])).findings)).toEqual(['FW1090']);
  });
});

interface Run {
  readonly status: number;
  readonly text: string;
  readonly folder: string;
}

function runs(text: string, more: { outputs?: string[]; retry?: { attempts: number; delaySeconds: number } }): Run {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'azure-')));
  try {
    const input = handed(bashInput({ id: 'a', script: text, outputs: more.outputs ?? [], shell: 'bash', retry: more.retry }));
    fs.writeFileSync(path.join(folder, 'step.sh'), input);
    const env = { PATH: process.env.PATH, AGENT_TEMPDIRECTORY: folder };
    return { status: 0, folder, text: execFileSync('bash', ['step.sh'], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) };
  } catch (e) {
    const { status, stdout } = e as { status: number; stdout: string };
    return { status, text: stdout, folder };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

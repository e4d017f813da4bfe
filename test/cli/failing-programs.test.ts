import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, fairway, programFolder, setProgram, write } from './support';

/* Programs that end in other ways than they should: what the user sees, and that it is seen once. */

const SYNTH = 'const platform = new Platform({ name: \'acme\' });\nplatform.synth();\n';
const BAD_NAME = 'new Platform({ name: \'Not A Name\' });\n';
const LIBRARY = () => JSON.stringify(path.join(compiledLibrary(), 'lib/core'));

function times(text: string, part: string | RegExp): number {
  return text.split(part).length - 1;
}

/** The findings stand once, and nothing of Node around them. */
function expectFindingOnly(run: { code: number | null; out: string; err: string }): void {
  expect(run.err).toMatch(/^error FW105 {2}\(platform\)\n {2}The platform name "Not A Name" .*\n {2}→ .*\n\n1 error, 0 warnings: nothing was written\n$/);
  expect(run.out).toBe('');
  expect(run.code).toBe(1);
}

describe('an error of this library that nobody catches', () => {
  test('from a constructor is a finding without a stack trace', async () => {
    expectFindingOnly(await fairway(programFolder(BAD_NAME), ['synth']));
  });

  test('from a rejected promise as well', async () => {
    expectFindingOnly(await fairway(programFolder(`(async () => { await null; ${BAD_NAME} })();`), ['synth']));
  });

  test('from an ECMAScript module as well', async () => {
    const folder = programFolder('', { app: 'node main.mjs' });
    write(folder, 'main.mjs', `import core from ${LIBRARY().replace(/"$/, '/index.js"')};\nawait null;\nnew core.Platform({ name: 'Not A Name' });\n`);
    expectFindingOnly(await fairway(folder, ['synth']));
  });

  test('through npx and tsx, whose processes load the hook too', async () => {
    const folder = programFolder('', { app: 'npx --no-install tsx main.ts' });
    write(folder, 'main.ts', `import { Platform } from ${LIBRARY()};\nconst name: string = 'Not A Name';\nnew Platform({ name });\n`);
    const run = await fairway(folder, ['synth'], { env: { npm_config_loglevel: 'silent' } });
    expectFindingOnly(run);
  }, 60_000);

  test('is part of the report of check', async () => {
    const run = await fairway(programFolder(BAD_NAME), ['check', '--format', 'json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({ version: 1, errors: 1, findings: [{ code: 'FW105' }] });
    expect(run.err).toBe('');
  });

  test('has its stack trace with --stack', async () => {
    const run = await fairway(programFolder(BAD_NAME), ['synth', '--stack']);
    expect(run.err).toContain('FairwayError: error FW105');
    expect(run.err).toMatch(/at new Platform .*platform\.js/);
    expect(run.err).toContain('fairway: The program failed with exit code 1.');
    expect(run.code).toBe(1);
  });

  test('is left to the handler of the program, if it has one', async () => {
    const run = await fairway(programFolder(`process.on('uncaughtException', e => { console.log('mine'); process.exit(3); });\n${BAD_NAME}`), ['synth']);
    expect(run.out).toBe('mine\n');
    expect(times(run.err, 'error FW105')).toBe(1);
    expect(run.code).toBe(1);
  });

  test('in a worker goes to the thread that started it', async () => {
    const folder = programFolder(`
      const { Worker, isMainThread } = require('worker_threads');
      if (isMainThread) {
        new Worker(__filename).on('error', e => console.log('caught', e.message.split('\\n')[0]));
      } else {
        ${BAD_NAME}
      }`);
    expect((await fairway(folder, ['synth'])).out).toBe('caught error FW105  (platform)\n');
  });

  test('is left to Node when it cannot be reported', async () => {
    const run = await fairway(programFolder(`process.env.FAIRWAY_REPORT = '/no/such/folder/report.json';\n${BAD_NAME}`), ['synth']);
    expect(run.err).toContain('FairwayError: error FW105');
    expect(run.err).toContain('    at new Platform');
    expect(run.code).toBe(1);
  });

  test('does not touch the options that Node has already', async () => {
    const folder = programFolder(`console.log(process.execArgv.length, JSON.stringify(process.env.NODE_OPTIONS), require('v8').getHeapStatistics().heap_size_limit < 4e8);\n${SYNTH}`);
    const run = await fairway(folder, ['synth'], { env: { NODE_OPTIONS: '--max-old-space-size=200' } });
    expect(run.out).toMatch(/^0 "--max-old-space-size=200 --require .*uncaught\.js\\"" true\n/);
    expect(run.code).toBe(0);
  });
});

describe('another error', () => {
  test('is printed as Node prints it, once, with its stack trace', async () => {
    const run = await fairway(programFolder('\nconst f = undefined;\nf();\n'), ['synth']);
    expect(run.code).toBe(1);
    expect(times(run.err, 'TypeError: f is not a function')).toBe(1);
    expect(run.err).toMatch(/main\.js:\d+\nf\(\);\n\^/);
    expect(run.err).toContain('    at Object.<anonymous> (');
    expect(run.err).toMatch(/fairway: The program failed with exit code 1\.\n$/);
  });

  test('through npx and tsx is printed once as well', async () => {
    const folder = programFolder('', { app: 'npx --no-install tsx main.ts' });
    write(folder, 'main.ts', 'const f: any = undefined;\nf();\n');
    const run = await fairway(folder, ['check'], { env: { npm_config_loglevel: 'silent' } });
    expect(times(run.err, 'TypeError: f is not a function')).toBe(1);
    expect(run.err).toContain('main.ts:2');
    expect(run).toMatchObject({ code: 1, out: '' });
  }, 60_000);

  test('after a synth is a failure although there are no errors among the findings', async () => {
    const run = await fairway(programFolder(`${SYNTH}throw new Error('afterwards');`), ['check', '--format', 'json']);
    expect(JSON.parse(run.out)).toMatchObject({ errors: 0 });
    expect(run.err).toContain('Error: afterwards');
    expect(run.code).toBe(1);
  });
});

describe('a program that', () => {
  test.each(['synth', 'check'])('does not call synth() is told to (%s)', async command => {
    const run = await fairway(programFolder('new Platform({ name: \'acme\' });'), [command]);
    expect(run).toEqual({ code: 1, out: '', err: 'fairway: The program ended, but it did not synthesize: call platform.synth() at its end.\n' });
  });

  test('ends with an exit code of its own fails', async () => {
    const run = await fairway(programFolder(`${SYNTH}process.exit(7);`), ['synth']);
    expect(run.err).toBe('fairway: The program failed with exit code 7.\n');
    expect(run.code).toBe(1);
  });

  test('is killed is said to be, and by which signal', async () => {
    const folder = programFolder('process.kill(process.pid, \'SIGKILL\');');
    expect((await fairway(folder, ['synth'])).err).toMatch(/^(Killed\n)?fairway: The program was killed by SIGKILL\. When nobody did that, the memory may have run out\.\n$/);
    // A shell that waits for the program passes the signal on as an exit code.
    const run = await fairway(folder, ['check', '--app', 'node main.js; exit $?']);
    expect(run.err).toContain('fairway: The program was killed by SIGKILL.');
    expect(run.code).toBe(1);
  });

  test('is killed while it reports leaves no report', async () => {
    const run = await fairway(programFolder('require(\'fs\').writeFileSync(process.env.FAIRWAY_REPORT, \'{"version": 1, "fin\');'), ['check', '--format', 'json']);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('did not synthesize');
  });

  test('does not exist is not found', async () => {
    const run = await fairway(programFolder('', { app: 'no-such-command --flag' }), ['synth']);
    expect(run.err).toContain('fairway: The shell does not find the program "no-such-command --flag" (exit code 127). Check "app" in cdk8s.yaml');
    expect(run.code).toBe(1);
  });

  test('prints a lot is passed on to the last line', async () => {
    const folder = programFolder(`for (let i = 0; i < 200000; i++) console.log('line ' + i + ' ünïcode');\nconsole.error('x'.repeat(1e6));\n${SYNTH}`);
    const run = await fairway(folder, ['synth']);
    expect(run.code).toBe(0);
    expect(times(run.out, ' ünïcode\n')).toBe(200000);
    expect(run.err.length).toBe(1e6 + 1);
  });

  test('leaves a report of another kind is not trusted', async () => {
    const folder = programFolder(`${SYNTH}require('fs').writeFileSync(process.env.FAIRWAY_REPORT, '{"findings": [null, 1, {"code": 5}, {"code": "A1", "severity": "fatal"}]}');`);
    expect(await fairway(folder, ['check'])).toEqual({ code: 0, out: '0 errors, 0 warnings\n', err: '' });
    setProgram(folder, `${SYNTH}require('fs').writeFileSync(process.env.FAIRWAY_REPORT, 'null');`);
    expect((await fairway(folder, ['check'])).code).toBe(1);
  });
});

test('no temporary file stays behind', async () => {
  const folder = programFolder(BAD_NAME);
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = temporary;
  try {
    await fairway(folder, ['synth']);
  } finally {
    process.env.TMPDIR = TMPDIR;
    if (TMPDIR === undefined) {
      delete process.env.TMPDIR;
    }
  }
  expect(fs.readdirSync(temporary)).toEqual([]);
});

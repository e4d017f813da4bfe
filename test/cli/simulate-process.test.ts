import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, execute, fairway, fairwayScript, programFolder, setProgram, write } from './support';
import { newFolder } from '../support/folders';
import { cleanEnvironment } from '../support/library';

/* `fairway simulate` against bad files, closed pipes, signals and itself. Nothing may stay behind, and nobody may see a stack trace. */

/** A program with one canary, and what comes before the synth. */
function program(more = ''): string {
  return `
    const fairway = require(${JSON.stringify(path.join(compiledLibrary(), 'lib'))});
    const { Duration } = require('cdk8s');
    const { RolloutEngine, RolloutStrategy, Metric, MetricsProvider } = fairway;
    const platform = new fairway.Platform({ name: 'shop', rollouts: RolloutEngine.argoRollouts() });
    const metrics = MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' });
    new fairway.Environment(platform, 'prod', { cluster: fairway.Cluster.inCluster(), metrics });
    new fairway.WebService(platform, 'checkout', {
      image: fairway.Image.of('ghcr.io/acme/app', { tag: '1.4.2', digest: 'sha256:${'0'.repeat(64)}' }),
      port: 8080,
      readiness: fairway.Probe.http('/readyz'),
      replicas: fairway.Replicas.fixed(10),
      strategy: RolloutStrategy.canary({
        steps: fairway.Steps.linear({ increment: 20, every: Duration.minutes(5) }),
        analysis: [Metric.errorRate({ atMost: 0.01 })],
      }),
    });
    ${more}
    platform.synth();`;
}

/** All paths below a folder. */
function paths(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true }).map(String).sort();
}

describe('a scenario that is no scenario', () => {
  let folder: string;
  beforeAll(() => {
    folder = programFolder('console.log("ran");');
  });

  async function refused(file: string, message: RegExp): Promise<void> {
    const run = await fairway(folder, ['simulate', 'checkout', '--scenario', file]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(message);
    expect(run.err).not.toMatch(/ran|^ {4}at /m);
    expect(run.err.length).toBeLessThan(700);
    // eslint-disable-next-line no-control-regex -- what would move the cursor
    expect(run.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  }

  test.each<[string, string | Buffer, RegExp]>([
    ['bytes of anything', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), /cannot be read: it is a text, and no mapping\./],
    ['zeroes', Buffer.alloc(4096), /cannot be read: it is a text, and no mapping\./],
    ['another encoding', Buffer.from('\ufeffmetrics: {}', 'utf16le'), /cannot be read: /],
    ['a large file', '#'.repeat(3_000_000), /cannot be read: it is larger than 2 MiB\./],
    ['several documents', 'replicas: 1\n---\nreplicas: 2\n', /cannot be read: it holds several documents\./],
    ['a ring of series', 'metrics: { error-rate: &a { series: *a } }', /FW810[^]*in a series without end/],
    ['a ring in a result', 'metrics: { error-rate: { result: &a [*a] } }', /FW810[^]*nested without end/],
    ['a ring of actions', 'actions: &a [*a]', /FW810/],
    ['series within series', `metrics: { m: ${'{ series: '.repeat(500)}1${' }'.repeat(500)} }`, /FW810[^]*in a series without end/],
    ['braces without end', '{'.repeat(100_000), /cannot be read: /],
    ['the prototype', '__proto__: { replicas: 3 }', /FW811[^]*"__proto__"/],
    ['the prototype of a series', 'metrics: { error-rate: { __proto__: { value: 1 } } }', /FW811[^]*"__proto__"/],
    ['the constructor', 'constructor: { replicas: 3 }', /FW811[^]*"constructor"/],
    ['a key that writes to the terminal', '"\\e[31m\\u202e": 1', /FW811[^]*\\u001b\[31m\\u202e/],
    ['no number', 'requestsPerSecond: .nan', /FW810[^]*The value NaN is no number/],
    ['no end', 'limit: .inf', /FW810[^]*The value Infinity is no duration/],
    ['a time beyond all', 'limit: 99999999d', /FW810[^]*more than a hundred years/],
    ['bytes for a number', 'replicas: !!binary aGVsbG8=', /FW810/],
  ])('%s', async (_, content, message) => {
    fs.writeFileSync(path.join(folder, 's.yaml'), content);
    await refused('s.yaml', message);
  });

  test('a folder', async () => refused('.', /The scenario "\." cannot be read: EISDIR/));

  const testOnDevice = fs.existsSync('/dev/zero') ? test : test.skip;
  testOnDevice('a device without end', async () => refused('/dev/zero', /cannot be read: it is larger than 2 MiB\./));
});

describe('as a process', () => {
  let folder: string;
  let temporary: string;
  let before: string[];

  beforeEach(() => {
    folder = programFolder(program());
    write(folder, 'bad.yaml', 'metrics: { error-rate: 1 }\n');
    temporary = newFolder();
    before = paths(folder);
  });

  afterEach(() => {
    expect(fs.readdirSync(temporary)).toEqual([]);
    expect(paths(folder)).toEqual(before);
  });

  const shell = async (line: string) => execute('bash', ['-c', line], { cwd: folder, env: cleanEnvironment({ TMPDIR: temporary, FAIRWAY: fairwayScript() }) });

  test('a scenario may come through a pipe', async () => {
    const run = await shell('echo "metrics: { error-rate: 1 }" | node "$FAIRWAY" simulate checkout --scenario /dev/stdin --expect aborted');
    expect(run).toMatchObject({ code: 0, err: '' });
  });

  test('a reader that stops reading does no harm', async () => {
    expect(await shell('node "$FAIRWAY" simulate checkout --json | head -c 1; echo "${PIPESTATUS[0]}"')).toEqual({ code: 0, out: '{0\n', err: '' });
    expect(await shell('node "$FAIRWAY" simulate checkout >&- ; echo "$?"')).toMatchObject({ out: expect.stringMatching(/^[02]\n$/), err: expect.not.stringMatching(/^ {4}at /m) });
  });

  test.each([['a folder', '.'], ['a file as folder', 'main.js/a/b.svg'], ['a device that is full', '/dev/full']])('a picture into %s', async (_, target) => {
    const run = await shell(`node "$FAIRWAY" simulate checkout --svg '${target}'`);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^fairway: The picture cannot be written to "[^"]+": E[A-Z]+.*\.\n$/);
  });

  test('several at once do not see each other', async () => {
    const runs = await Promise.all([1, 2, 3].map(async () => shell('node "$FAIRWAY" simulate checkout --json --scenario bad.yaml')));
    expect(new Set(runs.map(run => run.out)).size).toBe(1);
    expect(JSON.parse(runs[0].out).summary.outcome).toBe('aborted');
    expect(runs.map(run => run.code)).toEqual([0, 0, 0]);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends the program in the middle', async signal => {
    setProgram(folder, program('console.error("started"); for (;;) {}'));
    const child = spawn('node', [fairwayScript(), 'simulate', 'checkout'], { cwd: folder, env: cleanEnvironment({ TMPDIR: temporary }), stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      err += text;
      if (text.includes('started')) {
        child.kill(signal);
      }
    });
    expect(await new Promise(resolve => void child.on('close', resolve))).toBe(1);
    expect(err).toBe(`started\nfairway: The program was killed by ${signal}.\n`);
  });

  test.each([
    ['the prototype', '__proto__'], ['a path', '../../etc'], ['nothing', ''], ['a dash', '-'], ['the other way round', 'a\u202eb'], ['a long one', 'x'.repeat(5000)],
  ])('no workload has a name like that: %s', async (_, name) => {
    const run = await fairway(folder, ['simulate', '--', name], { env: { TMPDIR: temporary } });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^fairway: There is no workload /);
    expect(run.err).not.toContain('\u202e');
  });
});

import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, fairway, programFolder, Run, setProgram, write } from './support';

/* `fairway simulate`: the rollout of a workload of a real program, as text, JSON and pictures. */

const DIGEST = `sha256:${'0'.repeat(64)}`;

/** A platform with two environments on one road, and workloads of each kind. */
function program(more = '', props = ''): string {
  return `
    const fairway = require(${JSON.stringify(path.join(compiledLibrary(), 'lib'))});
    const { Duration } = require('cdk8s');
    const { Environment, Cluster, WebService, Worker, ScheduledTask, Image, Probe, Replicas, RolloutStrategy, RolloutEngine, Steps, Metric, MetricsProvider } = fairway;
    const platform = new fairway.Platform({ name: 'shop', rollouts: RolloutEngine.argoRollouts(), ${props} });
    const prometheus = MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' });
    const dev = new Environment(platform, 'dev', { cluster: Cluster.inCluster(), metrics: prometheus });
    const prod = new Environment(platform, 'prod', { cluster: Cluster.inCluster(), metrics: prometheus, promotedFrom: [dev] });
    const image = Image.of('ghcr.io/acme/app', { tag: '1.4.2', digest: '${DIGEST}' });
    const service = (id, more) => new WebService(platform, id, { image, port: 8080, readiness: Probe.http('/readyz'), ...more });
    service('checkout', {
      replicas: Replicas.fixed(10),
      strategy: RolloutStrategy.canary({ steps: Steps.linear({ increment: 20, every: Duration.minutes(5) }), analysis: [Metric.errorRate({ atMost: 0.01 })] }),
    });
    service('cart', { replicas: Replicas.between(4, 8), environments: [prod] });
    service('lonely', { environments: [dev], strategy: RolloutStrategy.recreate('it must never run twice') });
    console.log('hello from the program');
    ${more}
    platform.synth();`;
}

const BAD_RELEASE = 'metrics:\n  error-rate: { from: 0, to: 0.05, at: 3m }\n';

/** Everything in a folder, with contents: what must not change. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => [path.join(entry.parentPath, entry.name), fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')]));
}


describe('of a workload', () => {
  let folder: string;
  let before: Record<string, string>;

  beforeAll(() => {
    folder = programFolder(program());
    write(folder, 'bad.yaml', BAD_RELEASE);
    write(folder, 'bad.json', JSON.stringify({ metrics: { 'error-rate': { from: 0, to: 0.05, at: '3m' } } }));
    before = contents(folder);
  });

  afterEach(() => {
    // Whatever is asked, nothing is written but pictures.
    fs.rmSync(path.join(folder, 'pictures'), { recursive: true, force: true });
    expect(contents(folder)).toEqual(before);
  });

  const simulate = async (...argv: string[]): Promise<Run> => fairway(folder, ['simulate', ...argv]);

  test('prints the timeline in the last environment; what the program prints goes to standard error', async () => {
    const run = await simulate('checkout');
    expect(run).toMatchObject({ code: 0, err: 'hello from the program\n' });
    expect(run.out).toMatch(/^checkout in prod, canary by replicas: promoted after 21 min 40 s\nNo scenario: all pods start in ten seconds, all metrics pass\.\n/);
    expect(run.out).toContain('WHAT HAPPENED');
    expect(run.out).toContain('The new version took over after 21 min 40 s.');
  });

  test.each(['bad.yaml', 'bad.json'])('of a scenario in %s; an abort is no failure', async file => {
    const run = await simulate('checkout', '--scenario', file);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(new RegExp(`^checkout in prod, canary by replicas: aborted after 5 min 20 s\nScenario: ${file}\n`));
    expect(run.out).toContain('3 × Failed (0.05;');
  });

  test('prints JSON', async () => {
    const run = await simulate('checkout', '--json', '--scenario', 'bad.yaml', '--environment', 'dev');
    const json = JSON.parse(run.out);
    expect(json).toMatchObject({ version: 1, workload: 'checkout', environment: 'dev', strategy: 'canary by replicas', name: 'checkout', summary: { outcome: 'aborted', secondsToAbort: 320 } });
    expect(json.events.length).toBeGreaterThan(5);
    expect(json.measurements).toHaveLength(5);
    expect(json.states[0].seconds).toBe(0);
  });

  test('writes pictures, into new folders', async () => {
    const run = await simulate('checkout', '--svg', 'pictures/a/checkout.svg', '--html', 'pictures/checkout.html');
    expect(run.code).toBe(0);
    const svg = fs.readFileSync(path.join(folder, 'pictures/a/checkout.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(svg).toContain('2: pause 5 min'); // the steps of the Rollout
    expect(svg).toContain('threshold 0.01'); // the condition of the AnalysisTemplate
    expect(fs.readFileSync(path.join(folder, 'pictures/checkout.html'), 'utf8')).toContain(svg);
  });

  test('fits the terminal, in its colours', async () => {
    const run = await fairway(folder, ['simulate', 'checkout'], { columns: 70, color: true });
    // eslint-disable-next-line no-control-regex -- the colours
    const chart = run.out.replace(/\u001b\[\d+m/g, '').split('\n').filter(line => /[│└]/.test(line));
    expect(chart.length).toBeGreaterThan(5);
    expect(Math.max(...chart.map(line => line.length))).toBe(70);
    expect(run.out).toContain('\u001b[32mpromoted after');
  });

  test('simulates a Deployment as a rolling update, with the minimum of its autoscaler', async () => {
    const run = await simulate('cart', '--json');
    expect(JSON.parse(run.out)).toMatchObject({ strategy: 'rolling update', summary: { outcome: 'promoted' } });
    expect(JSON.parse(run.out).states[0].replicas).toBe(4);
  });

  test('compares strategies', async () => {
    const run = await simulate('checkout', '--compare', '--scenario', 'bad.yaml', '--svg', 'pictures/compare.svg', '--html', 'pictures/compare.html');
    expect(run.code).toBe(0);
    const lines = run.out.split('\n');
    expect(lines.slice(0, 3)).toEqual(['checkout in prod, canary by replicas, beside other strategies', 'Scenario: bad.yaml', '']);
    expect(lines.slice(4, 9).map(line => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['own: canary by replicas', 'aborted'], ['rolling update', 'promoted'], ['linear canary', 'aborted'], ['cautious canary', 'aborted'], ['blue-green', 'aborted'],
    ]);
    expect(fs.readFileSync(path.join(folder, 'pictures/compare.svg'), 'utf8')).toContain('>time to abort<');
    expect(fs.readFileSync(path.join(folder, 'pictures/compare.html'), 'utf8')).toContain('<table>');
    const { comparison } = JSON.parse((await simulate('checkout', '--compare', '--json')).out);
    expect(comparison.map((row: { name: string }) => row.name)).toContain('blue-green');
  });

  test.each([
    [['--expect', 'aborted', '--scenario', 'bad.yaml'], 0, ''],
    [['--expect', 'promoted'], 0, ''],
    [['--expect', 'promoted', '--compare'], 0, ''],
    [['--expect', 'aborted'], 1, 'fairway: The update is promoted, not aborted.\n'],
    [['--expect', 'promoted', '--scenario', 'bad.yaml'], 1, 'fairway: The update is aborted, not promoted.\n'],
    [['--expect', 'rolled-back', '--compare'], 1, 'fairway: The update is promoted, not rolled back.\n'],
  ])('with %j exits with %d', async (argv, code, err) => {
    const run = await simulate('checkout', ...argv);
    expect(run.code).toBe(code);
    expect(run.err).toBe(`hello from the program\n${err}`);
    expect(run.out).not.toBe('');
  });

  test.each([
    [['chekout'], 'There is no workload "chekout" here. Did you mean "checkout"? There are "cart", "checkout" and "lonely".'],
    [['checkout', '--environment', 'prdo'], 'There is no environment "prdo" here. Did you mean "prod"? There are "dev" and "prod".'],
    [['cart', '--environment', 'dev'], 'The workload "cart" does not run in the environment "dev". It runs in "prod".'],
  ])('%j is misuse', async (argv, message) => {
    expect(await simulate(...argv)).toEqual({ code: 2, out: '', err: `hello from the program\nfairway: ${message}\n` });
  });

  test('a metric that nobody measures is misuse of the scenario', async () => {
    const file = path.join(folder, '..', 'metric.yaml');
    fs.writeFileSync(file, 'metrics: { eror-rate: 1 }\n');
    const run = await simulate('checkout', '--scenario', file);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('FW812');
    expect(run.err).toContain('Did you mean "error-rate"?');
  });

  test('a workload that cannot be simulated is a finding', async () => {
    const run = await simulate('lonely');
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('error FW833  dev/lonely');
    expect(run.err).toContain('1 error, 0 warnings: nothing was simulated');
    expect(run.err).not.toContain('    at ');
  });

  test('a picture that cannot be written is misuse', async () => {
    const run = await simulate('checkout', '--svg', 'main.js/x.svg');
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/The picture cannot be written to "main\.js\/x\.svg": .*\.\n$/);
  });
});

describe('a scenario that is none', () => {
  test.each([
    ['no such file', undefined, /The scenario "s\.yaml" cannot be read: ENOENT/],
    ['no YAML', 'a: [', /The scenario "s\.yaml" cannot be read: /],
    ['an unknown key', 'metrix: {}', /FW811[^]*Did you mean "metrics"\?/],
    ['no mapping', '- 1', /FW810/],
    ['a wrong time', 'actions: [{ at: soon, do: abort }]', /FW810[^]*"soon" is no duration/],
    ['an unknown action', 'actions: [{ at: 1m, do: dance }]', /FW810[^]*"dance" is no action/],
    ['a bomb', `a: &a [1]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]'}`, /cannot be read: Excessive alias count/],
  ])('%s: misuse, before the program runs', async (_, content, message) => {
    const folder = programFolder('console.log("ran");');
    if (content !== undefined) {
      write(folder, 's.yaml', content);
    }
    const run = await fairway(folder, ['simulate', 'checkout', '--scenario', 's.yaml']);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(message);
    expect(run.err).not.toContain('ran');
    expect(run.err).not.toContain('    at ');
  });

  test('an empty one is the one in which nothing happens', async () => {
    const folder = programFolder(program());
    write(folder, 's.yaml', '# nothing yet\n');
    const run = await fairway(folder, ['simulate', 'cart', '--scenario', 's.yaml', '--expect', 'promoted']);
    expect(run.code).toBe(0);
  });
});

describe('a program', () => {
  test('that fixes its output folder, and has files of the repository, is previewed without a trace', async () => {
    const more = 'new fairway.RepositoryFile(platform, \'file\', { path: \'owned.yaml\', content: fairway.FileContent.yaml({ a: 1 }) });';
    const folder = programFolder(program(more, 'outdir: \'elsewhere\','));
    const before = contents(folder);
    expect(await fairway(folder, ['simulate', 'checkout'])).toMatchObject({ code: 0, err: 'hello from the program\n' });
    expect(contents(folder)).toEqual(before);
  });

  test('whose files were edited by hand is simulated as it is', async () => {
    const folder = programFolder(program());
    expect((await fairway(folder, ['synth'])).code).toBe(0);
    write(folder, 'dist/prod/checkout/Rollout.checkout.k8s.yaml', 'edited: true\n');
    const before = contents(folder);
    expect((await fairway(folder, ['simulate', 'checkout', '--expect', 'promoted'])).code).toBe(0);
    expect(contents(folder)).toEqual(before);
  });

  test('leaves nothing in the folder for temporary files', async () => {
    const folder = programFolder(program());
    const temporary = path.join(folder, '..', 'tmp');
    fs.mkdirSync(temporary);
    const former = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    try {
      expect((await fairway(folder, ['simulate', 'cart'], { env: { TMPDIR: temporary } })).code).toBe(0);
      expect((await fairway(folder, ['simulate', 'nothing'], { env: { TMPDIR: temporary } })).code).toBe(2);
    } finally {
      if (former === undefined) {
        delete process.env.TMPDIR;
      } else {
        process.env.TMPDIR = former;
      }
    }
    expect(fs.readdirSync(temporary)).toEqual([]);
  });

  test('with errors: they are printed, and nothing is simulated', async () => {
    const folder = programFolder(program('service(\'broken\', { dependsOn: [\'nobody\'] });'));
    const run = await fairway(folder, ['simulate', 'checkout']);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('1 error, 0 warnings: nothing was simulated');
  });

  test('that fails, or does not synthesize, is reported as by the other commands', async () => {
    const folder = programFolder('process.exit(3);');
    expect(await fairway(folder, ['simulate', 'checkout'])).toEqual({ code: 1, out: '', err: 'fairway: The program failed with exit code 3.\n' });
    setProgram(folder, '');
    expect(await fairway(folder, ['simulate', 'checkout'])).toEqual({
      code: 1, out: '', err: 'fairway: The program ended, but it did not synthesize: call platform.synth() at its end.\n',
    });
  });

  test('without workloads has nothing to simulate', async () => {
    const folder = programFolder('new Platform({ name: \'acme\' }).synth();');
    expect(await fairway(folder, ['simulate', 'checkout'])).toEqual({
      code: 2, out: '', err: 'fairway: There is no workload "checkout" here. The program has no workload.\n',
    });
  });

  test('whose road ends in several environments is asked which', async () => {
    const folder = programFolder(program('new Environment(platform, \'prod-us\', { cluster: Cluster.inCluster(), metrics: prometheus, promotedFrom: [dev] });'));
    expect(await fairway(folder, ['simulate', 'checkout'])).toMatchObject({
      code: 2, err: expect.stringContaining('The road of "checkout" ends in "prod" and "prod-us". Choose one: --environment prod.'),
    });
    expect((await fairway(folder, ['simulate', 'checkout', '--environment', 'prod-us'])).out).toContain('checkout in prod-us');
  });

  test('with a workload in two platforms is asked for one', async () => {
    const folder = programFolder(`${program()}
      const other = new fairway.Platform({ name: 'other', outdir: 'other' });
      const env = new Environment(other, 'prod', { cluster: Cluster.inCluster() });
      new Worker(other, 'checkout', { image });
      other.synth();`);
    const run = await fairway(folder, ['simulate', 'checkout']);
    expect(run.err).toContain('The workload "checkout" is there in the platforms "other" and "shop".');
    expect(run).toMatchObject({ code: 2, out: '' });
  });
});

test('the help explains scenarios', async () => {
  const run = await fairway(programFolder(''), ['simulate', '--help']);
  expect(run.code).toBe(0);
  for (const text of ['--scenario <file>', '--expect <outcome>', 'error-rate: { from: 0, to: 0.05, at: 3m }', '--compare']) {
    expect(run.out).toContain(text);
  }
});

test('an outcome that does not exist is misuse', async () => {
  const run = await fairway(programFolder(''), ['simulate', 'checkout', '--expect', 'success']);
  expect(run).toMatchObject({ code: 2, out: '' });
});

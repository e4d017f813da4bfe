import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/*
 * What is measured, and against what. `npm run bench` prints a table, `--json` the figures;
 * `--compare FILE` puts an earlier `--json` beside them. Ratios are taken side by side in one run:
 * absolute times say more about the machine than about the library.
 */

const ROOT = path.resolve(__dirname, '..');

interface Row {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised, if anything is. */
  readonly bound?: string;
}

function worker(task: string): Record<string, number> {
  const tsx = require.resolve('tsx/cli');
  const out = execFileSync(process.execPath, [tsx, '--tsconfig', path.join(ROOT, 'tsconfig.dev.json'), path.join(__dirname, 'worker.ts'), task], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CI: '' },
  });
  return JSON.parse(out.toString());
}

/** What a program like the example imports: modules are loaded when one of their names is used. */
const NAMES = [
  'Cluster', 'Diagnostics', 'Environment', 'GitOpsEngine', 'Image', 'Metric', 'MetricsProvider', 'Platform', 'Probe', 'Replicas', 'RolloutEngine',
  'RolloutStrategy', 'Steps', 'TrafficRouter', 'WebService', 'Worker',
];

/** The median CPU time and the modules of an import of names, in processes of their own. */
function importCost(request: string, names: string[] = []): { cpuMs: number; modules: string[] } {
  const script = `const start = process.cpuUsage(); const { ${names.join(', ')} } = require(${JSON.stringify(request)});`
    + ' const used = process.cpuUsage(start); process.stdout.write(JSON.stringify({ cpu: (used.user + used.system) / 1000, modules: Object.keys(require.cache) }))';
  const runs = Array.from({ length: 9 }, () => JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT }).toString()));
  runs.sort((a, b) => a.cpu - b.cpu);
  return { cpuMs: runs[4].cpu, modules: runs[4].modules };
}

function helpMs(): number {
  const runs = Array.from({ length: 7 }, () => {
    const started = performance.now();
    execFileSync(process.execPath, [path.join(ROOT, 'bin', 'fairway'), '--help'], { stdio: 'ignore' });
    return performance.now() - started;
  });
  return runs.sort((a, b) => a - b)[3];
}

function packedKilobytes(): number {
  const [{ size }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  return size / 1000;
}

function measure(say: (text: string) => void): Row[] {
  say('compiling the library');
  const compiled = spawnSync('npx', ['jsii', '--silence-warnings=reserved-word', '--silence-warnings=metadata/missing-dev-dependency'], { cwd: ROOT, stdio: 'ignore' });
  const packed = spawnSync('npx', ['tsx', 'projenrc/lazy-exports.ts', 'lib'], { cwd: ROOT, stdio: 'ignore' });
  if (compiled.status !== 0 || packed.status !== 0) {
    throw new Error('the library does not compile: npm run check:api');
  }
  say('3,000 plain charts');
  const plain = worker('plain');
  say('3,000 charts of cdk8s-plus');
  const plus = worker('plus');
  say('growth');
  const growth = worker('growth');
  say('against the floor');
  const floor = worker('floor');
  say('one workload changed');
  const resynth = worker('resynth');
  say('memory');
  const memory = worker('memory');
  say('the model');
  const model = worker('model');
  say('simulated rollouts');
  const simulation = worker('simulation');
  say('a fleet');
  const fleet = worker('fleet');
  say('a fleet with Flux');
  const fleetFlux = worker('fleetFlux');
  say('a promotion');
  const promotion = worker('promotion');
  say('pipelines');
  const pipelines = worker('pipelines');
  say('imports');
  const own = importCost('./lib', NAMES);
  const kplus = importCost('cdk8s-plus-28');
  const loaded = (name: string) => own.modules.filter(m => m.includes(`${path.sep}node_modules${path.sep}${name}${path.sep}`)).length;
  const share = (phase: string): Row => ({ key: `model_share_${phase}`, label: `  share of ${phase}`, value: 100 * (model[`share_${phase}`] ?? 0), unit: '%' });
  return [
    { key: 'synth_vs_cdk8s_plain', label: '3,000 charts of two plain objects, times faster than cdk8s', value: plain.times_faster, unit: '×', bound: '≥ 10' },
    { key: 'synth_vs_cdk8s_plus', label: '3,000 charts of cdk8s-plus, times faster than cdk8s', value: plus.times_faster, unit: '×', bound: '≥ 30' },
    { key: 'growth_1k_to_10k', label: '10,000 charts against 1,000', value: growth.ratio, unit: '×', bound: '≤ 12' },
    { key: 'floor_ratio', label: 'against JSON.stringify and writing', value: floor.ratio, unit: '×', bound: '≤ 3.5' },
    { key: 'resynth_share', label: 'second synth, one workload of 1,000 changed', value: resynth.share, unit: 'of the first' },
    { key: 'memory_mib_per_1k_objects', label: 'peak memory for 1,000 objects', value: memory.mebibytes_per_1k_objects, unit: 'MiB' },
    { key: 'import_ratio', label: 'import of what the example names, CPU against cdk8s-plus-28', value: own.cpuMs / kplus.cpuMs, unit: '×', bound: '≤ 1.2' },
    { key: 'import_ms', label: 'import, CPU', value: own.cpuMs, unit: 'ms' },
    { key: 'import_foreign_modules', label: 'modules of cdktf and projen that an import loads', value: loaded('cdktf') + loaded('projen') + loaded('@cdktf'), unit: '', bound: '0' },
    { key: 'help_ms', label: 'fairway --help', value: helpMs(), unit: 'ms' },
    { key: 'model_objects_per_second', label: '1,000 services in 3 environments', value: model.objects_per_second, unit: 'objects/s' },
    ...['build', 'lower', 'check', 'resolve', 'print', 'compare', 'write'].map(share),
    { key: 'simulation_ms', label: `a canary of ${simulation.minutes.toFixed(0)} minutes with analysis, simulated`, value: simulation.promoted_ms, unit: 'ms', bound: '≤ 1' },
    { key: 'simulation_aborted_ms', label: '  the same, aborted in the middle', value: simulation.aborted_ms, unit: 'ms', bound: '≤ 1' },
    { key: 'simulations_per_second', label: '  simulated rollouts', value: simulation.per_second, unit: 'per s' },
    { key: 'fleet_seconds', label: '500 services, 4 environments, 20 clusters: a first synth', value: fleet.synth_ms / 1000, unit: 's' },
    { key: 'fleet_files', label: '  files', value: fleet.files, unit: '' },
    { key: 'fleet_peak_mib', label: '  peak memory of the process', value: fleet.peak_mib, unit: 'MiB' },
    { key: 'fleet_flux_seconds', label: '  the same with Flux', value: fleetFlux.synth_ms / 1000, unit: 's' },
    { key: 'fleet_flux_files', label: '  files', value: fleetFlux.files, unit: '' },
    { key: 'promote_share', label: '  promoting one service, against a synth that finds nothing to do', value: promotion.share, unit: '×', bound: '≤ 0.5' },
    { key: 'promote_growth', label: '  promoting one service, against one in a fleet of 50', value: promotion.growth, unit: '×', bound: '≤ 3' },
    { key: 'promote_ms', label: '  promoting one service, wall', value: promotion.promote_ms, unit: 'ms' },
    ...Object.entries({ github: 'GitHub Actions', gitlab: 'GitLab CI', azure: 'Azure Pipelines', jenkins: 'Jenkins', tekton: 'Tekton' }).flatMap(([system, title]): Row[] => [
      { key: `pipelines_${system}_per_second`, label: `1,000 pipelines of 4 jobs for ${title}`, value: pipelines[`${system}_per_second`], unit: 'per s' },
      { key: `pipelines_${system}_large_kb`, label: '  160 jobs in 8 waves', value: pipelines[`${system}_large_bytes`] / 1000, unit: 'kB' },
    ]),
    { key: 'pipelines_edges_before', label: '  edges before reduction', value: pipelines.edges_before, unit: '' },
    { key: 'pipelines_edges', label: '  edges after reduction', value: pipelines.edges, unit: '' },
    { key: 'plain_ms', label: '3,000 plain charts', value: plain.fairway_ms, unit: 'ms' },
    { key: 'plus_ms', label: '3,000 charts of cdk8s-plus', value: plus.fairway_ms, unit: 'ms' },
    { key: 'cdk8s_plain_ms', label: '3,000 plain charts, cdk8s', value: plain.cdk8s_ms, unit: 'ms' },
    { key: 'cdk8s_plus_ms', label: '3,000 charts of cdk8s-plus, cdk8s', value: plus.cdk8s_ms, unit: 'ms' },
    { key: 'packed_kb', label: 'packed size', value: packedKilobytes(), unit: 'kB' },
  ];
}

function shown(value: number | undefined): string {
  return value === undefined ? '–' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function table(rows: Row[], earlier: Record<string, number> | undefined): string {
  const lines = rows.map(r => [r.label, shown(r.value), ...(earlier ? [shown(earlier[r.key])] : []), r.unit, r.bound ?? '']);
  const all = [['', 'now', ...(earlier ? ['earlier'] : []), '', 'promised'], ...lines];
  const widths = all[0].map((_, i) => Math.max(...all.map(line => line[i].length)));
  const isNumber = (i: number) => i >= 1 && i <= (earlier ? 2 : 1);
  return all.map(line => line.map((cell, i) => isNumber(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

function main(args: string[]): void {
  const asJson = args.includes('--json');
  const compare = args.includes('--compare') ? args[args.indexOf('--compare') + 1] : undefined;
  const earlier = compare === undefined ? undefined : JSON.parse(fs.readFileSync(compare, 'utf8'));
  const rows = measure(text => process.stderr.write(`bench: ${text}\n`));
  const figures = Object.fromEntries(rows.map(r => [r.key, Number(r.value.toFixed(4))]));
  process.stdout.write(asJson ? `${JSON.stringify(figures, null, 2)}\n` : `${table(rows, earlier)}\n`);
}

main(process.argv.slice(2));

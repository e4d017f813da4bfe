import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { promotedService, synthesizedFleet } from './fleet';
import { loweredPipelines } from './pipelines';
import { simulatedRollouts } from './rollouts';
import { fleet, plainCharts, plusCharts } from './trees';
import { Platform } from 'cdk8s-fairway';

/* One measurement, in a process of its own: node worker <name>. Prints the result as JSON. */

type Figures = Record<string, number>;

const TASKS: Record<string, () => Figures> = {
  plain: () => againstCdk8s(plainCharts, 3000),
  plus: () => againstCdk8s(plusCharts, 3000),
  growth: () => {
    const small = ours(plainCharts, 1000, 5);
    const large = ours(plainCharts, 10_000, 3);
    return { ms_1k: small, ms_10k: large, ratio: large / small };
  },
  floor: againstFloor,
  resynth: changeOneWorkload,
  memory: peakMemory,
  model: modelPhases,
  simulation: simulatedRollouts,
  fleet: () => synthesizedFleet('argoCd'),
  fleetFlux: () => synthesizedFleet('flux'),
  promotion: promotedService,
  pipelines: loweredPipelines,
};

const folders: string[] = [];

/**
 * A folder of its own for each round. They are removed at the end only: file systems go on working
 * at a large removal for a while, and the next round would pay for it.
 */
function inFolder<T>(run: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-bench-'));
  folders.push(folder);
  return run(folder);
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function repeat(rounds: number, run: () => number): number {
  return median(Array.from({ length: rounds }, run));
}

function platformIn(folder: string): Platform {
  return new Platform({ name: 'bench', root: folder, outdir: path.join(folder, 'dist') });
}

/** The median time of a first synth, each into an empty folder. */
function ours(build: (app: App, count: number) => void, count: number, rounds: number): number {
  return repeat(rounds, () => inFolder(folder => {
    const platform = platformIn(folder);
    build(platform, count);
    return timed(() => platform.synth());
  }));
}

function againstCdk8s(build: (app: App, count: number) => void, count: number): Figures {
  const fairway = ours(build, count, 3);
  const cdk8s = inFolder(folder => {
    const app = new App({ outdir: path.join(folder, 'dist') });
    build(app, count);
    return timed(() => app.synth());
  });
  return { fairway_ms: fairway, cdk8s_ms: cdk8s, times_faster: cdk8s / fairway };
}

/** What nobody can save: the objects as JSON, and a file for each chart. Both in turn, after a warm-up. */
function againstFloor(): Figures {
  const rounds = Array.from({ length: 10 }, (_, round) => inFolder(folder => {
    const platform = platformIn(folder);
    plainCharts(platform, 3000);
    const charts = platform.node.children.map(c => (c as Chart).apiObjects.map(o => o.toJson()));
    const target = path.join(folder, 'floor');
    fs.mkdirSync(target);
    const synthesize = () => timed(() => platform.synth());
    const writeJson = () => timed(() => charts.forEach((objects, i) => {
      fs.writeFileSync(path.join(target, `${i}.json`), objects.map(o => JSON.stringify(o)).join('\n'));
    }));
    // Whoever comes second finds a warmer file system.
    const [first, second] = round % 2 === 0 ? [synthesize(), writeJson()] : [writeJson(), synthesize()];
    return round % 2 === 0 ? { synth: first, floor: second } : { synth: second, floor: first };
  })).slice(2);
  const synth = median(rounds.map(r => r.synth));
  const floor = median(rounds.map(r => r.floor));
  return { fairway_ms: synth, floor_ms: floor, ratio: median(rounds.map(r => r.synth / r.floor)) };
}

function changeOneWorkload(): Figures {
  const synth = (folder: string, replicas?: number) => {
    const platform = platformIn(folder);
    fleet(platform, 1000, replicas);
    return timed(() => platform.synth());
  };
  const rounds = Array.from({ length: 3 }, () => inFolder(folder => ({ first: synth(folder), second: synth(folder, 5) })));
  const first = median(rounds.map(r => r.first));
  const second = median(rounds.map(r => r.second));
  return { first_ms: first, second_ms: second, share: second / first };
}

function peakMemory(): Figures {
  return inFolder(folder => {
    const before = process.memoryUsage().rss;
    const platform = platformIn(folder);
    plainCharts(platform, 10_000);
    const { objects } = platform.synthesize();
    const peak = process.resourceUsage().maxRSS * 1024 - before;
    return { mebibytes_per_1k_objects: peak / 2 ** 20 / (objects / 1000), objects };
  });
}

/** A thousand services in three environments: where the time goes. */
function modelPhases(): Figures {
  return inFolder(folder => {
    const platform = platformIn(folder);
    const build = timed(() => fleet(platform, 1000));
    let objects = 0;
    let phases: Figures = {};
    const synth = timed(() => {
      const result = platform.synthesize();
      objects = result.objects;
      phases = result.milliseconds;
    });
    const total = build + synth;
    const shares = Object.entries({ build, ...phases }).map(([phase, ms]) => [`share_${phase}`, ms / total]);
    return { objects, total_ms: total, objects_per_second: objects / (total / 1000), ...Object.fromEntries(shares) };
  });
}

try {
  process.stdout.write(JSON.stringify(TASKS[process.argv[2]]()));
} finally {
  folders.forEach(folder => fs.rmSync(folder, { recursive: true, force: true }));
}

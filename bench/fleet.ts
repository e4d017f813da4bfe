import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/*
 * A fleet: services in four environments, each in five regions, delivered by a GitOps engine, as a program of its own that the
 * command line runs. What is measured is a whole synth, and the promotion of one service.
 */

const ROOT = path.resolve(__dirname, '..');

type Figures = Record<string, number>;

/** The program, against the compiled library. */
function program(services: number, engine: string): string {
  return `
    const fairway = require(${JSON.stringify(path.join(ROOT, 'lib'))});
    const fs = require('fs');
    const platform = new fairway.Platform({ name: 'fleet', repository: 'https://github.com/acme/fleet', gitops: fairway.GitOpsEngine.${engine}() });
    let from = [];
    for (const name of ['dev', 'test', 'staging', 'prod']) {
      const regions = Array.from({ length: 5 }, (_, i) => ({ name: 'r' + i, cluster: fairway.Cluster.named(name + '-r' + i) }));
      from = [new fairway.Environment(platform, name, { regions, promotedFrom: from })];
    }
    for (let i = 0; i < ${services}; i++) {
      new fairway.WebService(platform, 'service-' + i, {
        image: fairway.Image.of('registry.example.com/service-' + i, { tag: '1.0.0', digest: 'sha256:' + '0'.repeat(64) }),
        port: 8080,
        replicas: fairway.Replicas.fixed(2),
        readiness: fairway.Probe.http('/readyz'),
        env: { LOG_LEVEL: 'info', ENDPOINT: 'https://service-' + i + '.example.com/v1' },
        dependsOn: i % 10 === 0 ? [] : ['service-' + (i - 1)],
        overrides: { prod: { replicas: fairway.Replicas.between(3, 12) } },
      });
    }
    const started = performance.now();
    const result = platform.synthesize();
    if (process.env.FIGURES) {
      fs.writeFileSync(process.env.FIGURES, JSON.stringify({
        objects: result.objects, files: result.written.length + result.unchanged, synth_ms: performance.now() - started,
        peak_mib: process.resourceUsage().maxRSS / 1024,
      }));
    }`;
}

/** The median time of a command that changes the folder, which is made anew for each round. */
function medianOf(rounds: number, run: () => number): number {
  return Array.from({ length: rounds }, run).sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

function wall(folder: string, args: string[], env: Record<string, string> = {}): number {
  const started = performance.now();
  execFileSync(process.execPath, [path.join(ROOT, 'bin', 'fairway'), ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: '', ...env } });
  return performance.now() - started;
}

function inFleet<T>(services: number, engine: string, run: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-fleet-'));
  try {
    fs.writeFileSync(path.join(folder, 'main.js'), program(services, engine));
    fs.writeFileSync(path.join(folder, 'cdk8s.yaml'), 'app: node main.js\n');
    return run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A first synth of the fleet: its time, memory and files. */
export function synthesizedFleet(engine: string): Figures {
  return inFleet(500, engine, folder => {
    const figures = path.join(folder, 'figures.json');
    wall(folder, ['synth', '--quiet'], { FIGURES: figures });
    return JSON.parse(fs.readFileSync(figures, 'utf8'));
  });
}

/** The promotion of one service, beside a synth that finds nothing to do, in the fleet and in a tenth of it. */
export function promotedService(): Figures {
  const measure = (services: number) => inFleet(services, 'argoCd', folder => {
    wall(folder, ['synth', '--quiet']);
    let digit = 0;
    const enter = () => wall(folder, [
      'promote', 'service-0', '--to', 'dev', '--image', `registry.example.com/service-0:1.${++digit}@sha256:${String(digit).repeat(64)}`, '--commit', 'abcdef1234567890',
    ]);
    return {
      promote: medianOf(3, () => {
        enter();
        return wall(folder, ['promote', 'service-0', '--from', 'dev', '--to', 'test']);
      }),
      synth: medianOf(3, () => wall(folder, ['synth', '--quiet'])),
    };
  });
  const small = measure(50);
  const large = measure(500);
  return {
    promote_ms: large.promote,
    resynth_ms: large.synth,
    share: large.promote / large.synth,
    promote_small_ms: small.promote,
    growth: large.promote / small.promote,
    synth_growth: large.synth / small.synth,
  };
}

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { boutique } from '../../examples/online-boutique/boutique';

/*
 * Synthesizes the examples, for the oldest Kubernetes that is supported and for a recent one, and
 * holds them against the outside world's tools. First the tools have to show that they can refuse.
 */

const ROOT = resolve(__dirname, '../..');
const WORK = join(ROOT, '.tmp', 'conformance');

function example(version: string): string {
  const root = join(WORK, `boutique-${version}`);
  boutique(version, { root, outdir: join(root, 'dist') }).synth();
  return join(root, 'dist');
}

function plainExample(): string {
  const dist = join(WORK, 'argocd-only', 'dist');
  tsx('examples/argocd-only/main.ts', [], { CDK8S_OUTDIR: dist });
  return dist;
}

function tsx(script: string, args: string[], env: Record<string, string> = {}): number {
  const { status } = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.dev.json', script, ...args], {
    cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env },
  });
  return status ?? 1;
}

rmSync(WORK, { recursive: true, force: true });
const run = 'test/conformance/run.ts';
const selfTest = tsx(run, ['--self-test']);
const examples = tsx(run, [example('1.28'), plainExample(), '--newer', example('1.34')]);
process.exitCode = selfTest === 0 && examples === 0 ? 0 : 1;

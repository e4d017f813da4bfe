import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, programFolder, setProgram, write } from './support';
import { cleanEnvironment } from '../support/library';

/* A shop in a git repository, with a road from dev to prod. */

/** A digest of one digit. */
export const digest = (digit: string | number) => `sha256:${String(digit).repeat(64)}`;
export const COMMIT = 'abcdef1234567890';

export interface ShopOptions {
  /** Environments as TypeScript, the body of a function that has `environment(name, props)`. */
  readonly environments?: string;
  readonly workloads?: string;
  /** The log level of everything: a change of the program. */
  readonly level?: string;
  readonly platform?: string;
}

/** The road that tests take unless they say another. */
export const ROAD = `
  const dev = environment('dev');
  const staging = environment('staging', { promotedFrom: [dev] });
  const prod = environment('prod', { promotedFrom: [staging] });
`;

export const WORKLOADS = 'service(\'checkout\'); service(\'cart\'); worker(\'mailer\');';

/** A program of a shop. */
export function shop({ environments = ROAD, workloads = WORKLOADS, level = 'info', platform = '{ name: \'shop\' }' }: ShopOptions = {}): string {
  return `
    const fairway = require(${JSON.stringify(path.join(compiledLibrary(), 'lib'))});
    const { Duration } = require('cdk8s');
    const { TimeWindow, Replicas, RolloutStrategy, RolloutEngine, Steps, Probe } = fairway;
    const platform = new fairway.Platform(${platform});
    const image = (name, digit = 0) => fairway.Image.of('ghcr.io/acme/' + name, { tag: '1.' + digit, digest: 'sha256:' + String(digit).repeat(64) });
    const environment = (name, props) => new fairway.Environment(platform, name, { cluster: fairway.Cluster.inCluster(), ...props });
    ${environments}
    const env = { LOG_LEVEL: ${JSON.stringify(level)} };
    const service = (name, props) => new fairway.WebService(platform, name, { image: image(name), port: 8080, readiness: Probe.http('/readyz'), env, ...props });
    const worker = (name, props) => new fairway.Worker(platform, name, { image: image(name), env, ...props });
    ${workloads}
    platform.synth();`;
}

/** The environment of a program that commits. */
export const AUTHOR = {
  GIT_AUTHOR_NAME: 'Jane',
  GIT_AUTHOR_EMAIL: 'jane@example.com',
  GIT_COMMITTER_NAME: 'Jane',
  GIT_COMMITTER_EMAIL: 'jane@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** Runs git, and returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, env: cleanEnvironment(AUTHOR), encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
  return stdout.trim();
}

/** Commits everything, and returns the commit. */
export function commit(folder: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'change');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A folder with the program of a shop, in a repository of its own, not yet synthesized. */
export function shopFolder(options: ShopOptions = {}): string {
  const folder = programFolder(shop(options));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  return folder;
}

/** Another program of the shop. */
export function changeShop(folder: string, options: ShopOptions): void {
  setProgram(folder, shop(options));
}

/** The release state of an environment, as it stands on disk. */
export function stateOf(folder: string, environment: string): any {
  const file = path.join(folder, `releases/${environment}.json`);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

/** Writes a release state: releases by workload, as digits of their digests or in full. */
export function writeState(folder: string, environment: string, workloads: Record<string, string | object>, more: object = {}): void {
  write(folder, `releases/${environment}.json`, JSON.stringify({
    version: 1,
    environment,
    ...more,
    workloads: Object.fromEntries(Object.entries(workloads).map(([name, release]) => [name, typeof release === 'string' ? released(name, release) : release])),
  }));
}

/** A release that came long ago. */
export function released(name: string, digit: string, more: object = {}): object {
  return { image: `ghcr.io/acme/${name}`, tag: `1.${digit}`, digest: digest(digit), source: { commit: COMMIT }, since: '2026-01-01T00:00:00Z', ...more };
}

/** Everything in a folder but what belongs to git: what files say, and where links lead. */
export function contents(folder: string, relative = ''): Record<string, string> {
  return Object.fromEntries(fs.readdirSync(path.join(folder, relative), { withFileTypes: true }).filter(entry => entry.name !== '.git').flatMap(entry => {
    const file = path.posix.join(relative, entry.name);
    const absolute = path.join(folder, file);
    return entry.isDirectory() ? Object.entries(contents(folder, file)) : [[file, entry.isSymbolicLink() ? fs.readlinkSync(absolute) : fs.readFileSync(absolute, 'utf8')]];
  }));
}

/** The image of a workload in an environment, as the files say. */
export function imageIn(folder: string, environment: string, workload: string): string | undefined {
  const file = path.join(folder, `dist/${environment}/${workload}/Deployment.${workload}.k8s.yaml`);
  return /image: (\S+)/.exec(fs.readFileSync(file, 'utf8'))?.[1];
}

import * as os from 'os';
import * as path from 'path';
import * as messages from './messages';

/**
 * What the process around the program asks of a synth. The only place of the library that reads the
 * environment; lowering never sees any of it, so that it cannot change what is made.
 */
export interface Host {
  /** Find everything, write nothing (`fairway check`). */
  readonly checkOnly: boolean;
  /** Write manifests into the temporary output folder and nothing anywhere else (`fairway simulate`). */
  readonly preview: boolean;
  /** Where to leave the findings as JSON for the command line. */
  readonly reportFile?: string;
  /** Where to leave what the platform is, as JSON for the command line. */
  readonly modelFile?: string;
  /** Where the release states are read from instead, absolute: those that a promotion would make. */
  readonly releases?: string;
  /** Make only these workloads, and nothing of the platform as a whole; everything without it. */
  readonly selection?: Selection[];
  /**
   * Environments that are made although they are pinned to another commit of the program. A preview of them has nothing of other
   * pinned environments.
   */
  readonly unpinned: string[];
  /** Files that may be taken over although they are not ours, relative to the root; `*` means all. */
  readonly adopt: string[];
  /** The output folder that the caller asks for, when it is a temporary one, as with `cdk8s synth --stdout`. */
  readonly temporaryOutdir?: string;
  /** `CDK8S_DISABLE_SORT`, as cdk8s reads it. */
  readonly sortKeys: boolean;
  /** Print progress and warnings to standard error. */
  readonly terminal: { readonly isTerminal: boolean; readonly color: boolean; readonly continuousIntegration: boolean };
}

/** A workload in an environment. */
export interface Selection {
  readonly environment: string;
  readonly workload: string;
}

/** Reads the process environment. */
export function readHost(env: NodeJS.ProcessEnv = process.env): Host {
  const isTerminal = process.stderr.isTTY === true;
  const outdir = env.CDK8S_OUTDIR && path.resolve(env.CDK8S_OUTDIR);
  return {
    checkOnly: env.FAIRWAY_MODE === 'check',
    preview: isPreview(env),
    reportFile: env.FAIRWAY_REPORT || undefined,
    modelFile: env.FAIRWAY_MODEL || undefined,
    releases: env.FAIRWAY_RELEASES || undefined,
    selection: env.FAIRWAY_ONLY ? selectionOf(env.FAIRWAY_ONLY) : undefined,
    unpinned: env.FAIRWAY_UNPIN ? env.FAIRWAY_UNPIN.split(',') : [],
    adopt: env.FAIRWAY_ADOPT ? env.FAIRWAY_ADOPT.split(path.delimiter) : [],
    temporaryOutdir: outdir && isInside(os.tmpdir(), outdir) ? outdir : undefined,
    sortKeys: !env.CDK8S_DISABLE_SORT,
    terminal: {
      isTerminal,
      color: isTerminal && !env.NO_COLOR && env.TERM !== 'dumb',
      continuousIntegration: Boolean(env.CI),
    },
  };
}

/** Throws FW137 for what is no list of workloads. */
function selectionOf(text: string): Selection[] {
  let selection: unknown;
  try {
    selection = JSON.parse(text);
  } catch {
    selection = undefined;
  }
  if (!Array.isArray(selection) || !selection.every(isSelection)) {
    throw messages.invalidSelection.error('', { text });
  }
  return selection;
}

function isSelection(each: Partial<Selection> | null): each is Selection {
  return typeof each?.environment === 'string' && typeof each.workload === 'string';
}

/**
 * The output folder, absolute: what the program says, seen from the root; else what cdk8s-cli says,
 * seen from the working folder; else `dist` below the root. A preview lies where the caller says, in a
 * folder for each platform of the program.
 */
export function outputFolder(root: string, outdir: string | undefined, platform: unknown, env: NodeJS.ProcessEnv = process.env): string {
  if (isPreview(env)) {
    return path.resolve(env.CDK8S_OUTDIR!, Buffer.from(typeof platform === 'string' ? platform : '').toString('hex')); // what is no name is refused later
  }
  return outdir === undefined && env.CDK8S_OUTDIR !== undefined ? path.resolve(env.CDK8S_OUTDIR) : path.resolve(root, outdir ?? 'dist');
}

function isPreview(env: NodeJS.ProcessEnv): boolean {
  return env.FAIRWAY_MODE === 'preview' && Boolean(env.CDK8S_OUTDIR);
}

/** Whether `child` is `parent` or lies below it. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The way from a folder to what lies below it, with `/`. */
export function relativePath(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join('/');
}

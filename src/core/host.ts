import * as os from 'os';
import * as path from 'path';

/**
 * What the process around the program asks of a synth. The only place of the library that reads the
 * environment; lowering never sees any of it, so that it cannot change what is made.
 */
export interface Host {
  /** Find everything, write nothing (`fairway check`). */
  readonly checkOnly: boolean;
  /** Where to leave the findings as JSON for the command line. */
  readonly reportFile?: string;
  /** Files that may be taken over although they are not ours, relative to the root; `*` means all. */
  readonly adopt: string[];
  /** The output folder is a temporary one of the caller, as with `cdk8s synth --stdout`. */
  readonly outdirIsTemporary: boolean;
  /** `CDK8S_DISABLE_SORT`, as cdk8s reads it. */
  readonly sortKeys: boolean;
  /** Print progress and warnings to standard error. */
  readonly terminal: { readonly isTerminal: boolean; readonly color: boolean; readonly continuousIntegration: boolean };
}

/** Reads the process environment. */
export function readHost(env: NodeJS.ProcessEnv = process.env): Host {
  const isTerminal = process.stderr.isTTY === true;
  return {
    checkOnly: env.FAIRWAY_MODE === 'check',
    reportFile: env.FAIRWAY_REPORT || undefined,
    adopt: env.FAIRWAY_ADOPT ? env.FAIRWAY_ADOPT.split(path.delimiter) : [],
    outdirIsTemporary: env.CDK8S_OUTDIR !== undefined && isInside(os.tmpdir(), path.resolve(env.CDK8S_OUTDIR)),
    sortKeys: !env.CDK8S_DISABLE_SORT,
    terminal: {
      isTerminal,
      color: isTerminal && !env.NO_COLOR && env.TERM !== 'dumb',
      continuousIntegration: Boolean(env.CI),
    },
  };
}

/** Whether `child` is `parent` or lies below it. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

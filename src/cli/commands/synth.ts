import * as path from 'path';
import type { Finding } from '../../core/diagnostics/finding';
import { printable } from '../../core/diagnostics/printable';
import { isInside } from '../../core/host';
import { ExitCode, misuse } from '../failure';
import type { Io } from '../io';
import * as messages from '../messages';
import { compare, observe, OwnedChange, ownedFiles } from '../ownership';
import { printFindings } from '../print-findings';
import { hasErrors } from '../report';
import { runProgram } from '../run-program';
import { readSettings } from '../settings';
import { complain, warn } from '../text';

/** The options of `fairway synth`, as commander gives them. */
export interface SynthOptions {
  /** `true` without paths. */
  readonly adopt?: true | string[];
  readonly app?: string;
  readonly stack?: boolean;
  readonly quiet?: boolean;
}

const EVERYTHING = '*';

/** `fairway synth`: runs the program, which writes; then says what has changed. */
export async function synth(io: Io, options: SynthOptions): Promise<ExitCode> {
  const settings = readSettings(io.cwd, options.app);
  const adopt = adoptedPaths(io.cwd, options.adopt);
  const folders = manifestFolders(io.cwd, settings.output);
  const before = observe(folders);
  const { findings = [], fault } = await runProgram(io, { ...settings, adopt, checkOnly: false, stack: options.stack ?? false });
  const after = observe(folders);
  const changes = compare(before, after);
  const failed = fault !== undefined || hasErrors(findings);

  report(io, findings, failed && !changes.some(hasChanged), options.quiet ?? false);
  if (fault !== undefined) {
    complain(io.err, fault);
  }
  if (!failed) {
    const known = [...ownedFiles(before), ...ownedFiles(after)];
    adopt.filter(a => a !== EVERYTHING && !known.some(file => file === a || file.startsWith(`${a}/`)))
      .forEach(a => warn(io.err, messages.adoptMatchedNothing(a)));
  }
  if (!options.quiet) {
    // A program with several platforms may have written one of them before it failed.
    changes.filter(change => !failed || hasChanged(change)).forEach(change => io.out.write(`${summary(io.cwd, change)}\n`));
  }
  return failed ? ExitCode.FINDINGS : ExitCode.FINE;
}

function report(io: Io, findings: Finding[], nothingWritten: boolean, quiet: boolean): void {
  const hasOpen = findings.some(f => f.acknowledged === undefined);
  if (hasOpen || (findings.length > 0 && !quiet)) {
    printFindings(io.err, findings, { note: nothingWritten ? ': nothing was written' : '' });
  }
}

/** The paths that may be taken over, as the library compares them: relative, with `/`. */
function adoptedPaths(cwd: string, adopt: true | string[] | undefined): string[] {
  if (adopt === undefined) {
    return [];
  }
  if (adopt === true) {
    return [EVERYTHING];
  }
  return adopt.map(given => {
    if (given === EVERYTHING) {
      return EVERYTHING;
    }
    if (given.trim() === '') {
      throw misuse(messages.adoptRefused(given, 'it is empty'));
    }
    const absolute = path.resolve(cwd, given);
    if (!isInside(cwd, absolute)) {
      throw misuse(messages.adoptRefused(given, 'it lies outside this folder'));
    }
    const relative = path.relative(cwd, absolute).split(path.sep).join('/');
    if (relative.includes(path.delimiter)) {
      throw misuse(messages.adoptRefused(given, `it has the character ${path.delimiter}, which no file of a platform has`));
    }
    return relative === '' ? EVERYTHING : relative;
  });
}

/** Where ownership manifests may lie: here, and in an output folder that lies elsewhere. */
function manifestFolders(cwd: string, output: string | undefined): string[] {
  const outdir = path.resolve(cwd, output ?? '.');
  return isInside(cwd, outdir) ? [cwd] : [cwd, outdir];
}

function hasChanged(change: OwnedChange): boolean {
  return change.written > 0 || change.removed > 0;
}

function summary(cwd: string, { platform, base, written, removed, unchanged }: OwnedChange): string {
  const where = base === cwd ? '' : ` in ${path.relative(cwd, base)}`;
  return printable(`${platform}${where}: ${written} written, ${removed} removed, ${unchanged} unchanged`);
}

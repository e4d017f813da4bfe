import { Severity } from '../../core/diagnostics/finding';
import type { ProblemEntry } from '../../core/diagnostics/problem';
import { catalogue } from '../catalogue';
import { guideUrl } from '../documentation';
import { ExitCode, misuse } from '../failure';
import type { Io, Output } from '../io';
import * as messages from '../messages';
import { renderTable } from '../table';
import { paint, Style, wrap } from '../text';

/** The options of `fairway errors`, as commander gives them. */
export interface ErrorsOptions {
  readonly json?: boolean;
}

const WIDTH = 80;

/** `fairway errors`: the catalogue of findings, or the entries of some codes. */
export function errors(io: Io, codes: string[], { json }: ErrorsOptions): ExitCode {
  const all = catalogue();
  const chosen = codes.length === 0 ? all : codes.map(code => find(all, code));
  if (json) {
    io.out.write(JSON.stringify({ version: 1, errors: chosen.map(entry => ({ ...entry, url: urlOf(entry) })) }, null, 2) + '\n');
  } else if (codes.length === 0) {
    io.out.write(renderTable([['CODE', 'SEVERITY', 'TITLE'], ...all.map(entry => [entry.code, entry.severity, entry.title])], io.out.columns));
  } else {
    io.out.write(chosen.map(entry => describe(io.out, entry)).join('\n'));
  }
  return ExitCode.FINE;
}

/** The entry of a code, however it is written: `FW123`, `fw123` or `123`. */
function find(all: ProblemEntry[], given: string): ProblemEntry {
  const code = given.trim().toUpperCase().replace(/^(?=\d)/, 'FW');
  const entry = all.find(e => e.code === code);
  if (!entry) {
    throw misuse(messages.unknownCode(given, all.map(e => e.code)));
  }
  return entry;
}

function describe(output: Output, entry: ProblemEntry): string {
  const color = entry.severity === Severity.ERROR ? Style.RED : Style.YELLOW;
  return [
    `${paint(output, color, `${entry.severity} ${entry.code}`)}  ${paint(output, Style.BOLD, entry.title)}`,
    '',
    ...wrap(entry.explanation, output.columns ?? WIDTH),
    '',
    urlOf(entry),
    '',
  ].join('\n');
}

function urlOf(entry: ProblemEntry): string {
  return guideUrl('errors.md', entry.code.toLowerCase());
}

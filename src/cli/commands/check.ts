import * as fs from 'fs';
import * as path from 'path';
import type { Finding } from '../../core/diagnostics/finding';
import { renderJson, renderSarif } from '../../core/diagnostics/render-data';
import { renderCount, renderText } from '../../core/diagnostics/render-text';
import { catalogue } from '../catalogue';
import { ExitCode, misuse } from '../failure';
import type { Io } from '../io';
import * as messages from '../messages';
import { printFindings } from '../print-findings';
import { hasErrors, hasOpenWarnings } from '../report';
import { runProgram } from '../run-program';
import { readSettings } from '../settings';
import { complain } from '../text';
import { libraryVersion } from '../version';

/** The options of `fairway check`, as commander gives them. */
export interface CheckOptions {
  readonly format: 'human' | 'json' | 'sarif';
  readonly output?: string;
  readonly strict?: boolean;
  readonly app?: string;
  readonly stack?: boolean;
}

/** `fairway check`: all findings, acknowledged ones too. Writes nothing but the report that it is asked for. */
export async function check(io: Io, options: CheckOptions): Promise<ExitCode> {
  const settings = readSettings(io.cwd, options.app);
  const { findings, fault } = await runProgram(io, { ...settings, adopt: [], checkOnly: true, stack: options.stack ?? false });
  if (findings !== undefined) {
    print(io, findings, options);
  }
  if (fault !== undefined) {
    complain(io.err, fault);
  }
  const failed = fault !== undefined || hasErrors(findings ?? []) || (options.strict && hasOpenWarnings(findings ?? []));
  return failed ? ExitCode.FINDINGS : ExitCode.FINE;
}

function print(io: Io, findings: Finding[], { format, output }: CheckOptions): void {
  if (output !== undefined) {
    save(path.resolve(io.cwd, output), render(io, findings, format));
  }
  if (output !== undefined || format === 'human') {
    printFindings(io.out, findings, { acknowledged: true });
  } else {
    io.out.write(render(io, findings, format));
  }
}

function render(io: Io, findings: Finding[], format: CheckOptions['format']): string {
  switch (format) {
    case 'json':
      return renderJson(findings);
    case 'sarif':
      return renderSarif(findings, catalogue(), programPath(io.cwd), libraryVersion());
    case 'human':
      return [renderText(findings, { acknowledged: true }), `${renderCount(findings)}\n`].filter(Boolean).join('\n\n');
  }
}

function save(file: string, content: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  } catch (e) {
    throw misuse(messages.reportNotWritten(file, (e as Error).message));
  }
}

/** `cdk8s.yaml` seen from the root of the repository, which is how code scanning reads locations. */
function programPath(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) {
      return path.relative(folder, path.join(cwd, 'cdk8s.yaml')).split(path.sep).join('/');
    }
    if (folder === path.dirname(folder)) {
      return 'cdk8s.yaml';
    }
  }
}

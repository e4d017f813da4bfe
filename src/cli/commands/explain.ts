import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ExitCode, misuse } from '../failure';
import type { Io } from '../io';
import * as messages from '../messages';
import { readModels } from '../promotion/model';
import { runProgram } from '../run-program';
import { readSettings } from '../settings';
import { complain } from '../text';

/** The options of `fairway explain`, as commander gives them. */
export interface ExplainOptions {
  readonly json?: boolean;
  readonly app?: string;
  readonly stack?: boolean;
}

/** What the program says of one of its pipelines. */
interface Explanation {
  readonly platform: string;
  readonly path: string;
  readonly engine: string;
  readonly text: string;
}

/** `fairway explain`: what the systems do with each part of the pipelines. Writes nothing. Findings don't keep it from that. */
export async function explain(io: Io, names: string[], options: ExplainOptions): Promise<ExitCode> {
  const settings = readSettings(io.cwd, options.app);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-explain-'));
  try {
    const model = path.join(folder, 'model.json');
    const { fault } = await runProgram(io, { ...settings, adopt: [], checkOnly: true, stack: options.stack ?? false, partial: { model } });
    const all = readModels(model).flatMap(({ platform }) =>
      Object.entries(platform.sections.explanations ?? {}).map(([at, said]) => ({ platform: platform.name, path: at, ...said as Pick<Explanation, 'engine' | 'text'> })));
    if (fault !== undefined && all.length === 0) {
      complain(io.err, fault);
      return ExitCode.FINDINGS;
    }
    const asked = chosen(all, names);
    io.out.write(options.json ? `${JSON.stringify({ version: 1, explanations: asked }, null, 2)}\n` : asked.map(each => each.text).join('\n'));
    return ExitCode.FINE;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function chosen(all: Explanation[], names: string[]): Explanation[] {
  const known = all.map(each => each.path);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw misuse(messages.unknownPipeline(unknown, known));
  }
  if (all.length === 0) {
    throw misuse(messages.nothingToExplain());
  }
  return names.length === 0 ? all : all.filter(each => names.includes(each.path));
}

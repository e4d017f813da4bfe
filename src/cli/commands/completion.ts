import type { Command } from 'commander';
import { catalogue } from '../catalogue';
import { bashCompletion } from '../completion/bash';
import { fishCompletion } from '../completion/fish';
import { CompletionModel, completionModel } from '../completion/model';
import { zshCompletion } from '../completion/zsh';
import { ExitCode } from '../failure';
import type { Io } from '../io';

/** The shells that a completion script can be made for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS: Record<Shell, (model: CompletionModel) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `fairway completion`: a script made from the commands themselves, so that it cannot lag behind them. */
export function completion(io: Io, program: Command, shell: Shell): ExitCode {
  io.out.write(SCRIPTS[shell](completionModel(program, { codes: catalogue().map(entry => entry.code) })));
  return ExitCode.FINE;
}

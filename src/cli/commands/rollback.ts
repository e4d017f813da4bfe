import type { ExitCode } from '../failure';
import type { Io } from '../io';
import { execute, ExecuteOptions } from '../promotion/execute';
import { checkRollbackRequest, planRollback, RollbackRequest } from '../promotion/rollback';
import { commandWords } from '../promotion/words';

/** The options of `fairway rollback`, as commander gives them. */
export type RollbackOptions = ExecuteOptions & Omit<RollbackRequest, 'workloads'>;

/** `fairway rollback`: an earlier release, or program, again. */
export async function rollback(io: Io, workloads: string[], options: RollbackOptions): Promise<ExitCode> {
  const { environment, platform, to, reason } = options;
  const request: RollbackRequest = { workloads, environment, platform, to, reason };
  checkRollbackRequest(request);
  const words = commandWords('rollback', workloads, { platform, environment, to, reason });
  return execute(io, { name: 'rollback', environment, workloads, words, plan: async (workspace, states, now) => planRollback(workspace, states, request, now) }, options);
}

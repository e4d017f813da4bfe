import type { ExitCode } from '../failure';
import type { Io } from '../io';
import { execute, ExecuteOptions } from '../promotion/execute';
import { checkPromoteRequest, enteredImage, planPromotion, PromoteRequest } from '../promotion/promote';
import { commandWords } from '../promotion/words';

/** The options of `fairway promote`, as commander gives them. */
export type PromoteOptions = ExecuteOptions & Omit<PromoteRequest, 'workloads'>;

/** `fairway promote`: a release, or the program, from one environment into the next. */
export async function promote(io: Io, workloads: string[], options: PromoteOptions): Promise<ExitCode> {
  const { to, from, all, platform, image, commit, sourceRepository, passed } = options;
  const request: PromoteRequest = { workloads, to, from, all, platform, image, commit, sourceRepository, passed };
  checkPromoteRequest(request);
  if (image !== undefined) {
    enteredImage(image);
  }
  const words = commandWords('promote', workloads, { all, platform, from, to, image, commit, 'source-repository': sourceRepository, passed });
  return execute(io, { name: 'promote', environment: to, workloads, words, plan: async (workspace, states, now) => planPromotion(workspace, states, request, now) }, options);
}

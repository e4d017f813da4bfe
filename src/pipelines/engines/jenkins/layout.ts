import type { JobNode, JobOrder } from '../../graph';

/*
 * Jenkins knows stages after each other and stages beside each other, and one level of the latter. Jobs that are ordered by more than that
 * are put into rows, of which each waits for all of the one before.
 */

/** What stands at one place of the pipeline. */
export type Unit =
  | { readonly unit: 'job'; readonly job: JobNode }
  /** Branches beside each other, each with jobs after each other. */
  | { readonly unit: 'parallel'; readonly branches: ReadonlyArray<readonly JobNode[]> };

export interface Layout {
  readonly units: readonly Unit[];
  /** Jobs that wait for others which they don't need, and one of those. */
  readonly waiting: ReadonlyArray<{ readonly job: JobNode; readonly for: JobNode }>;
}

/**
 * @param jobs in order, with all that they need
 * @param isWide whether a job is several stages beside each other, and so cannot stand behind another one in a branch
 */
export function layout(jobs: readonly JobNode[], order: JobOrder, isWide: (job: JobNode) => boolean): Layout {
  const depth = new Map<string, number>();
  const levels: JobNode[][] = [];
  for (const job of jobs) {
    const level = Math.max(-1, ...job.needs.map(edge => depth.get(edge.job)!)) + 1;
    depth.set(job.id, level);
    (levels[level] ??= []).push(job);
  }
  const units: Unit[] = [];
  const waiting: Array<{ job: JobNode; for: JobNode }> = [];
  for (const part of parts(levels, order)) {
    const branches = chains(part, depth);
    if (branches?.every(branch => branch.length === 1 || !branch.some(isWide))) {
      units.push(unitOf(branches));
    } else {
      units.push(...part.map(level => unitOf(level.map(job => [job]))));
      part.slice(1).forEach((level, i) => {
        for (const job of level) {
          const idle = part[i].find(before => !order.isAncestor(before.id, job.id));
          if (idle) {
            waiting.push({ job, for: idle });
          }
        }
      });
    }
  }
  return { units, waiting };
}

function unitOf(branches: ReadonlyArray<readonly JobNode[]>): Unit {
  return branches.length === 1 && branches[0].length === 1 ? { unit: 'job', job: branches[0][0] } : { unit: 'parallel', branches };
}

/** Levels from cut to cut: behind a cut, each job waits for all before it. */
function parts(levels: readonly JobNode[][], order: JobOrder): JobNode[][][] {
  const found: JobNode[][][] = [];
  let before = 0;
  levels.forEach((level, i) => {
    // Whatever is first behind a cut needs everything before it, directly or not.
    if (i === 0 || level.every(job => order.ancestorsOf(job.id).length === before)) {
      found.push([]);
    }
    found.at(-1)!.push(level);
    before += level.length;
  });
  return found;
}

/** The jobs of a part as chains that have nothing to do with each other, if they are. */
function chains(part: readonly JobNode[][], depth: Map<string, number>): JobNode[][] | undefined {
  const inside = new Map(part.flat().map(job => [job.id, job]));
  const chainOf = new Map<string, JobNode[]>();
  const found: JobNode[][] = [];
  for (const job of part.flat()) {
    const needed = job.needs.map(edge => inside.get(edge.job)).filter(each => each !== undefined);
    const chain = needed.length === 0 ? [] : chainOf.get(needed[0].id)!;
    const last = chain.at(-1);
    if (needed.some(each => chainOf.get(each.id) !== chain) || (last && depth.get(last.id)! >= depth.get(job.id)!)) {
      return undefined;
    }
    if (chain.length === 0) {
      found.push(chain);
    }
    chain.push(job);
    chainOf.set(job.id, chain);
  }
  return found;
}

import { demandsSuccess } from './conditions';
import type { EdgeNode, JobNode } from './nodes';

/** A set of jobs, by their place in the order. Unions are cheap: pipelines have thousands of edges. */
class Places {
  private readonly words: Uint32Array;

  public constructor(size: number) {
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  public has(place: number): boolean {
    return (this.words[place >>> 5] & (1 << (place & 31))) !== 0;
  }

  public add(place: number): this {
    this.words[place >>> 5] |= 1 << (place & 31);
    return this;
  }

  public addAll(other: Places): this {
    other.words.forEach((word, i) => this.words[i] |= word);
    return this;
  }
}

interface Ordered {
  readonly id: string;
  readonly needs: readonly EdgeNode[];
}

type Sorted<T> = { readonly order: T[] } | { readonly ring: T[] };

/**
 * The items in an order in which needs come first, else as they are given; or the ring that forbids it, each needing the next.
 *
 * @param needs ids of those that an item needs; unknown ones are left out
 */
export function sorted<T extends { readonly id: string }>(items: readonly T[], needs: (item: T) => readonly string[]): Sorted<T> {
  const byId = new Map(items.map(item => [item.id, item]));
  const state = new Map<T, 'open' | 'done'>();
  const order: T[] = [];
  for (const root of items) {
    // Without recursion: chains of thousands of jobs are no reason to fail.
    const stack = state.has(root) ? [] : [{ item: root, left: [...needs(root)] }];
    if (stack.length > 0) {
      state.set(root, 'open');
    }
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const id = top.left.shift();
      if (id === undefined) {
        state.set(top.item, 'done');
        order.push(top.item);
        stack.pop();
        continue;
      }
      const next = byId.get(id);
      if (next === undefined || state.get(next) === 'done') {
        continue;
      }
      if (state.get(next) === 'open') {
        const path = stack.map(each => each.item);
        return { ring: path.slice(path.indexOf(next)) };
      }
      state.set(next, 'open');
      stack.push({ item: next, left: [...needs(next)] });
    }
  }
  return { order };
}

/** The needs of each job without those that follow from others; needs that are read stay. Jobs are in order. */
export function reduced<T extends Ordered>(jobs: readonly T[]): T[] {
  const place = new Map(jobs.map((job, i) => [job.id, i]));
  const ancestors: Places[] = [];
  return jobs.map((job, i) => {
    const all = new Places(jobs.length);
    // The nearest ones come last in the order, and cover those before them.
    const nearest = [...job.needs].sort((a, b) => place.get(b.job)! - place.get(a.job)!);
    const kept = nearest.filter(edge => {
      const at = place.get(edge.job)!;
      const follows = all.has(at);
      all.add(at).addAll(ancestors[at]);
      return !follows || edge.reasons.some(reason => reason !== 'order');
    });
    ancestors[i] = all;
    return { ...job, needs: kept.reverse() };
  });
}

/** What is known of the order of the jobs of a graph. Made once for a graph, in one pass. */
export class JobOrder {
  private readonly place: Map<string, number>;
  private readonly ancestors: Places[] = [];
  private readonly proven: Places[] = [];

  /** @param jobs in order */
  public constructor(private readonly jobs: readonly JobNode[]) {
    this.place = new Map(jobs.map((job, i) => [job.id, i]));
    jobs.forEach((job, i) => {
      const all = new Places(jobs.length);
      job.needs.forEach(edge => all.add(this.place.get(edge.job)!).addAll(this.ancestors[this.place.get(edge.job)!]));
      this.ancestors[i] = all;
      const own = new Places(jobs.length).add(i);
      this.proven[i] = demandsSuccess(job.condition) && !job.allowFailure ? own.addAll(all) : own;
    });
  }

  /** The jobs that a job waits for, directly or not, in order. */
  public ancestorsOf(id: string): string[] {
    return this.listed(this.ancestors[this.place.get(id)!]);
  }

  public isAncestor(ancestor: string, of: string): boolean {
    return this.ancestors[this.place.get(of)!].has(this.place.get(ancestor)!);
  }

  /**
   * Ancestors whose failure or skipping the direct needs of a job do not show, because one between runs all the same (`always()`). GitHub looks at all
   * ancestors; a system that looks at direct needs alone has to be told of these too.
   */
  public hiddenFrom(id: string): string[] {
    const at = this.place.get(id)!;
    const seen = new Places(this.jobs.length);
    this.jobs[at].needs.forEach(edge => seen.addAll(this.proven[this.place.get(edge.job)!]));
    return this.listed(this.ancestors[at]).filter(ancestor => !seen.has(this.place.get(ancestor)!));
  }

  /** The jobs level by level: each level needs only what is in levels before. */
  public levels(): JobNode[][] {
    const levels: JobNode[][] = [];
    const levelOf = new Map<string, number>();
    for (const job of this.jobs) {
      const level = Math.max(-1, ...job.needs.map(edge => levelOf.get(edge.job)!)) + 1;
      levelOf.set(job.id, level);
      (levels[level] ??= []).push(job);
    }
    return levels;
  }

  /** The longest time that all jobs can take after each other, in minutes. */
  public criticalMinutes(): number {
    const until = new Map<string, number>();
    for (const job of this.jobs) {
      const start = Math.max(0, ...job.needs.map(edge => until.get(edge.job)!));
      until.set(job.id, start + job.timeoutMinutes * job.attempts + (job.approval?.timeoutMinutes ?? 0));
    }
    return Math.max(0, ...until.values());
  }

  private listed(places: Places): string[] {
    return this.jobs.filter((_, i) => places.has(i)).map(job => job.id);
  }
}

import type { PodTiming } from './pod-behavior';
import type { Counts } from './replicas';

/** Pods that were created together and do the same. */
interface Cohort {
  readonly created: number;
  readonly timing: Timing;
  pods: number;
}

/** Times in milliseconds. */
export interface Timing {
  readonly startup: number;
  readonly up: number;
  readonly down: number;
}

export function timingOf(pods: PodTiming): Timing {
  return { startup: Math.round(pods.startup * 1000), up: Math.round(pods.up * 1000), down: Math.round(pods.down * 1000) };
}

/** Pods that have run for ever, and stay. */
export const STEADY: Timing = { startup: 0, up: 0, down: 0 };

/** A ReplicaSet with its pods. Pods are created and removed at once; readiness takes the time that their behaviour says. */
export class ReplicaSet implements Counts {
  public spec = 0;
  public ready = 0;
  public available = 0;
  /** When its pods go, where a delay was set (`scale-down-deadline`). */
  public deadline?: number;
  /** The replicas of the Rollout when it was scaled last (`desired-replicas`). */
  public annotation?: number;
  /** When a count will change by itself. */
  public nextChange = Infinity;
  private cohorts: Cohort[] = [];

  public constructor(public readonly revision: number, public readonly timing: Timing, private readonly minReady: number) {}

  /** Pods that exist. The simulator creates and removes them in no time. */
  public get pods(): number {
    return this.spec;
  }

  public get name(): string {
    return `revision ${this.revision}`;
  }

  /** Sets the pods of a revision that has run for long. */
  public settle(pods: number): void {
    this.spec = pods;
    this.cohorts = pods > 0 ? [{ created: -this.minReady, timing: STEADY, pods }] : [];
    this.update(0);
  }

  public scale(spec: number, now: number): void {
    if (spec > this.spec) {
      this.cohorts.push({ created: now, timing: this.timing, pods: spec - this.spec });
    } else {
      this.remove(this.spec - spec, now);
    }
    this.spec = spec;
    this.update(now);
  }

  /** Counts the pods anew. Returns whether a count changed. */
  public update(now: number): boolean {
    const { ready, available } = this;
    this.ready = 0;
    this.available = 0;
    this.nextChange = Infinity;
    for (const cohort of this.cohorts) {
      const age = now - cohort.created;
      const { startup, up, down } = cohort.timing;
      let since = age - startup; // time since it became ready
      let origin = cohort.created + startup;
      if (since < 0) {
        this.nextChange = Math.min(this.nextChange, origin);
        continue;
      }
      if (up > 0) {
        const cycle = Math.floor(since / (up + down)); // 0 for a pod that never comes back
        origin += cycle > 0 ? cycle * (up + down) : 0;
        since = now - origin;
        if (since >= up) {
          this.nextChange = Math.min(this.nextChange, origin + up + down);
          continue;
        }
        this.nextChange = Math.min(this.nextChange, origin + up);
      }
      this.ready += cohort.pods;
      if (since >= this.minReady) {
        this.available += cohort.pods;
      } else {
        this.nextChange = Math.min(this.nextChange, origin + this.minReady);
      }
    }
    return ready !== this.ready || available !== this.available;
  }

  /** Pods that are not ready go first, then the youngest, as the ReplicaSet controller does it. */
  private remove(count: number, now: number): void {
    let left = count;
    for (const ready of [false, true]) {
      for (let i = this.cohorts.length - 1; i >= 0 && left > 0; i--) {
        const cohort = this.cohorts[i];
        if (isReady(cohort, now) === ready) {
          const gone = Math.min(left, cohort.pods);
          cohort.pods -= gone;
          left -= gone;
        }
      }
    }
    this.cohorts = this.cohorts.filter(cohort => cohort.pods > 0);
  }
}

function isReady({ created, timing }: Cohort, now: number): boolean {
  const since = now - created - timing.startup;
  if (since < 0) {
    return false;
  }
  return timing.up === 0 || (timing.down === Infinity ? since : since % (timing.up + timing.down)) < timing.up;
}

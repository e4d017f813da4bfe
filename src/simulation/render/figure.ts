import type { Timeline, TimelineState } from '../timeline';

/** What is known of a rollout beside its timeline. */
export interface Caption {
  readonly title: string;
  readonly scenario?: string;
  /** What each step of the canary is, in a few words. */
  readonly steps: readonly string[];
  /** The number that decides on a metric, by the name of the metric. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** The room in which panels share one time axis. */
export interface Frame {
  readonly left: number;
  readonly width: number;
  /** Seconds from the left edge to the right one. */
  readonly span: number;
  /** Makes the ids of patterns unique in a page. */
  readonly prefix: string;
}

/** A panel, with the height that it needs. */
export interface Panel {
  readonly height: number;
  readonly markup: string;
  /** What no line may cross: the title and the legend. */
  readonly head?: string;
}

/** Where a time stands. */
export function xOf(frame: Frame, seconds: number): number {
  return frame.left + Math.min(1, Math.max(0, seconds / frame.span)) * frame.width;
}

/** The seconds that a timeline is drawn over: a little beyond the last thing that it tells, so that the end is seen, and never none. */
export function spanOf(timeline: Timeline): number {
  const last = Math.max(
    0,
    timeline.states.at(-1)?.seconds ?? 0,
    timeline.events.at(-1)?.seconds ?? 0,
    timeline.measurements.at(-1)?.seconds ?? 0,
    timeline.summary.totalSeconds,
  );
  return last > 0 ? last * 1.04 : 1;
}

/**
 * At most so many states as a picture can show: of those that would fall on one column, the first, the last
 * and the extremes. What a reader must not miss - a peak, a dip - is one of them.
 */
export function thinned(states: readonly TimelineState[], span: number, columns: number): TimelineState[] {
  if (states.length <= columns * 2) {
    return [...states];
  }
  const kept: TimelineState[] = [];
  let bucket: TimelineState[] = [];
  const flush = () => {
    kept.push(...extremes(bucket));
    bucket = [];
  };
  let column = -1;
  for (const state of states) {
    const own = Math.floor(state.seconds / span * columns);
    if (own !== column) {
      flush();
      column = own;
    }
    bucket.push(state);
  }
  flush();
  return kept;
}

const FIGURES: ReadonlyArray<(state: TimelineState) => number> = [
  state => state.weight,
  state => state.stablePods + state.canaryPods + state.olderPods,
  state => state.available,
];

function extremes(states: TimelineState[]): TimelineState[] {
  if (states.length <= 2) {
    return states;
  }
  const kept = new Set([states[0], states[states.length - 1]]);
  for (const figure of FIGURES) {
    kept.add(states.reduce((a, b) => figure(b) > figure(a) ? b : a));
    kept.add(states.reduce((a, b) => figure(b) < figure(a) ? b : a));
  }
  return states.filter(state => kept.has(state));
}

/** A stretch of time in which something was the same. */
export interface Stretch<T> {
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

/** The stretches in which `of` gives the same value. */
export function stretches<T>(states: readonly TimelineState[], span: number, of: (state: TimelineState) => T): Array<Stretch<T>> {
  const found: Array<{ from: number; to: number; value: T }> = [];
  for (const state of states) {
    const value = of(state);
    const last = found.at(-1);
    if (last !== undefined && last.value === value) {
      continue;
    }
    if (last !== undefined) {
      last.to = state.seconds;
    }
    found.push({ from: state.seconds, to: span, value });
  }
  return found.filter(stretch => stretch.to > stretch.from);
}

/** A line of steps through values that hold from their time on, up to the right edge. */
export function stepPath(points: ReadonlyArray<readonly [x: number, y: number]>, right: number, write: (value: number) => string): string {
  let path = '';
  let before: string | undefined;
  for (const [x, y] of points) {
    const height = write(y);
    if (before === undefined) {
      path += `M${write(x)} ${height}`;
    } else if (height !== before) {
      path += `H${write(x)}V${height}`;
    }
    before = height;
  }
  return before === undefined ? '' : `${path}H${write(right)}`;
}

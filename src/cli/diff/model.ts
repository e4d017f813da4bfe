import type { Area } from './areas';
import type { ObjectPair } from './objects';
import type { Change } from './structure';

/** A difference between an object in one environment and in another. Without a path, only one of them has the object. */
export interface Difference {
  readonly pair: ObjectPair;
  readonly change: Change;
  readonly area: Area;
  /** Why it needs a look for security. */
  readonly attention?: string;
  /** Why it follows from being another environment, or from another difference. */
  readonly expected?: string;
}

/** What some differences mean together: from what to what. */
export interface Fact {
  readonly area: Area;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** The differences that it says. */
  readonly covers: Difference[];
}

/** A workload, or what belongs to the environment itself. */
export interface Section {
  /** The name of the workload; nothing for the environment. */
  readonly workload?: string;
  /** Which of the two environments have it. */
  readonly isIn: 'both' | 'from' | 'to';
  /** Those to look at, in the order of areas and objects. */
  readonly differences: Difference[];
  readonly facts: Fact[];
  /** Those that are expected, when they are asked for. */
  readonly expected: Difference[];
  /** How many are expected. */
  readonly expectedCount: number;
}

/** Two environments of a platform, side by side. */
export interface EnvironmentComparison {
  readonly platform: string;
  readonly from: string;
  readonly to: string;
  /** What belongs to the environments themselves, unless only some workloads are compared. */
  readonly environment?: Section;
  /** By name. */
  readonly workloads: Section[];
}

/** Whether there is something to look at. */
export function differs(section: Section): boolean {
  return section.isIn !== 'both' || section.differences.length > 0;
}

/** Everything that is compared, the environment first. */
export function sectionsOf(comparison: EnvironmentComparison): Section[] {
  return [...comparison.environment === undefined ? [] : [comparison.environment], ...comparison.workloads];
}

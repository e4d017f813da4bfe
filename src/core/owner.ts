import { ApiObject } from 'cdk8s';
import { FolderChart } from './folder-chart';

/** Whose an object is: what `fairway list` and a promotion of a single workload go by. */
export interface Owner {
  readonly environment?: string;
  readonly workload?: string;
}

/**
 * Says that an object belongs to a workload, although it stands in a chart of its environment: what a GitOps engine makes for the
 * workload, and what has to change with its release.
 */
export function setOwner(object: ApiObject, workload: string): void {
  OWNERS.set(object, workload);
}

/** Whose an object is. */
export function ownerOf(object: ApiObject): Owner {
  const { chart } = object;
  return FolderChart.isFolderChart(chart) ? { environment: chart.environment, workload: OWNERS.get(object) ?? chart.workload } : {};
}

const OWNERS = new WeakMap<ApiObject, string>();

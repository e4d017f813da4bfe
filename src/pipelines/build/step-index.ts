import { freeName } from '../../core/free-name';
import type { Job } from '../job';
import type { StepOutput } from '../scoped-value';
import type { JobStep } from '../step';
import type { StepTemplate } from '../template';

/** Where a step stands. */
export interface StepPlace {
  readonly job: Job;
  readonly id: string;
  readonly index: number;
}

/** The ids of all steps, and where each stands. Made once for a pipeline or a template, before anything is read. */
export class StepIndex {
  private readonly places = new Map<object, StepPlace[]>();
  private readonly ids = new Map<Job, string[]>();

  public constructor(jobs: readonly Job[]) {
    for (const job of jobs) {
      const taken = new Set<string>();
      const ids = job._steps.map(step => uniqueId(step, taken));
      this.ids.set(job, ids);
      job._steps.forEach((step, index) => {
        const places = this.places.get(step) ?? [];
        places.push({ job, id: ids[index], index });
        this.places.set(step, places);
      });
    }
  }

  public idsOf(job: Job): readonly string[] {
    return this.ids.get(job)!;
  }

  /** Where a step stands, in which jobs. */
  public placesOf(step: object): readonly StepPlace[] {
    return this.places.get(step) ?? [];
  }
}

/** The ids of the steps of a template, which begin with that of its use, if there is one. */
export function idsWithin(template: StepTemplate, use?: string): string[] {
  const taken = new Set<string>();
  const ids = template._steps.map(step => uniqueId(step, taken));
  return use === undefined ? ids : ids.map(id => `${use}-${id}`);
}

/** An output of a step in a job. */
export interface OutputSource {
  readonly step: string;
  readonly name: string;
}

/** The step of a template that gives an output of its use. Undefined when the output is of something else. */
export function innerOutput(template: StepTemplate, use: string | undefined, name: string): OutputSource | undefined {
  const { step, name: inner } = template._outputs.get(name)!._parts[0] as StepOutput;
  const at = template._steps.indexOf(step as JobStep);
  return at < 0 ? undefined : { step: idsWithin(template, use)[at], name: inner };
}

function uniqueId(step: JobStep, taken: Set<string>): string {
  const wanted = step._spec.id ?? step._spec.defaultId;
  const id = freeName(wanted, taken);
  taken.add(id);
  return id;
}

import { Pipeline, PipelineProps, JobStep, RunOptions } from '../../../src/pipelines';
import type { PipelineGraph, SystemName } from '../../../src/pipelines/graph';
import { Scenario, traced } from '../scenario';
import { pipeline, platform } from '../stand-in';

/** One promise of the model, held on the graph, on what each system gets, and where it can be carried out, by running it. */
export interface ContractScenario extends Scenario {
  /** Letters, digits and hyphens; unique. */
  readonly id: string;
  readonly graph: () => PipelineGraph;
  /** What the graph says. */
  readonly proves: (graph: PipelineGraph) => void;
  /** Why it is not carried out anywhere; it is, when absent. */
  readonly notRun?: string;
  /** Systems that refuse it (FW1090 and their own codes), and why. */
  readonly refused?: Partial<Record<SystemName, string>>;
}

export type Declaration = Omit<ContractScenario, 'graph' | 'event'> & Partial<Pick<ContractScenario, 'event'>> & {
  readonly props?: Partial<PipelineProps>;
  readonly declare: (ci: Pipeline) => void;
};

export function scenario({ props, declare, ...rest }: Declaration): ContractScenario {
  return {
    event: { event: 'push' },
    ...rest,
    graph: () => {
      const ci = pipeline(props, platform(), rest.id);
      declare(ci);
      return ci._graph();
    },
  };
}

/** A step that writes down that its job began and ended; and what is between. */
export function trace(id: string, between: readonly string[] = [], options: RunOptions = {}, axes: readonly string[] = []): JobStep {
  return JobStep.run(traced(id, between, axes), options);
}

/** Says something that has to be the same everywhere. The text is a word of the shell. */
export function say(leg: string, word: string): string {
  return `tee -a "$FAIRWAY_TRACE" <<< "say ${leg} ${word}"`;
}

/** What each job waits for. */
export function needsOf(graph: PipelineGraph): Record<string, string[]> {
  return Object.fromEntries(graph.jobs.map(job => [job.id, job.needs.map(edge => edge.job)]));
}

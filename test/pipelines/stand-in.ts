import { Platform } from '../../src/core';
import { JobStep, Pipeline, PipelineProps, PipelineSystem, Trigger } from '../../src/pipelines';
import { Lowering, PipelineBackend } from '../../src/pipelines/engine';
import type { PipelineGraph, SystemName } from '../../src/pipelines/graph';

/** A system that runs nothing: for what is said before a system comes in. */
export class StandIn extends PipelineBackend {
  public readonly title = 'Stand-in';
  public seen?: PipelineGraph;

  public constructor(public readonly system: SystemName = 'github') {
    super();
  }

  public fileOf(id: string): string {
    return `${id}.yml`;
  }

  public lower(graph: PipelineGraph): Lowering {
    this.seen = graph;
    return { files: [], objects: [], rows: [], remains: [], findings: [] };
  }
}

export function standIn(system?: SystemName): PipelineSystem {
  return PipelineSystem._of(new StandIn(system));
}

export function platform(): Platform {
  return new Platform({ name: 'acme', root: '/nowhere', repository: 'https://github.com/acme/platform' });
}

export function pipeline(props: Partial<PipelineProps> = {}, on = platform(), id = 'ci'): Pipeline {
  return new Pipeline(on, id, { engine: standIn(), triggers: [Trigger.push()], ...props });
}

export const hello = () => JobStep.run('echo hello');

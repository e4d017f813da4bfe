import type { PipelineBackend } from './engine';

/** A system that runs pipelines, as `PipelineEngine` makes it. */
export class PipelineSystem {
  /** @internal */
  public static _of(backend: PipelineBackend): PipelineSystem {
    return new PipelineSystem(backend);
  }

  /** What it is called: `GitHub Actions`. */
  public readonly title: string;

  private constructor(/** @internal */ public readonly _backend: PipelineBackend) {
    this.title = _backend.title;
  }
}

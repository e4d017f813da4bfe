import type { PipelineBackend } from '../../../src/pipelines/engine';

/** The engines whose pipelines are carried out, each with its defaults. */
export const BACKENDS: readonly PipelineBackend[] = [];

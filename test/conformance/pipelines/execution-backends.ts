import type { PipelineBackend } from '../../../src/pipelines/engine';
import { GitHubActionsBackend } from '../../../src/pipelines/engines/github/engine';

/** The engines whose pipelines are carried out, each with its defaults. */
export const BACKENDS: readonly PipelineBackend[] = [new GitHubActionsBackend()];

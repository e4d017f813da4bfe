import type { PipelineBackend } from '../../../src/pipelines/engine';
import { GitHubActionsBackend } from '../../../src/pipelines/engines/github/engine';
import { GitLabBackend } from '../../../src/pipelines/engines/gitlab/engine';
import { JenkinsBackend } from '../../../src/pipelines/engines/jenkins/backend';

/** The engines whose pipelines are carried out, with what their runners stand for. */
export const BACKENDS: readonly PipelineBackend[] = [new GitHubActionsBackend(), new GitLabBackend({ anybodyApproves: true }), new JenkinsBackend()];

/** The same, with templates as what the system has of the kind. */
export const REUSING_BACKENDS: readonly PipelineBackend[] = [
  new GitHubActionsBackend({ compositeActions: true, nativeReuse: true }),
  new GitLabBackend({ anybodyApproves: true, components: true }),
];

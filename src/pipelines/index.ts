import type { AzurePipelinesOptions } from './engines/azure/options';
import type { GitHubActionsOptions } from './engines/github/options';
import type { GitLabCiOptions } from './engines/gitlab/options';
import type { JenkinsOptions } from './engines/jenkins/options';
import type { TektonOptions } from './engines/tekton/options';
import { PipelineSystem } from './pipeline-system';

export { Artifact } from './artifact';
export { Concurrency, ConcurrencyOptions } from './concurrency';
export { Condition, JobOutcome, PipelineEvent } from './condition';
export * from './delivery';
export { Grant, Identity, IdentityOptions } from './grant';
export { InputType, PipelineInputOptions } from './input';
export { Job, JobProps, PipelineJob, PipelineJobProps } from './job';
export { JobEnvironment, JobEnvironmentOptions } from './job-environment';
export { JobOwner } from './job-owner';
export { DynamicMatrixOptions, Matrix, MatrixOptions } from './matrix';
export { PipelinePatch, PipelinePatchOptions } from './patch';
export { PathFilter, PathFilterOptions } from './path-filter';
export { Pipeline, PipelineProps } from './pipeline';
export { PipelineRepository } from './pipeline-repository';
export { PipelineSystem } from './pipeline-system';
export {
  Architecture, JobContainer, JobContainerOptions, Runner, RunnerOptions, RunnerOs, SelfHostedOptions, ServiceContainer, ServiceContainerOptions,
  ServiceReadiness,
} from './runner';
export { Stage, StageProps } from './stage';
export { JobStep } from './step';
export * from './step-options';
export { PipelineTemplate, PipelineTemplateProps, StepTemplate, TemplateJob, TemplateJobProps, UseStepsOptions } from './template';
export { MergeQueueOptions, PullRequestOptions, PushOptions, ScheduleOptions, TagOptions, Trigger } from './trigger';
export { Context, PipelineSecret, PipelineSecretOptions, Value } from './value';
export { AzurePipelinesOptions, AzureRepository } from './engines/azure/options';
export { GitHubActionsOptions } from './engines/github/options';
export * from './engines/gitlab/options';
export * from './engines/jenkins/options';
export * from './engines/tekton/options';
export * as tekton from './engines/tekton';

/** What runs a pipeline. */
export class PipelineEngine {
  /**
   * GitHub Actions: a workflow for each pipeline, `.github/workflows/<id>.yml`.
   *
   * @param options what it may use. Throws FW1100
   */
  public static githubActions(options: GitHubActionsOptions = {}): PipelineSystem {
    // Engines are loaded when they are chosen: a program has one of several.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { GitHubActionsBackend } = require('./engines/github/engine') as typeof import('./engines/github/engine');
    return PipelineSystem._of(new GitHubActionsBackend(options));
  }

  /**
   * GitLab CI: `.gitlab-ci.yml`; where a platform has several pipelines, a file for each and a root that includes them.
   *
   * @param options what it may use. Throws FW1000 to FW1002
   */
  public static gitlabCi(options: GitLabCiOptions = {}): PipelineSystem {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { GitLabBackend } = require('./engines/gitlab/engine') as typeof import('./engines/gitlab/engine');
    return PipelineSystem._of(new GitLabBackend(options));
  }

  /**
   * Jenkins: a declarative Jenkinsfile for each pipeline.
   *
   * @param options its agents and plug-ins. Throws FW1180 to FW1182
   */
  public static jenkins(options: JenkinsOptions = {}): PipelineSystem {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { JenkinsBackend } = require('./engines/jenkins/backend') as typeof import('./engines/jenkins/backend');
    return PipelineSystem._of(new JenkinsBackend(options));
  }

  /**
   * Azure Pipelines: `.azure/<id>.yml`, which has to be registered as a pipeline.
   *
   * @param options what it may use. Throws FW1160
   */
  public static azurePipelines(options: AzurePipelinesOptions = {}): PipelineSystem {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { AzureBackend } = require('./engines/azure/engine') as typeof import('./engines/azure/engine');
    return PipelineSystem._of(new AzureBackend(options));
  }

  /**
   * Tekton: Pipelines, Tasks, Triggers and what they need in the cluster.
   *
   * @param options what it may use. Throws FW1250 to FW1252
   */
  public static tekton(options: TektonOptions = {}): PipelineSystem {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { TektonBackend } = require('./engines/tekton/engine') as typeof import('./engines/tekton/engine');
    return PipelineSystem._of(new TektonBackend(options));
  }

  private constructor() {}
}

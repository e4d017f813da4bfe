export { Artifact } from './artifact';
export { Concurrency, ConcurrencyOptions } from './concurrency';
export { Condition, JobOutcome, PipelineEvent } from './condition';
export { Grant, Identity, IdentityOptions } from './grant';
export { InputType, PipelineInputOptions } from './input';
export { Job, JobProps, PipelineJob, PipelineJobProps } from './job';
export { JobEnvironment, JobEnvironmentOptions } from './job-environment';
export { JobOwner } from './job-owner';
export { DynamicMatrixOptions, Matrix, MatrixOptions } from './matrix';
export { PipelinePatch, PipelinePatchOptions } from './patch';
export { PathFilter, PathFilterOptions } from './path-filter';
export { Pipeline, PipelineProps } from './pipeline';
export { PipelineSystem } from './pipeline-system';
export {
  Architecture, JobContainer, JobContainerOptions, Runner, RunnerOptions, RunnerOs, SelfHostedOptions, ServiceContainer, ServiceContainerOptions,
  ServiceReadiness,
} from './runner';
export { Stage, StageProps } from './stage';
export {
  ApproveOptions, CacheMode, CacheOptions, CheckoutOptions, DeployOptions, DownloadOptions, IfMissing, JobStep, JobStepOptions, NativeBodies, Retry,
  RunOptions, Shell, UploadOptions,
} from './step';
export { PipelineTemplate, PipelineTemplateProps, StepTemplate, TemplateJob, TemplateJobProps, UseStepsOptions } from './template';
export { MergeQueueOptions, PullRequestOptions, PushOptions, ScheduleOptions, TagOptions, Trigger } from './trigger';
export { Context, PipelineSecret, PipelineSecretOptions, Value } from './value';

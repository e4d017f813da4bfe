import { AzureRepository, JenkinsAgents, PipelineEngine, PipelineSystem } from '../../../../src/pipelines';
import type { SystemName } from '../../../../src/pipelines/graph';

/** All systems with the options that let them do whatever they can. */
export const EQUIPPED: Readonly<Record<SystemName, () => PipelineSystem>> = {
  github: () => PipelineEngine.githubActions({ concurrencyQueue: true, serviceCommand: true }),
  gitlab: () => PipelineEngine.gitlabCi({ anybodyApproves: true, runnerTags: { 'macos-x64': ['mac'] } }),
  azure: () => PipelineEngine.azurePipelines({
    repository: AzureRepository.GITHUB, variableGroups: ['pipeline-secrets'], pools: { 'self-hosted': 'own' }, identityConnection: 'cloud',
  }),
  jenkins: () => PipelineEngine.jenkins({ agents: JenkinsAgents.KUBERNETES, pushCredentials: 'pusher' }),
  tekton: () => PipelineEngine.tekton({
    approvals: true, gitSecret: 'git', storage: { cacheClaim: 'caches' }, runnerLabels: { 'self-hosted': 'pool=own', 'gpu': 'accelerator=gpu' },
  }),
};

import { join, resolve } from 'node:path';
import { writeBelow } from './repository';
import { workflows } from '../../../ci/workflows';
import { boutique } from '../../../examples/online-boutique/boutique';
import { delivered } from '../../../examples/online-boutique/delivery';
import { serviceDelivered } from '../../../examples/online-boutique/service';
import type { PipelineBackend } from '../../../src/pipelines/engine';
import { AzureBackend } from '../../../src/pipelines/engines/azure/engine';
import { GitHubActionsBackend } from '../../../src/pipelines/engines/github/engine';
import { GitLabBackend } from '../../../src/pipelines/engines/gitlab/engine';
import { JenkinsBackend } from '../../../src/pipelines/engines/jenkins/backend';
import { JenkinsAgents } from '../../../src/pipelines/engines/jenkins/options';
import { TektonBackend } from '../../../src/pipelines/engines/tekton/engine';
import { isError } from '../../../src/pipelines/gaps';
import type { PipelineGraph } from '../../../src/pipelines/graph';
import { SCENARIOS } from '../../pipelines/contract/scenarios';
import { filesOf } from '../../pipelines/contract/systems';
import { Diagnostics, PipelineEngine, Platform, type PipelineSystem } from 'cdk8s-fairway';

/*
 * What is held against the validators: every scenario of the contract that a system carries out, and the delivery of the example.
 */

const BACKENDS: Record<string, PipelineBackend> = {
  github: new GitHubActionsBackend(),
  gitlab: new GitLabBackend({ anybodyApproves: true }, true),
  azure: new AzureBackend(),
  jenkins: new JenkinsBackend({ file: 'ci/<pipeline>.jenkinsfile', agents: JenkinsAgents.KUBERNETES }),
  tekton: new TektonBackend({ approvals: true, concurrencyHeldBy: 'a queue', gitSecret: 'git' }, 'https://github.com/acme/platform'),
};

/** The same, with templates as what the system has of the kind. */
const REUSING_BACKENDS: Record<string, PipelineBackend> = {
  github: new GitHubActionsBackend({ nativeReuse: true, compositeActions: true }),
  gitlab: new GitLabBackend({ anybodyApproves: true, components: true }, true),
  azure: new AzureBackend({ nativeReuse: true }),
};

const ENGINES: Record<string, PipelineSystem> = {
  github: PipelineEngine.githubActions(),
  gitlab: PipelineEngine.gitlabCi(),
  azure: PipelineEngine.azurePipelines(),
  jenkins: PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' }),
  tekton: PipelineEngine.tekton({ concurrencyHeldBy: 'a queue' }),
};

/** Every scenario of the contract. */
const GRAPHS = SCENARIOS.map(({ graph }) => graph());

/** Every scenario that a system carries out, in a folder for each system; those with templates once more, in a folder of their own. */
export function contracts(work: string): string[] {
  return [
    // On GitLab each of 160 jobs has the same helpers, and would be read 160 times over; its size is looked at by a test.
    ...Object.entries(BACKENDS).map(([system, backend]) =>
      written(join(work, `contract-${system}`), backend, GRAPHS.filter(({ id }) => system !== 'gitlab' || id !== 'large-graph'))),
    ...Object.entries(REUSING_BACKENDS).map(([system, backend]) =>
      written(join(work, `contract-${system}-reuse`), backend, GRAPHS.filter(({ templates, stepTemplates }) => templates.length + stepTemplates.length > 0))),
  ];
}

function written(folder: string, backend: PipelineBackend, given: readonly PipelineGraph[]): string {
  const carried = given.map(graph => ({ graph, lowering: backend.lower(graph) })).filter(({ lowering }) => !lowering.findings.some(isError));
  const root = backend.root(carried.map(({ graph }) => graph));
  const files = carried.flatMap(({ lowering }) => Object.entries(filesOf(lowering)));
  const joined = root ? Object.entries(filesOf({ files: [root.file], objects: [], rows: [], remains: [], findings: [] })) : [];
  [...files, ...joined].forEach(([file, text]) => writeBelow(folder, file, text));
  return folder;
}

/** The workflows of this project. */
export function ownWorkflows(work: string): string {
  const root = resolve(work, 'own');
  workflows(root).synth();
  return root;
}

/** The delivery of the example, in a folder for each system. */
export function deliveries(work: string): string[] {
  const at = resolve(work);
  return Object.entries(ENGINES).map(([system, engine]) => {
    const root = join(at, `delivery-${system}`);
    const outdir = system === 'tekton' ? join(root, 'dist') : join(at, `manifests-${system}`);
    const platform = delivered(engine, boutique('1.34', { root, outdir }));
    platform.synth();
    return system === 'tekton' ? join(root, 'dist', 'pipelines') : root;
  });
}

/** The delivery of a service in a repository of its own, in a folder for each system that has files. Azure Pipelines has no identity for sigstore. */
export function services(work: string): string[] {
  const at = resolve(work);
  return ['github', 'gitlab', 'jenkins'].map(system => {
    const root = join(at, `service-${system}`);
    const { delivery } = serviceDelivered(ENGINES[system], boutique('1.34', { root, outdir: join(at, `service-manifests-${system}`) }));
    new Set(delivery.findings().map(({ code }) => code)).forEach(code => Diagnostics.of(delivery).acknowledge(code, 'What validators say is looked at.'));
    Platform.ofConstruct(delivery).synth();
    return join(root, 'services', 'checkoutservice');
  });
}

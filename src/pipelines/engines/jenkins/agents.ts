import type { Agent, Step } from './ast';
import { secretOf } from './job-env';
import { JenkinsAgents, JenkinsTools } from './options';
import type { Settled } from './settled';
import { TITLE, World } from './world';
import { printYaml } from '../../../core/yaml-text';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { flattened, JobNode, Language, plainText, RunnerNode, ServiceNode, ToolStepNode } from '../../graph';
import { quote } from '../../shell';

/** Where a job runs, and what has to be done before its steps. */
export interface Place {
  readonly agent: Agent;
  /** The label of an agent alone, where nothing but that is asked for. */
  readonly label?: string;
  readonly tools: ReadonlyArray<{ readonly type: string; readonly name: string }>;
  readonly before: readonly Step[];
  /** Whether the workspace is new, and empty. */
  readonly fresh: boolean;
}

/** Official images of the languages, by their tags. */
const IMAGES: Record<Language, (version: string) => string> = {
  node: version => `node:${version}`,
  python: version => `python:${version}`,
  go: version => `golang:${version}`,
  java: version => `eclipse-temurin:${version}-jdk`,
  dotnet: version => `mcr.microsoft.com/dotnet/sdk:${version.includes('.') ? version : `${version}.0`}`,
  rust: version => `rust:${version}`,
};

/** Tools that Jenkins has installations of, by the symbols of their plug-ins: nodejs, core, golang, dotnet-sdk. */
const INSTALLATIONS: Partial<Record<Language, string>> = { node: 'nodejs', java: 'jdk', go: 'go', dotnet: 'dotnetsdk' };

/** A label as it stands in an expression of labels (core, Label.parseExpression). */
function quotedLabel(label: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(label) ? label : `"${label.replace(/["\\]/g, '\\$&')}"`;
}

function labelOf({ os, arch, labels }: RunnerNode, given: Readonly<Record<string, string>>): string {
  if (labels.length > 0) {
    return labels.map(quotedLabel).join(' && ');
  }
  const key = `${os}/${arch}`;
  return Object.hasOwn(given, key) ? given[key] : arch === 'x64' ? os : `${os} && ${arch}`;
}

function isPod(job: JobNode, options: Settled): boolean {
  return options.agents === JenkinsAgents.KUBERNETES && job.runner.os === 'linux' && job.runner.labels.length === 0;
}

/** Whether an agent by its label is all that a job asks for. */
export function isOnLabel(job: JobNode, options: Settled): boolean {
  const steps = flattened(job.steps);
  return job.container === undefined && job.services.length === 0 && !steps.some(step => step.kind === 'tool') && !(isPod(job, options) && options.podImage !== undefined);
}

/** The place that a job runs at. */
export function placeOf(job: JobNode, world: World): Place {
  const { options } = world;
  const label = labelOf(job.runner, options.labels);
  const tools = toolsOf(job, world);
  const inPod = isPod(job, options);
  const image = job.container?.image ?? tools.image ?? (inPod ? options.podImage : undefined);
  if (job.container && job.runner.os !== 'linux') {
    world.row(unsupported('container', `${TITLE} has no containers on ${job.runner.os}`, job.id));
  }
  if (job.services.length > 0 && !inPod) {
    world.row(unsupported('services', 'services stand in a pod beside the job: take JenkinsAgents.KUBERNETES, and a runner without labels of its own', job.id));
  }
  if (inPod && (image !== undefined || job.services.length > 0)) {
    return podPlace(job, image, tools.installed, world);
  }
  if (image === undefined) {
    world.row(native('runner', `agent { label ${JSON.stringify(label)} }`, job.id));
    return { agent: { agent: 'label', label }, label: tools.installed.length === 0 ? label : undefined, tools: tools.installed, before: [], fresh: false };
  }
  world.row(native('container', 'agent { docker { image } }', job.id));
  return { agent: { agent: 'docker', image, label, ...registryOf(job, image, world) }, tools: [], before: [], fresh: false };
}

function registryOf(job: JobNode, image: string, world: World): { registryUrl?: string; registryCredentialsId?: string } {
  if (!job.container?.credentials) {
    return {};
  }
  const id = world.options.registryCredentials;
  if (id === undefined) {
    world.row(unsupported('credentials of the image', 'an agent takes one credential with user and password: give the option registryCredentials', job.id));
    return {};
  }
  const host = image.split('/')[0];
  world.row(emulated('credentials of the image', `the credential "${id}"`, job.id));
  return { registryUrl: `https://${/[.:]/.test(host) && image.includes('/') ? host : 'index.docker.io/v1/'}`, registryCredentialsId: id };
}

interface Tools {
  readonly image?: string;
  readonly installed: ReadonlyArray<{ readonly type: string; readonly name: string }>;
}

function toolsOf(job: JobNode, world: World): Tools {
  const steps = flattened(job.steps).filter((step): step is ToolStepNode => step.kind === 'tool');
  const { options } = world;
  if (steps.length === 1 && job.container === undefined && options.tools === JenkinsTools.IMAGES && job.runner.os === 'linux') {
    const [{ language, version }] = steps;
    const plain = plainText(version);
    if (plain !== undefined) {
      const key = `${language}@${plain}`;
      const image = Object.hasOwn(options.toolImages, key) ? options.toolImages[key] : IMAGES[language](plain);
      world.row(emulated(`tool ${language}`, `the job runs in the image ${image}`, job.id));
      return { image, installed: [] };
    }
  }
  const installed = steps.flatMap(step => installation(step, job, world));
  return { installed };
}

function installation({ language, version }: ToolStepNode, job: JobNode, world: World) {
  const part = `tool ${language}`;
  const type = INSTALLATIONS[language];
  const plain = plainText(version);
  if (job.container) {
    world.row(approximated(part, `the image ${job.container.image} has to bring it`, job.id));
    return [];
  }
  if (type === undefined || plain === undefined) {
    world.row(unsupported(part, plain === undefined ? 'its version is known only when the build runs' : `${TITLE} has no installations of it: give the job an image`, job.id));
    return [];
  }
  const name = `${language}-${plain}`;
  world.row(native(part, `tools { ${type} '${name}' }`, job.id));
  world.remain(`Add an installation of ${language} ${plain} with the name "${name}".`, 'Manage Jenkins > Tools');
  return [{ type, name }];
}

/** A pod for the job: a container for its steps, and one for each service, which all share one network. */
function podPlace(job: JobNode, image: string | undefined, tools: Place['tools'], world: World): Place {
  if (job.services.some(service => Object.values(service.env).some(text => plainText(text) === undefined && secretOf(text) === undefined))) {
    world.row(unsupported('environment of services', 'the pod is described before values are known', job.id));
  }
  for (const secret of job.services.flatMap(service => Object.values(service.env)).flatMap(text => secretOf(text) ?? [])) {
    world.remain(`Make the Secret "${secretName(secret)}" with the key "value", for services that read ${secret}.`, 'the namespace of the pods');
  }
  if (job.container?.credentials) {
    world.row(unsupported('credentials of the image', 'a pod takes them from the service account of its namespace', job.id));
  }
  const names = job.services.map(service => service.name);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      automountServiceAccountToken: false,
      ...names.length > 0 && { hostAliases: [{ ip: '127.0.0.1', hostnames: names }] },
      ...job.runner.arch !== 'x64' && { nodeSelector: { 'kubernetes.io/arch': job.runner.arch } },
      containers: [
        ...image === undefined ? [] : [{ name: 'job', image, command: ['sleep'], args: ['infinity'] }],
        ...job.services.map(service => ({
          name: service.name,
          image: service.image,
          ...service.command.length > 0 && { args: service.command },
          ...Object.keys(service.env).length > 0 && { env: serviceEnv(service) },
          ...service.ports.length > 0 && { ports: service.ports.map(containerPort => ({ containerPort })) },
        })),
      ],
    },
  };
  if (image !== undefined) {
    world.row(native('container', 'agent { kubernetes { yaml } }', job.id));
  }
  if (names.length > 0) {
    world.row(emulated('services', 'containers of the pod; their names are aliases of its own address', job.id));
  }
  return {
    agent: {
      agent: 'kubernetes',
      cloud: world.options.cloud,
      ...image !== undefined && { defaultContainer: 'job' },
      yaml: printYaml(pod, { comments: {}, trailing: {}, blankLines: [] }, key => { throw new TypeError(key); }),
    },
    tools,
    before: job.services.flatMap(readiness),
    fresh: true,
  };
}

/** The name of a Secret of Kubernetes for a secret of a pipeline. */
const secretName = (secret: string) => secret.toLowerCase().replaceAll('_', '-').replace(/^-+|-+$/g, '') || 'secret';

function serviceEnv({ env }: ServiceNode) {
  return Object.entries(env).map(([name, text]) => {
    const secret = secretOf(text);
    return secret === undefined ? { name, value: plainText(text) ?? '' } : { name, valueFrom: { secretKeyRef: { name: secretName(secret), key: 'value' } } };
  });
}

/** Nothing waits for the containers of a pod to be ready: the job does. */
function readiness({ name, readiness: ready }: ServiceNode): Step[] {
  if (ready === undefined) {
    return [];
  }
  const script = [
    '#!/bin/sh',
    'set -u',
    'attempt=1',
    `until ${ready.command.map(quote).join(' ')}; do`,
    `  if [ "$attempt" -ge ${ready.retries} ]; then`,
    '    exit 1',
    '  fi',
    '  attempt=$((attempt + 1))',
    `  sleep ${ready.intervalSeconds}`,
    'done',
  ].join('\n');
  return [{ step: 'container', name, steps: [{ step: 'sh', label: `Wait for ${name}`, script }] }];
}

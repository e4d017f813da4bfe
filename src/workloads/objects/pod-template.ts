import { k8s } from 'cdk8s-plus-28';
import { labelValue } from '../../core/metadata';
import { RESTRICTED, SPREAD } from '../defaults';
import type { ContainerPlan, WorkloadPlan } from '../plan';
import { PreStop } from '../pod-props';
import { selector, standardLabels } from './labels';

/** How pods are made for what controls them. */
export interface PodTemplateOptions {
  /** The label by which revisions are told apart, if the controller sets one. */
  readonly podHashLabel?: string;
  /** Whether a container that ends stays ended. */
  readonly runsOnce?: boolean;
}

/** The version label of a workload, where its image has a tag. */
export function versionLabels(plan: WorkloadPlan): Record<string, string> {
  const version = plan.version === undefined ? '' : labelValue(plan.version);
  return version ? { 'app.kubernetes.io/version': version } : {};
}

/** The pods of a workload: restricted, spread. Plain data, ready to be printed. */
export function podTemplate(plan: WorkloadPlan, options: PodTemplateOptions): k8s.PodTemplateSpec {
  const template = k8s.toJson_PodTemplateSpec({
    metadata: {
      labels: {
        ...standardLabels(plan.platform, plan.environment),
        ...plan.labels,
        'app.kubernetes.io/name': plan.name,
        ...selector(plan.name),
        ...versionLabels(plan),
      },
      ...(Object.keys(plan.podAnnotations).length > 0 ? { annotations: plan.podAnnotations } : {}),
    },
    spec: podSpec(plan, options),
  });
  // The generated types drop what is younger than they are.
  template!.spec.volumes = plan.volumes.map(({ name, source }) => ({ name, ...source }));
  const { preStop, preStopWaitSeconds } = plan.shutdown;
  if (preStop === PreStop.SLEEP_ACTION) {
    template!.spec.containers[0].lifecycle = { preStop: { sleep: { seconds: preStopWaitSeconds } } };
  }
  return template as k8s.PodTemplateSpec;
}

function podSpec(plan: WorkloadPlan, { podHashLabel, runsOnce }: PodTemplateOptions): k8s.PodSpec {
  return {
    serviceAccountName: plan.name,
    automountServiceAccountToken: RESTRICTED.automountServiceAccountToken,
    enableServiceLinks: RESTRICTED.enableServiceLinks,
    priorityClassName: plan.priority.name,
    terminationGracePeriodSeconds: plan.shutdown.gracePeriodSeconds,
    ...(runsOnce ? { restartPolicy: 'Never' } : {}),
    ...(plan.imagePullSecrets.length > 0 ? { imagePullSecrets: plan.imagePullSecrets.map(name => ({ name })) } : {}),
    securityContext: {
      runAsNonRoot: RESTRICTED.runAsNonRoot,
      runAsUser: plan.user,
      runAsGroup: plan.group,
      fsGroup: plan.group,
      seccompProfile: { type: RESTRICTED.seccompProfile },
    },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: SPREAD.antiAffinityWeight,
          podAffinityTerm: { topologyKey: SPREAD.antiAffinityTopology, labelSelector: { matchLabels: selector(plan.name) } },
        }],
      },
    },
    topologySpreadConstraints: SPREAD.spreadTopologies.map(topologyKey => ({
      topologyKey,
      maxSkew: SPREAD.maxSkew,
      whenUnsatisfiable: SPREAD.whenUnsatisfiable,
      labelSelector: { matchLabels: selector(plan.name) },
      // Without it, pods of the outgoing revision count (KEP-3243).
      ...(podHashLabel === undefined ? {} : { matchLabelKeys: [podHashLabel] }),
    })),
    ...(plan.initContainers.length > 0 ? { initContainers: plan.initContainers.map(each => container(each)) } : {}),
    containers: plan.containers.map((each, i) => container(each, i === 0 ? plan.shutdown : undefined)),
  };
}

function container(plan: ContainerPlan, shutdown?: WorkloadPlan['shutdown']): k8s.Container {
  return {
    name: plan.name,
    image: plan.image,
    imagePullPolicy: RESTRICTED.imagePullPolicy,
    ...(plan.isSidecar ? { restartPolicy: 'Always' } : {}),
    ...(plan.command ? { command: plan.command } : {}),
    ...(plan.args ? { args: plan.args } : {}),
    ...(plan.env.length > 0 ? { env: plan.env.map(variable) } : {}),
    ...(plan.ports.length > 0 ? { ports: plan.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })) } : {}),
    ...plan.probes,
    ...(shutdown?.preStop === PreStop.SLEEP_COMMAND
      ? { lifecycle: { preStop: { exec: { command: ['sleep', String(shutdown.preStopWaitSeconds)] } } } }
      : {}),
    resources: plan.resources,
    securityContext: {
      allowPrivilegeEscalation: RESTRICTED.allowPrivilegeEscalation,
      privileged: RESTRICTED.privileged,
      readOnlyRootFilesystem: RESTRICTED.readOnlyRootFilesystem,
      runAsNonRoot: RESTRICTED.runAsNonRoot,
      runAsUser: plan.user,
      runAsGroup: plan.group,
      capabilities: { drop: [...RESTRICTED.dropCapabilities] },
      seccompProfile: { type: RESTRICTED.seccompProfile },
    },
    volumeMounts: plan.mounts.map(({ path, volume, readOnly }) => ({ name: volume, mountPath: path, ...(readOnly ? { readOnly } : {}) })),
  };
}

function variable([name, value]: ContainerPlan['env'][number]): k8s.EnvVar {
  return typeof value === 'string'
    ? { name, value }
    : { name, valueFrom: { secretKeyRef: { name: value.name, key: value.key, ...(value.optional === true ? { optional: true } : {}) } } };
}

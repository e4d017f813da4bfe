import { k8s } from 'cdk8s-plus-28';
import { labelValue } from '../../core/metadata';
import { PROBES, RESTRICTED, SPREAD, ZERO_DOWNTIME } from '../defaults';
import type { ServicePlan, WorkloadPlan } from '../plan';
import type { ProbeSeconds } from '../probe';
import { PreStop } from '../workload-props';
import { selector, standardLabels } from './labels';

/** The Deployment of a workload: rolling, restricted, spread. */
export function deployment(plan: WorkloadPlan) {
  const version = plan.version === undefined ? '' : labelValue(plan.version);
  const manifest = k8s.KubeDeployment.manifest({
    metadata: { name: plan.name, labels: version ? { 'app.kubernetes.io/version': version } : {} },
    spec: {
      // An autoscaler owns the number; writing it here would reset it with every sync.
      ...(plan.replicas.isAutoscaled ? {} : { replicas: plan.replicas.minimum }),
      selector: { matchLabels: selector(plan.name) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxSurge: k8s.IntOrString.fromString(ZERO_DOWNTIME.maxSurge),
          maxUnavailable: k8s.IntOrString.fromNumber(ZERO_DOWNTIME.maxUnavailable),
        },
      },
      minReadySeconds: ZERO_DOWNTIME.minReadySeconds,
      progressDeadlineSeconds: progressDeadline(plan.service),
      template: {
        metadata: {
          labels: {
            ...standardLabels(plan.platform, plan.environment),
            ...plan.labels,
            'app.kubernetes.io/name': plan.name,
            ...selector(plan.name),
            ...(version ? { 'app.kubernetes.io/version': version } : {}),
          },
          ...(Object.keys(plan.podAnnotations).length > 0 ? { annotations: plan.podAnnotations } : {}),
        },
        spec: podSpec(plan),
      },
    },
  });
  return plan.shutdown.preStop === PreStop.SLEEP_ACTION ? withSleepAction(manifest, plan.shutdown.preStopWaitSeconds) : manifest;
}

function podSpec(plan: WorkloadPlan): k8s.PodSpec {
  return {
    serviceAccountName: plan.name,
    automountServiceAccountToken: RESTRICTED.automountServiceAccountToken,
    enableServiceLinks: RESTRICTED.enableServiceLinks,
    priorityClassName: plan.priority.name,
    terminationGracePeriodSeconds: plan.shutdown.gracePeriodSeconds,
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
      matchLabelKeys: [...SPREAD.matchLabelKeys],
    })),
    containers: [container(plan)],
    volumes: plan.folders.map(folder => ({ name: folder.volume, emptyDir: { sizeLimit: k8s.Quantity.fromString(folder.size) } })),
  };
}

function container(plan: WorkloadPlan): k8s.Container {
  return {
    name: plan.name,
    image: plan.image,
    imagePullPolicy: RESTRICTED.imagePullPolicy,
    ...(plan.command ? { command: plan.command } : {}),
    ...(plan.args ? { args: plan.args } : {}),
    ...(plan.env.length > 0 ? { env: plan.env.map(([name, value]) => ({ name, value })) } : {}),
    ...(plan.service ? { ports: [{ name: plan.service.portName, containerPort: plan.service.port, protocol: 'TCP' }], ...probes(plan.service) } : {}),
    ...(plan.shutdown.preStop === PreStop.SLEEP_COMMAND
      ? { lifecycle: { preStop: { exec: { command: ['sleep', String(plan.shutdown.preStopWaitSeconds)] } } } }
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
    volumeMounts: plan.folders.map(folder => ({ name: folder.volume, mountPath: folder.path })),
  };
}

function probes(service: ServicePlan): Pick<k8s.Container, 'readinessProbe' | 'livenessProbe' | 'startupProbe'> {
  const { readiness, liveness, startup, port, portName } = service;
  return {
    readinessProbe: { ...readiness._handler(port, portName), ...readiness._seconds(PROBES.readiness) },
    livenessProbe: { ...liveness._handler(port, portName), ...liveness._seconds(PROBES.liveness) },
    startupProbe: { ...(startup ?? readiness)._handler(port, portName), ...startupSeconds(service) },
  };
}

/** A readiness probe that doubles as start-up probe keeps its question, not its impatience. */
function startupSeconds({ readiness, startup }: ServicePlan): ProbeSeconds {
  const { periodSeconds, failureThreshold } = PROBES.startup;
  return startup ? startup._seconds(PROBES.startup) : { ...readiness._seconds(PROBES.startup), periodSeconds, failureThreshold };
}

/** Longer than the slowest start that the start-up probe allows: a rollout must not fail while pods may still start. */
function progressDeadline(service: ServicePlan | undefined): number {
  if (!service) {
    return ZERO_DOWNTIME.progressDeadlineSeconds;
  }
  const { initialDelaySeconds = 0, periodSeconds, timeoutSeconds, failureThreshold } = startupSeconds(service);
  // A probe waits for the one before: what takes longer than the period sets the pace.
  const slowest = initialDelaySeconds + Math.max(periodSeconds, timeoutSeconds) * failureThreshold + ZERO_DOWNTIME.minReadySeconds;
  return Math.max(ZERO_DOWNTIME.progressDeadlineSeconds, slowest + 60);
}

/** The `sleep` action is younger than the typed objects, which would drop it. */
function withSleepAction(manifest: ReturnType<typeof k8s.KubeDeployment.manifest>, seconds: number) {
  for (const each of manifest.spec.template.spec.containers) {
    each.lifecycle = { preStop: { sleep: { seconds } } };
  }
  return manifest;
}

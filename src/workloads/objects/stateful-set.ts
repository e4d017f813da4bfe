import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ZERO_DOWNTIME } from '../defaults';
import type { ClaimPlan, ServicePlan, StatefulShape, WorkloadPlan } from '../plan';
import { selector } from './labels';
import { podTemplate, versionLabels } from './pod-template';

/** The StatefulSet of a service. Nothing in the claim templates follows a release: Kubernetes would refuse the update. */
export function statefulSet(plan: WorkloadPlan, shape: StatefulShape): ApiObjectProps {
  const manifest = k8s.KubeStatefulSet.manifest({
    metadata: { name: plan.name, labels: versionLabels(plan) },
    spec: {
      serviceName: headlessName(plan),
      replicas: shape.pods,
      podManagementPolicy: shape.order,
      selector: { matchLabels: selector(plan.name) },
      minReadySeconds: ZERO_DOWNTIME.minReadySeconds,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: shape.partition } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: shape.deleteStorageWhenScaled ? 'Delete' : 'Retain' },
      template: {},
    },
  });
  manifest.spec.volumeClaimTemplates = shape.claims.map(claimTemplate);
  manifest.spec.template = podTemplate(plan, { podHashLabel: 'controller-revision-hash' });
  return manifest;
}

/** Written in full, as the API server fills it in: what stands in the repository is what stands in the cluster. */
function claimTemplate({ name, size, storageClass, accessMode }: ClaimPlan): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: [accessMode],
      resources: { requests: { storage: size } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      volumeMode: 'Filesystem',
    },
  };
}

/** The Service that gives each pod a name of its own, also before it is ready, so that the pods find each other. */
export function headlessService(plan: WorkloadPlan, { portName, port }: ServicePlan): ApiObjectProps {
  return k8s.KubeService.manifest({
    metadata: { name: headlessName(plan) },
    spec: {
      type: 'ClusterIP',
      clusterIp: 'None',
      clusterIPs: ['None'], // as the API server fills it in
      publishNotReadyAddresses: true,
      selector: selector(plan.name),
      ports: [{ name: portName, port, targetPort: k8s.IntOrString.fromString(portName), protocol: 'TCP' }],
    },
  });
}

function headlessName(plan: WorkloadPlan): string {
  return `${plan.name}-pods`;
}

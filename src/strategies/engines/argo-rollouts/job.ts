import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JobQuery } from '../../metrics/query';
import type { RolloutTarget } from '../../target';

/**
 * The Job that is a test of the new version. It runs as the workload does: the same user, the same
 * restrictions, the same resources; only the labels differ, so that no Service takes it for a pod of it.
 */
export function jobSpec({ image, command, args, timeoutSeconds }: JobQuery, target: RolloutTarget): object {
  const pod = target.template.spec!;
  const [{ securityContext, resources, imagePullPolicy }] = pod.containers;
  return {
    backoffLimit: 0, // a second try would be a second sample
    activeDeadlineSeconds: timeoutSeconds,
    template: {
      metadata: { labels: labelsOf(target) },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: pod.serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...(pod.imagePullSecrets ? { imagePullSecrets: pod.imagePullSecrets } : {}),
        securityContext: pod.securityContext,
        containers: [{
          name: 'test',
          image,
          imagePullPolicy,
          ...(command ? { command } : {}),
          ...(args ? { args } : {}),
          resources,
          securityContext,
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        }],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
      },
    },
  };
}

/** Lets the pods of tests reach the workload, and nothing else but DNS. */
export function jobPolicies(chart: Construct, target: RolloutTarget): void {
  const { name, selector, service } = target;
  if (chart.node.tryFindChild('test-network-policy')) {
    return; // another analysis of this workload has made them
  }
  const ports = service ? [{ port: k8s.IntOrString.fromNumber(service.containerPort), protocol: 'TCP' }] : [];
  new ApiObject(chart, 'test-network-policy', k8s.KubeNetworkPolicy.manifest({
    metadata: { name: nameOf(target) },
    spec: {
      podSelector: { matchLabels: labelsOf(target) },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        target.dns,
        ...(service ? [{ to: [{ podSelector: { matchLabels: selector } }], ports }] : []),
      ],
    },
  }));
  if (service) {
    new ApiObject(chart, 'tested-network-policy', k8s.KubeNetworkPolicy.manifest({
      metadata: { name: `${name}-tested` },
      spec: { podSelector: { matchLabels: selector }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: labelsOf(target) } }], ports }] },
    }));
  }
}

function labelsOf(target: RolloutTarget): Record<string, string> {
  return { 'app.kubernetes.io/instance': nameOf(target) };
}

function nameOf({ name }: RolloutTarget): string {
  return `${name}-test`;
}

import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { RolloutTarget, ServiceTarget } from '../target';

/**
 * A Service in front of the pods of a target.
 *
 * @param name its name; that of the target for the one that others call
 */
export function service({ selector }: Pick<RolloutTarget, 'selector'>, { portName, port, labels }: ServiceTarget, name: string): ApiObjectProps {
  return k8s.KubeService.manifest({
    metadata: { name, ...(Object.keys(labels).length > 0 ? { labels: { ...labels } } : {}) },
    spec: {
      type: 'ClusterIP',
      selector: { ...selector },
      ports: [{ name: portName, port, targetPort: k8s.IntOrString.fromString(portName), protocol: 'TCP' }],
    },
  });
}

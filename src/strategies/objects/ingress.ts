import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { IngressController } from '../../environments';
import type { RolloutTarget, ServiceTarget } from '../target';

/**
 * The Ingress for the host names of a service.
 *
 * @param backend the Service that they lead to
 */
export function ingress(target: Pick<RolloutTarget, 'name'>, service: ServiceTarget, controller: IngressController, backend = target.name): ApiObjectProps {
  const { hosts, portName, tlsSecret } = service;
  return k8s.KubeIngress.manifest({
    metadata: { name: target.name, ...(controller.annotations ? { annotations: { ...controller.annotations } } : {}) },
    spec: {
      ingressClassName: controller.className,
      ...(tlsSecret === undefined ? {} : { tls: [{ hosts: [...hosts], secretName: tlsSecret }] }),
      rules: hosts.map(host => ({
        host,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: backend, port: { name: portName } } } }] },
      })),
    },
  });
}

import { k8s } from 'cdk8s-plus-28';
import type { IngressController } from '../../environments';
import { RESTRICTED } from '../defaults';
import type { ServicePlan, WorkloadPlan } from '../plan';
import { selector } from './labels';

/** The identity of a workload: its own, and without rights. */
export function serviceAccount(plan: WorkloadPlan) {
  return k8s.KubeServiceAccount.manifest({
    metadata: { name: plan.name },
    automountServiceAccountToken: RESTRICTED.automountServiceAccountToken,
  });
}

/** The name under which others reach a service. */
export function service(plan: WorkloadPlan, { portName, servicePort }: ServicePlan) {
  return k8s.KubeService.manifest({
    metadata: { name: plan.name },
    spec: {
      type: 'ClusterIP',
      selector: selector(plan.name),
      ports: [{ name: portName, port: servicePort, targetPort: k8s.IntOrString.fromString(portName), protocol: 'TCP' }],
    },
  });
}

/** The host name under which a service is reached from outside. */
export function ingress(plan: WorkloadPlan, { portName, tlsSecret }: ServicePlan, host: string, controller: IngressController) {
  return k8s.KubeIngress.manifest({
    metadata: { name: plan.name, ...(controller.annotations ? { annotations: { ...controller.annotations } } : {}) },
    spec: {
      ingressClassName: controller.className,
      ...(tlsSecret === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      rules: [{
        host,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: plan.name, port: { name: portName } } } }] },
      }],
    },
  });
}

/**
 * Every namespaced kind that the platform can make, for whoever permits kinds. A kind that occurs no longer must still be
 * permitted, else what was made of it is never removed: the last autoscaler of an environment would go on scaling.
 */
export const OWN_KINDS: ReadonlyArray<{ readonly group: string; readonly kind: string }> = [
  ...['ConfigMap', 'ResourceQuota', 'Service', 'ServiceAccount'].map(kind => ({ group: '', kind })),
  ...['Deployment', 'StatefulSet'].map(kind => ({ group: 'apps', kind })),
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'batch', kind: 'CronJob' },
  ...['Ingress', 'NetworkPolicy'].map(kind => ({ group: 'networking.k8s.io', kind })),
  { group: 'policy', kind: 'PodDisruptionBudget' },
  ...['AnalysisTemplate', 'Rollout'].map(kind => ({ group: 'argoproj.io', kind })),
  ...['Canary', 'MetricTemplate'].map(kind => ({ group: 'flagger.app', kind })),
  ...['GRPCRoute', 'HTTPRoute'].map(kind => ({ group: 'gateway.networking.k8s.io', kind })),
  { group: 'networking.istio.io', kind: 'VirtualService' },
  ...['IngressRoute', 'TraefikService'].map(kind => ({ group: 'traefik.io', kind })),
  { group: 'apisix.apache.org', kind: 'ApisixRoute' },
  { group: 'keda.sh', kind: 'ScaledObject' },
  ...['PodMonitor', 'ServiceMonitor'].map(kind => ({ group: 'monitoring.coreos.com', kind })),
];

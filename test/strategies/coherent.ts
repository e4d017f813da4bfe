/** What holds for the objects of a workload on any engine. */
export function expectCoherent(objects: any[], scenario: { readonly worker?: boolean }): void {
  const ofKind = (kind: string) => objects.filter(object => object.kind === kind);
  const [carrier, ...others] = objects.filter(object => ['Deployment', 'Rollout'].includes(object.kind));
  expect(others).toEqual([]);
  const labels = carrier.spec.template.metadata.labels;
  const selects = (selector: Record<string, string>) => expect(labels).toMatchObject(selector);
  selects(carrier.spec.selector.matchLabels);
  ofKind('PodDisruptionBudget').forEach(budget => selects(budget.spec.selector.matchLabels));
  // Tests that run as Jobs have policies of their own.
  ofKind('NetworkPolicy').filter(policy => policy.metadata.name === 'app').forEach(policy => selects(policy.spec.podSelector.matchLabels));
  ofKind('Service').forEach(each => {
    selects(each.spec.selector);
    const named = carrier.spec.template.spec.containers.flatMap((container: any) => container.ports ?? []).map((port: any) => port.name);
    each.spec.ports.forEach((port: any) => expect(named).toContain(port.targetPort));
  });
  // The name of a workload is the name that others call: made here, or by the controller.
  const canaries = ofKind('Canary');
  if (!scenario.worker) {
    expect([...ofKind('Service'), ...canaries].map(object => object.metadata.name)).toContain('app');
  }
  for (const autoscaler of ofKind('HorizontalPodAutoscaler')) {
    expect(autoscaler.spec.scaleTargetRef).toEqual({ apiVersion: carrier.apiVersion, kind: carrier.kind, name: carrier.metadata.name });
    expect(carrier.spec).not.toHaveProperty('replicas');
  }
  // The spread counts the pods of one revision alone, by the label of whoever makes them.
  const hash = carrier.kind === 'Rollout' ? 'rollouts-pod-template-hash' : 'pod-template-hash';
  carrier.spec.template.spec.topologySpreadConstraints.forEach((constraint: any) => expect(constraint.matchLabelKeys).toEqual([hash]));
  // Every backend of a route is a Service that stands here, or that Flagger makes.
  const services = [...ofKind('Service').map(each => each.metadata.name), ...canaries.flatMap(({ metadata: { name } }) => [name, `${name}-primary`, `${name}-canary`])];
  const backends = ofKind('HTTPRoute').concat(ofKind('GRPCRoute')).flatMap(route => route.spec.rules.flatMap((rule: any) => rule.backendRefs.map((ref: any) => ref.name)));
  backends.forEach(name => expect(services).toContain(name));
  // Templates that are referred to stand here.
  const text = JSON.stringify([...ofKind('Rollout'), ...canaries]);
  const templates = objects.filter(object => ['AnalysisTemplate', 'MetricTemplate'].includes(object.kind)).map(object => object.metadata.name);
  const referred = [...text.matchAll(/"(?:templateName":|templateRef":\{"name":)"([^"]+)"/g)].map(match => match[1]);
  expect([...new Set(referred)].sort()).toEqual(templates.sort());
  expect(new Set(objects.map(object => `${object.kind}/${object.metadata.name}`)).size).toBe(objects.length);
}

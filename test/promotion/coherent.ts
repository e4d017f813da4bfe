import { manifests } from '../support/model';
import { Platform } from 'cdk8s-fairway';

/** What an engine made, in its own construct. */
export function madeBy(platform: Platform): any[] {
  return manifests(platform.node.findChild('promotion'));
}

function byKind(objects: any[], kind: string): any[] {
  return objects.filter(object => object.kind === kind);
}

function names(objects: any[], kind: string): string[] {
  return byKind(objects, kind).map(object => object.metadata.name);
}

/** Every name that an object says is that of an object that is there, in the same namespace. */
export function expectCoherent(platform: Platform): void {
  const objects = madeBy(platform);
  const keys = objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace} ${metadata.name}`);
  expect(new Set(keys).size).toBe(keys.length);
  expectKargo(platform, objects);
  expectPromoter(platform, objects);
  expectFlux(objects);
}

function expectKargo(platform: Platform, objects: any[]): void {
  const stages = byKind(objects, 'Stage');
  const tasks = byKind(objects, 'PromotionTask');
  const warehouses = names(objects, 'Warehouse');
  const [project] = names(objects, 'Project');
  const requests = (stage: any) => stage.spec.requestedFreight.map((request: any) => request.origin.name);
  for (const stage of stages) {
    expect(stage.metadata.namespace).toBe(project);
    for (const { origin, sources } of stage.spec.requestedFreight) {
      expect(warehouses).toContain(origin.name);
      expect(sources.direct === true).toBe(sources.stages === undefined);
      for (const source of sources.stages ?? []) {
        // Freight that nobody before takes never arrives.
        expect(requests(stages.find(other => other.metadata.name === source))).toContain(origin.name);
      }
      expect(sources.availabilityStrategy).toBe((sources.stages ?? []).length > 1 ? 'All' : undefined);
    }
    for (const { task, vars } of stage.spec.promotionTemplate.spec.steps) {
      const wanted = tasks.find(other => other.metadata.name === task.name).spec.vars.map((variable: any) => variable.name);
      expect(vars.map((variable: any) => variable.name).sort()).toEqual([...wanted].sort());
      expect(vars.every((variable: any) => variable.value !== '')).toBe(true);
    }
  }
  for (const task of tasks) {
    const aliases = task.spec.steps.map((step: any) => step.as);
    const text = JSON.stringify(task.spec.steps);
    for (const [, alias] of text.matchAll(/task\.outputs\.(\w+)|status\(\\"(\w+)\\"\)/g)) {
      expect(aliases).toContain(alias ?? 'open');
    }
    const known = task.spec.vars.map((variable: any) => variable.name);
    [...text.matchAll(/vars\.(\w+)/g)].forEach(([, name]) => expect(known).toContain(name));
  }
  for (const { spec: { promotionPolicies } } of byKind(objects, 'ProjectConfig')) {
    promotionPolicies.forEach((policy: any) => expect(names(objects, 'Stage')).toContain(policy.stageSelector.name));
  }
  if (stages.length > 0) {
    for (const application of manifests(platform, 'Application').filter(each => each.metadata.labels['cdk8s-fairway/workload'])) {
      const environment = application.metadata.labels['cdk8s-fairway/environment'];
      expect(application.metadata.labels['app.kubernetes.io/part-of']).toBe(platform.name);
      expect(application.metadata.annotations['kargo.akuity.io/authorized-stage']).toBe(`${project}:${environment}`);
    }
  }
}

function expectPromoter(platform: Platform, objects: any[]): void {
  for (const strategy of byKind(objects, 'PromotionStrategy')) {
    expect(names(objects, 'GitRepository')).toContain(strategy.spec.gitRepositoryRef.name);
    const branches = strategy.spec.environments.map((environment: any) => environment.branch);
    const gates = objects.filter(object => /CommitStatus$/.test(object.kind));
    const asked = strategy.spec.environments.flatMap((environment: any) =>
      [...environment.activeCommitStatuses ?? [], ...environment.proposedCommitStatuses ?? []]
        .map(({ key }: any) => ({ key, branch: environment.branch })));
    for (const { key, branch } of asked) {
      const gate = gates.find(({ spec }) => spec.key === key);
      expect(gate.spec.promotionStrategyRef.name).toBe(strategy.metadata.name);
      if (gate.kind === 'ArgoCDCommitStatus') {
        const { matchLabels, matchExpressions: [{ values }] } = gate.spec.applicationSelector;
        const selected = manifests(platform, 'Application').filter(({ metadata: { labels } }) =>
          labels['app.kubernetes.io/part-of'] === matchLabels['app.kubernetes.io/part-of'] && values.includes(labels['cdk8s-fairway/environment']));
        expect(selected.map(({ spec }) => spec.source.targetRevision)).toContain(branch);
        expect(new Set(selected.map(({ spec }) => spec.source.repoURL)).size).toBe(1);
      } else {
        expect(gate.spec.environments.map((environment: any) => environment.branch)).toContain(branch);
      }
    }
    gates.forEach(gate => expect(asked.map(({ key }: any) => key)).toContain(gate.spec.key));
    gates.flatMap(gate => gate.spec.environments ?? []).forEach((environment: any) => expect(branches).toContain(environment.branch));
    strategy.spec.environments.forEach((environment: any) => expect(typeof environment.autoMerge).toBe('boolean'));
  }
  byKind(objects, 'GitRepository').forEach(({ spec }) => expect(names(objects, 'ScmProvider')).toContain(spec.scmProviderRef.name));
}

function expectFlux(objects: any[]): void {
  for (const policy of byKind(objects, 'ImagePolicy')) {
    expect(names(objects, 'ImageRepository')).toContain(policy.spec.imageRepositoryRef.name);
    expect(['Always', 'IfNotPresent']).toContain(policy.spec.digestReflectionPolicy);
    const following = byKind(objects, 'ImageUpdateAutomation').filter(({ spec }) =>
      Object.entries(spec.policySelector.matchLabels).every(([key, value]) => policy.metadata.labels[key] === value));
    expect(following).toHaveLength(1);
    expect(following[0].metadata.namespace).toBe(policy.metadata.namespace);
  }
}

import { environment, image, manifests, service, worker, DIGEST, REPOSITORY } from '../support/model';
import { newPlatform } from '../support/platform';
import { ConfigFiles, Egress, Environment, GitOpsEngine, Platform, Probe, Replicas, ScheduledTask, SecretFiles, StatefulService, Volume } from 'cdk8s-fairway';

/*
 * The rules that scanners check on generated Kubernetes, and what must hold for each of them.
 * CKV: checkov, KSV: Trivy, KS: kube-score, KL: kube-linter, PO: Polaris, C: Kubescape.
 */

interface Case {
  readonly environment: Environment;
  readonly all: any[];
  /** The pods with the objects of their workload. */
  readonly workloads: Array<{ pod: any; container: any; deployment: any; of: (kind: string) => any[] }>;
}

function aPlatform(kubernetesVersion: string): Case {
  const platform: Platform = newPlatform(undefined, { repository: REPOSITORY, gitops: GitOpsEngine.argoCd() });
  const prod = environment(platform, 'prod', { kubernetesVersion, ingress: { className: 'nginx', namespace: 'ingress-nginx' } });
  service(platform, 'web', { host: 'shop.example.com', dependsOn: ['api'], replicas: Replicas.between(2, 5, { memoryUtilization: 80 }), writablePaths: { '/cache': '1Gi' } });
  service(platform, 'api', { env: { LOG_LEVEL: 'info', DATABASE_PASSWORD_FILE: '/run/secrets/db' }, egress: [Egress.cidr('10.0.0.0/8', 5432)] });
  worker(platform, 'job', { dependsOn: ['api'] });
  platform.lower();
  const workloads = ['web', 'api', 'job'].map(name => {
    const of = (kind: string) => manifests(prod.node.findChild(name), kind);
    const [deployment] = of('Deployment');
    return { of, deployment, pod: deployment.spec.template, container: deployment.spec.template.spec.containers[0] };
  });
  return { environment: prod, all: manifests(prod), workloads };
}

const RULES: Array<[rule: string, check: (c: Case) => void]> = [
  ['CKV_K8S_40, KSV-0020, KSV-0021, KS: user and group above 10000, at pod and container', ({ workloads }) => {
    for (const { pod, container } of workloads) {
      for (const context of [pod.spec.securityContext, container.securityContext]) {
        expect(context).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532 });
      }
    }
  }],
  ['CKV_K8S_28, CKV_K8S_37, KSV-0003, KSV-0106, PO: all capabilities dropped, none added', ({ workloads }) => {
    expect(workloads.map(w => w.container.securityContext.capabilities)).toEqual(workloads.map(() => ({ drop: ['ALL'] })));
  }],
  ['CKV_K8S_20, KSV-0001: no privileges, no escalation, no host namespaces', ({ workloads }) => {
    for (const { pod, container } of workloads) {
      expect(container.securityContext).toMatchObject({ privileged: false, allowPrivilegeEscalation: false });
      expect(Object.keys(pod.spec).filter(key => key.startsWith('host'))).toEqual([]);
      expect(pod.spec.volumes.flatMap((v: any) => Object.keys(v)).filter((k: string) => k === 'hostPath')).toEqual([]);
    }
  }],
  ['CKV_K8S_31, KSV-0030, KSV-0104, C-0055: seccomp RuntimeDefault, at pod and container', ({ workloads }) => {
    for (const { pod, container } of workloads) {
      expect([pod.spec.securityContext.seccompProfile, container.securityContext.seccompProfile]).toEqual([{ type: 'RuntimeDefault' }, { type: 'RuntimeDefault' }]);
    }
  }],
  ['CKV_K8S_22, KSV-0014, KS, C-0017: a read-only root, and a sized folder for what is written', ({ workloads }) => {
    for (const { pod, container } of workloads) {
      expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
      expect(container.volumeMounts.map((m: any) => m.mountPath)).toContain('/tmp');
      expect(pod.spec.volumes.map((v: any) => v.emptyDir.sizeLimit)).toEqual(pod.spec.volumes.map(() => expect.stringMatching(/^\d+(Mi|Gi)$/)));
      expect(container.volumeMounts.map((m: any) => m.name)).toEqual(pod.spec.volumes.map((v: any) => v.name));
    }
  }],
  ['KS, CKV_K8S_10 to 13, KSV-0011, 0015, 0016, 0018, PO, C-0270: requests and limits of CPU, memory and disk', ({ workloads }) => {
    for (const { container } of workloads) {
      expect(Object.keys(container.resources.requests).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
      expect(Object.keys(container.resources.limits).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    }
  }],
  ['KS, PO pullPolicyNotAlways: pulled on every start, also with a digest', ({ workloads }) => {
    expect(workloads.map(w => w.container.imagePullPolicy)).toEqual(['Always', 'Always', 'Always']);
  }],
  ['PO tagNotSpecified, KL latest-tag, CKV_K8S_43: tag and digest', ({ workloads }) => {
    expect(workloads.map(w => w.container.image)).toEqual(workloads.map(() => image().reference));
    expect(image().reference).toBe(`ghcr.io/acme/app:1.4.2@${DIGEST}`);
  }],
  ['CKV_K8S_35, PO, KL, C-0012: no secrets in the environment', ({ all, workloads }) => {
    expect(all.filter(o => o.kind === 'ConfigMap' || o.kind === 'Secret')).toEqual([]);
    for (const { container } of workloads) {
      expect(container.envFrom).toBeUndefined();
      expect((container.env ?? []).filter((e: any) => e.valueFrom !== undefined)).toEqual([]);
    }
  }],
  ['CKV_K8S_38, CKV_K8S_41, KSV-0036, C-0034, KL: an account of its own, without a token, at account and pod', ({ workloads }) => {
    for (const { pod, deployment, of } of workloads) {
      expect(of('ServiceAccount').map(a => [a.metadata.name, a.automountServiceAccountToken])).toEqual([[deployment.metadata.name, false]]);
      const expected = { serviceAccountName: deployment.metadata.name, automountServiceAccountToken: false, enableServiceLinks: false };
      expect(pod.spec).toMatchObject(expected);
    }
  }],
  ['KL no-anti-affinity, KS: anti-affinity by host', ({ workloads }) => {
    for (const { pod } of workloads) {
      const [{ podAffinityTerm }] = pod.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
      expect(podAffinityTerm.topologyKey).toBe('kubernetes.io/hostname');
      expectSelects(podAffinityTerm.labelSelector, pod);
    }
  }],
  ['PO topologySpreadConstraint: spread over hosts and zones', ({ workloads }) => {
    for (const { pod } of workloads) {
      expect(pod.spec.topologySpreadConstraints.map((c: any) => c.topologyKey)).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
      pod.spec.topologySpreadConstraints.forEach((c: any) => expectSelects(c.labelSelector, pod));
    }
  }],
  ['PO priorityClassNotSet: a priority that exists', ({ all, workloads }) => {
    const classes = all.filter(o => o.kind === 'PriorityClass').map(o => o.metadata.name);
    expect(classes).toHaveLength(1);
    expect(workloads.map(w => w.pod.spec.priorityClassName)).toEqual(workloads.map(() => classes[0]));
  }],
  ['PO metadataAndInstanceMismatched: the instance is the name', ({ workloads }) => {
    for (const { of } of workloads) {
      for (const { metadata } of ['Deployment', 'Service', 'ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress'].flatMap(of)) {
        expect(metadata.labels['app.kubernetes.io/instance']).toBe(metadata.name);
      }
    }
  }],
  ['PO missingNetworkPolicy, CKV2_K8S_6: a policy of its own, by exactly one label, for both directions, with egress', ({ workloads }) => {
    for (const { pod, of } of workloads) {
      const policies = of('NetworkPolicy');
      expect(policies).toHaveLength(1);
      expect(Object.keys(policies[0].spec.podSelector.matchLabels)).toHaveLength(1);
      expectSelects(policies[0].spec.podSelector, pod);
      expect(policies[0].spec.policyTypes).toEqual(['Ingress', 'Egress']);
      expect(policies[0].spec.egress.length).toBeGreaterThan(0);
      // A rule without peers or ports would be one for everybody.
      for (const rule of [...policies[0].spec.egress, ...policies[0].spec.ingress ?? []]) {
        expect((rule.to ?? rule.from).length).toBeGreaterThan(0);
        expect(rule.ports.length).toBeGreaterThan(0);
      }
    }
  }],
  ['C-0030, C-0054: each namespace denies by default', ({ all }) => {
    const denied = all.filter(o => o.kind === 'NetworkPolicy' && Object.keys(o.spec.podSelector).length === 0);
    expect(denied.map(o => [o.metadata.namespace, o.spec.ingress, o.spec.egress])).toEqual([['acme-prod', undefined, undefined]]);
    expect(denied[0].spec.policyTypes).toEqual(['Ingress', 'Egress']);
  }],
  ['KS, KL pdb: a budget that no drain waits for in vain, from two replicas', ({ workloads }) => {
    for (const { pod, of } of workloads) {
      const [budget] = of('PodDisruptionBudget');
      expect(budget.spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
      expect(budget.spec.minAvailable).toBeUndefined();
      expectSelects(budget.spec.selector, pod);
    }
  }],
  ['KS pod-probes-identical, CKV_K8S_8, CKV_K8S_9: readiness, liveness and start-up, and liveness another one', ({ workloads }) => {
    for (const { container } of workloads.slice(0, 2)) {
      expect(container.readinessProbe.httpGet).toBeDefined();
      expect(container.livenessProbe.tcpSocket).toBeDefined();
      expect(container.startupProbe.httpGet).toEqual(container.readinessProbe.httpGet);
    }
  }],
  ['KS HPA, PO: no replicas beside an autoscaler, from two, maximum above minimum', ({ workloads: [web, api, job] }) => {
    expect(web.of('HorizontalPodAutoscaler')[0].spec).toMatchObject({ minReplicas: 2, maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } });
    expect(Object.keys(web.deployment.spec)).not.toContain('replicas');
    expect([api.deployment.spec.replicas, job.deployment.spec.replicas]).toEqual([2, 2]);
  }],
  ['CKV_K8S_21, KSV-0110: every object that can be is in a namespace, and not in the default one', ({ all }) => {
    const without = all.filter(o => o.metadata.namespace === undefined).map(o => o.kind);
    expect(without.sort()).toEqual(['Namespace', 'PriorityClass']);
    expect(all.filter(o => o.metadata.namespace === 'default')).toEqual([]);
  }],
  ['Pod Security Standards: namespaces enforce "restricted", pinned to the version of the cluster', ({ all, environment: { cluster } }) => {
    const [namespace] = all.filter(o => o.kind === 'Namespace');
    expect(namespace.metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(namespace.metadata.labels['pod-security.kubernetes.io/enforce-version']).toBe(`v${cluster.kubernetesVersion}`);
  }],
];

/* The same for pods of every kind and for every container in them. */

interface EveryPod {
  readonly kind: string;
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly spec: any;
  readonly all: any[];
}

function everyPod(kubernetesVersion: string): EveryPod[] {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', { kubernetesVersion, gateway: { name: 'public', namespace: 'gateways' }, quota: { cpu: '50', memory: '50Gi', pods: 50 } });
  const more = {
    config: { '/etc/app': ConfigFiles.of({ 'app.yaml': 'a: 1' }) },
    secrets: { '/run/secrets/db': SecretFiles.of('db') },
    volumes: { '/spool': Volume.folder('1Mi'), '/mem': Volume.memory('1Mi'), '/token': Volume.serviceAccountToken('vault') },
    initContainers: [{ name: 'init', image: image(), secrets: { '/run/secrets/db': SecretFiles.of('db') } }],
    metrics: { port: 9090 },
  };
  const sidecars = [{ name: 'side', image: image(), port: 2020, readiness: Probe.tcp() }];
  service(platform, 'web', { ...more, sidecars, host: 'shop.example.com' });
  worker(platform, 'job', { ...more, sidecars });
  new StatefulService(platform, 'db', { ...more, sidecars, image: image(), port: 5432, readiness: Probe.grpc(), storage: { '/data': { size: '1Gi' } } });
  new ScheduledTask(platform, 'task', { ...more, image: image(), schedule: '@daily', sidecars: kubernetesVersion === '1.28' ? [] : sidecars });
  expect(platform.check()).toEqual([]);
  const all = manifests(prod);
  return all.filter(o => ['Deployment', 'StatefulSet', 'CronJob'].includes(o.kind)).map(({ kind, metadata, spec }) => {
    const template = (spec.jobTemplate?.spec ?? spec).template;
    return { kind, name: metadata.name, labels: template.metadata.labels, spec: template.spec, all };
  });
}

describe.each(['1.28', '1.34'])('every container of every pod, Kubernetes %s', version => {
  const pods = everyPod(version);

  test('pods of each kind are there', () => {
    expect(pods.map(p => p.kind).sort()).toEqual(['CronJob', 'Deployment', 'Deployment', 'StatefulSet']);
    expect(pods.map(p => [...p.spec.containers, ...p.spec.initContainers].length).sort()).toEqual(version === '1.28' ? [2, 3, 3, 3] : [3, 3, 3, 3]);
  });

  test.each(pods.map(p => [`${p.kind} ${p.name}`, p] as const))('%s', (_, { name, kind, labels, spec, all }) => {
    for (const each of [...spec.containers, ...spec.initContainers]) {
      expect(each.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(Object.keys(each.resources.requests).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
      expect(Object.keys(each.resources.limits).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
      expect(each).toMatchObject({ imagePullPolicy: 'Always', image: image().reference });
      expect(each.volumeMounts.map((m: any) => m.mountPath)).toContain('/tmp');
      expect(each.volumeMounts.filter((m: any) => !spec.volumes.some((v: any) => v.name === m.name)).map((m: any) => m.mountPath)).toEqual(kind === 'StatefulSet' && each.name === name ? ['/data'] : []);
      expect((each.env ?? []).filter((e: any) => e.valueFrom)).toEqual([]);
    }
    expect(spec).toMatchObject({
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
    expect(spec.topologySpreadConstraints).toHaveLength(2);
    expect(all.filter(o => o.kind === 'PriorityClass').map(o => o.metadata.name)).toContain(spec.priorityClassName);
    expect(spec.volumes.filter((v: any) => v.hostPath)).toEqual([]);
    expect(all.filter(o => o.kind === 'ServiceAccount' && o.metadata.name === name && o.automountServiceAccountToken === false)).toHaveLength(1);
    const [policy] = all.filter(o => o.kind === 'NetworkPolicy' && o.metadata.name === name);
    expect(Object.entries(policy.spec.podSelector.matchLabels)).toEqual([['app.kubernetes.io/instance', labels['app.kubernetes.io/instance']]]);
    expect(all.filter(o => o.kind === 'PodDisruptionBudget' && o.metadata.name === name)).toHaveLength(kind === 'CronJob' ? 0 : 1);
  });
});

describe.each(['1.28', '1.34'])('Kubernetes %s', version => {
  const lowered = aPlatform(version);
  test.each(RULES)('%s', (_, check) => check(lowered));
});

function expectSelects(selector: any, pod: any): void {
  expect(Object.keys(selector)).toEqual(['matchLabels']);
  expect(pod.metadata.labels).toMatchObject(selector.matchLabels);
}

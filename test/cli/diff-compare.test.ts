import { stringify } from 'yaml';
import { compareEnvironments, ManifestFile } from '../../src/cli/diff/compare';
import { groupsOf } from '../../src/cli/diff/lines';
import type { Difference, EnvironmentComparison } from '../../src/cli/diff/model';
import { Names } from '../../src/cli/diff/names';
import { openings } from '../../src/cli/diff/policy';
import { renderJson } from '../../src/cli/diff/render-json';
import { renderMarkdown } from '../../src/cli/diff/render-markdown';
import { renderText } from '../../src/cli/diff/render-text';
import { sameButForNames } from '../../src/cli/diff/shortcut';
import { fullPathText } from '../../src/cli/diff/values';

/* Which objects of two environments are the same, what their differences are about, and which of them are expected. */

type Json = Record<string, any>;

function file(environment: string, object: Json, workload: string | undefined): ManifestFile {
  return { path: `dist/${environment}/${workload ?? 'namespaces'}/${object.kind}.${object.metadata?.name}.k8s.yaml`, text: stringify(object), workload };
}

/** Compares objects of one workload, or of the environments. */
function compared(before: Json[], after: Json[], { all = false, shared = [[], []] as Json[][] } = {}): EnvironmentComparison {
  const files = (environment: string, own: Json[], others: Json[]) => [
    ...own.map(object => file(environment, object, 'web')), ...others.map(object => file(environment, object, undefined)),
  ];
  return compareEnvironments({ platform: 'shop', from: { name: 'dev', files: files('dev', before, shared[0]) }, to: { name: 'prod', files: files('prod', after, shared[1]) }, all });
}

/** `area: path`, with what needs a look, of each difference. */
function told({ workloads: [section] }: EnvironmentComparison): string[] {
  return section.differences.map(({ area, change, attention }: Difference) => `${area}: ${fullPathText(change.path)}${attention === undefined ? '' : ` ! ${attention}`}`);
}

function lines({ workloads: [section] }: EnvironmentComparison): string[] {
  return groupsOf(section).flatMap(({ area, lines: inArea }) => inArea.map(line => `${area} ${line.sign} ${line.text}`));
}

const deployment = (pod: Json = {}, spec: Json = {}, container: Json = {}): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop-dev' },
  spec: { ...spec, template: { spec: { containers: [{ name: 'web', image: 'acme/web:1', ...container }], ...pod } } },
});
const inProd = (object: Json): Json => ({ ...object, metadata: { ...object.metadata, namespace: 'shop-prod' } });

describe('what a difference is about', () => {
  test.each<[string, Json, Json, string[]]>([
    ['another image', deployment(), deployment({}, {}, { image: 'acme/web:2' }), ['release: spec.template.spec.containers[web].image']],
    ['the image of an environment is another image', deployment({}, {}, { image: 'acme/web:dev' }), deployment({}, {}, { image: 'acme/web:prod' }), ['release: spec.template.spec.containers[web].image']],
    ['replicas', deployment({}, { replicas: 1 }), deployment({}, { replicas: 3 }), ['scaling: spec.replicas']],
    ['the batches of a rolling update', deployment({}, { strategy: { rollingUpdate: { maxSurge: 1 } } }), deployment({}, { strategy: { rollingUpdate: { maxSurge: 2 } } }), ['strategy: spec.strategy.rollingUpdate.maxSurge']],
    ['resources', deployment({}, {}, { resources: { limits: { cpu: '1' } } }), deployment({}, {}, { resources: { limits: { cpu: '2' } } }), ['resources: spec.template.spec.containers[web].resources.limits.cpu']],
    ['a variable', deployment({}, {}, { env: [{ name: 'A', value: '1' }] }), deployment({}, {}, { env: [{ name: 'A', value: '2' }] }), ['configuration: spec.template.spec.containers[web].env[A].value']],
    ['a volume', deployment(), deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] }), ['storage: spec.template.spec.volumes']],
    ['an account', deployment({ serviceAccountName: 'a' }), deployment({ serviceAccountName: 'b' }), ['security: spec.template.spec.serviceAccountName ! security setting']],
    ['privileges', deployment({}, {}, { securityContext: { privileged: false } }), deployment({}, {}, { securityContext: { privileged: true } }), ['security: spec.template.spec.containers[web].securityContext.privileged ! privileged']],
    ['stricter privileges', deployment({}, {}, { securityContext: { privileged: true } }), deployment({}, {}, { securityContext: { privileged: false } }), ['security: spec.template.spec.containers[web].securityContext.privileged ! security setting']],
    ['no securityContext', deployment({ securityContext: {} }), deployment(), ['security: spec.template.spec.securityContext ! security setting']],
    ['a folder of the host', deployment({ volumes: [{ name: 'a', hostPath: { path: '/dev' } }] }), deployment({ volumes: [{ name: 'a', hostPath: { path: '/prod' } }] }), ['security: spec.template.spec.volumes[a].hostPath.path ! security setting']],
    ['a volume with a folder of the host', deployment({ volumes: [] }), deployment({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }), ['storage: spec.template.spec.volumes[a] ! mounts a folder of its host']],
    ['a container that is privileged', deployment(), deployment({ initContainers: [{ name: 'a', securityContext: { privileged: true } }] }), ['other: spec.template.spec.initContainers ! privileged']],
    ['the network of the host', deployment(), deployment({ hostNetwork: true }), ['security: spec.template.spec.hostNetwork ! shares with its host']],
    ['a probe', deployment({}, {}, { readinessProbe: { periodSeconds: 1 } }), deployment({}, {}, { readinessProbe: { periodSeconds: 2 } }), ['other: spec.template.spec.containers[web].readinessProbe.periodSeconds']],
    ['a claim', { kind: 'StatefulSet', metadata: { name: 'web' }, spec: { volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { size: 1 } }] } },
      { kind: 'StatefulSet', metadata: { name: 'web' }, spec: { volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { size: 2 } }] } }, ['storage: spec.volumeClaimTemplates[d].spec.size']],
    ['a Service for everybody', { kind: 'Service', metadata: { name: 'web' }, spec: { type: 'ClusterIP' } }, { kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer' } }, ['network: spec.type ! can be reached from outside']],
    ['a role', { kind: 'Role', metadata: { name: 'web' }, rules: [] }, { kind: 'Role', metadata: { name: 'web' }, rules: [{ verbs: ['*'] }] }, ['security: rules[0] ! changes rights']],
    ['a task', { kind: 'CronJob', metadata: { name: 'web' }, spec: { schedule: '1', jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'x:1' }] } } } } } },
      { kind: 'CronJob', metadata: { name: 'web' }, spec: { schedule: '2', jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'x:2' }] } } } } } },
      ['release: spec.jobTemplate.spec.template.spec.containers[a].image', 'other: spec.schedule']],
  ])('%s', (_, before, after, expected) => expect(told(compared([before], [after]))).toEqual(expected));
});

describe('what is expected', () => {
  test.each<[string, Json, Json, number]>([
    ['the namespace', deployment(), inProd(deployment()), 1],
    ['a host with the name of the environment', deployment({}, {}, { env: [{ name: 'A', value: 'a.dev.example.com' }] }), deployment({}, {}, { env: [{ name: 'A', value: 'a.prod.example.com' }] }), 1],
    ['the label with the version of the image',
      { ...deployment({}, {}, { image: 'a:1' }), metadata: { name: 'web', labels: { 'app.kubernetes.io/version': '1' } } },
      { ...deployment({}, {}, { image: 'a:2' }), metadata: { name: 'web', labels: { 'app.kubernetes.io/version': '2' } } }, 1],
    ['nothing', deployment(), deployment(), 0],
  ])('%s', (_, before, after, count) => {
    const { workloads: [section] } = compared([before], [after], { all: true });
    expect([section.expectedCount, section.expected.length]).toEqual([count, count]);
    expect(section.differences.filter(d => d.area !== 'release')).toEqual([]);
  });

  test('a label with a version is not, without another image', () => {
    const labelled = (version: string) => ({ ...deployment(), metadata: { name: 'web', labels: { 'app.kubernetes.io/version': version } } });
    expect(told(compared([labelled('1')], [labelled('2')]))).toEqual(['release: metadata.labels["app.kubernetes.io/version"]']);
  });

  test('namespaces of any name, priorities, and what refers to them', () => {
    const shared = (environment: string, namespace: string, value: number, version: string) => [
      { kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce-version': version } } },
      { kind: 'PriorityClass', metadata: { name: `shop-${environment}-${value}` }, value, description: `The workloads of shop in ${environment}.` },
    ];
    const own = (namespace: string, priority: string, lifecycle: Json) => [
      { ...deployment({ priorityClassName: priority }, {}, { lifecycle }), metadata: { name: 'web', namespace } },
    ];
    const comparison = compared(own('playground', 'shop-dev-100', { preStop: { exec: { command: ['sleep'] } } }), own('live', 'shop-prod-300', { preStop: { sleep: { seconds: 1 } } }),
      { shared: [shared('dev', 'playground', 100, 'v1.28'), shared('prod', 'live', 300, 'v1.34')] });
    expect(told(comparison)).toEqual([]);
    expect(comparison.environment).toMatchObject({ differences: [], expectedCount: 5 });
  });

  test('another level of pod security is not', () => {
    const namespace = (name: string, level: string) => ({ kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } } });
    const { environment } = compared([], [], { shared: [[namespace('shop-dev', 'restricted')], [namespace('shop-prod', 'privileged')]] });
    expect(environment!.differences.map(d => [d.area, d.attention, d.change.after])).toEqual([['security', 'security setting', 'privileged']]);
  });
});

describe('which objects are the same', () => {
  const config = (name: string, text: string, key = 'app.yaml') => ({ kind: 'ConfigMap', metadata: { name }, data: { [key]: text } });

  test('a ConfigMap with another hash is compared by its content, and what refers to it is expected', () => {
    const mounting = (name: string) => deployment({ volumes: [{ name: 'c', configMap: { name } }] });
    const comparison = compared([config('web-0123456789', 'a: 1\nb: 2\n'), mounting('web-0123456789')], [config('web-abcdef0123', 'a: 1\nb: 3\n'), mounting('web-abcdef0123')], { all: true });
    expect(told(comparison)).toEqual(['configuration: data["app.yaml"]']);
    expect(comparison.workloads[0].expected.map(d => fullPathText(d.change.path))).toEqual(['metadata.name', 'spec.template.spec.volumes[c].configMap.name']);
    expect(renderText(comparison, false)).toContain('    ~ ConfigMap web-abcdef0123 data["app.yaml"]\n        - b: 2\n        + b: 3\n');
  });

  test('of several, the one with the same files', () => {
    const comparison = compared([config('web-0000000001', 'x', 'x'), config('web-0000000002', 'y', 'y')], [config('web-0000000003', 'y2', 'y'), config('web-0000000004', 'x2', 'x')]);
    expect(told(comparison).sort()).toEqual(['configuration: data.x', 'configuration: data.y']);
  });

  test('a name with that of the environment, and another version of the API', () => {
    const scaler = (name: string, version: string) => ({ apiVersion: `autoscaling/${version}`, kind: 'HorizontalPodAutoscaler', metadata: { name } });
    expect(told(compared([scaler('web-dev', 'v1')], [scaler('web-prod', 'v2')]))).toEqual(['scaling: apiVersion']);
  });

  test('whatever runs the pods', () => {
    const rollout = { ...deployment({}, { strategy: { canary: { steps: [{ setWeight: 5 }], canaryService: 'web-canary' } } }), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
    const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } });
    const scaler = { kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { minReplicas: 3, maxReplicas: 12 } };
    const comparison = compared([deployment({}, { replicas: 2, strategy: { type: 'Recreate' } }), service('web')], [rollout, service('web'), service('web-canary'), scaler]);
    expect(lines(comparison)).toEqual(['strategy ~ Deployment, recreated → Rollout, canary by replicas', 'strategy + Service web-canary', 'scaling ~ replicas 2 → 3 to 12']);
  });

  test('an autoscaler of KEDA', () => {
    const keda = (spec: Json) => ({ kind: 'ScaledObject', metadata: { name: 'web' }, spec });
    expect(lines(compared([deployment(), keda({ maxReplicaCount: 5 })], [deployment(), keda({ minReplicaCount: 2, maxReplicaCount: 5 })])))
      .toEqual(['scaling ~ replicas 0 to 5 → 2 to 5']);
  });

  test('what only one side has', () => {
    const { workloads } = compareEnvironments({
      platform: 'shop',
      from: { name: 'dev', files: [file('dev', deployment(), 'a'), file('dev', deployment(), 'b')] },
      to: { name: 'prod', files: [file('prod', deployment(), 'b'), file('prod', deployment(), 'c')] },
    });
    expect(workloads.map(section => [section.workload, section.isIn])).toEqual([['a', 'from'], ['b', 'both'], ['c', 'to']]);
  });

  test('files that hold no object, lists, and what cannot be read', () => {
    const of = (texts: string[]) => ({ files: texts.map((text, i) => ({ path: `x/${i}.${i === 0 ? 'txt' : 'yaml'}`, text, workload: 'web' })) });
    const items = (weight: number) => stringify({ kind: 'List', items: [{ kind: 'A', metadata: { name: 'a' }, weight }] });
    const comparison = compareEnvironments({
      platform: 'shop',
      from: { name: 'dev', ...of(['one\n', items(1), 'a: [', '- 1\n- 2', 'x: 1\n---\n\n']) },
      to: { name: 'prod', ...of(['two\n', items(2), 'a: [[', '- 1\n- 3', 'x: 2\n---\n\n']) },
    });
    expect(lines(comparison).map(line => line.replace(/: .*/, ''))).toEqual([
      'other ~ file x/0.txt content', 'other ~ file x/2.yaml content', 'other ~ file x/3.yaml content[1]', 'other ~ file x/4.yaml x', 'other ~ A a weight',
    ]);
  });
});

describe('secrets', () => {
  const secret = (data: Json, annotations: Json = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web', annotations }, type: 'Opaque', ...data });

  test('are never printed, in no format', () => {
    const before = [secret({ data: { a: 'c2VjcmV0MQ==', same: 'c2VjcmV0Mg==' }, stringData: { b: 'secret3' } }, { last: 'secret4' }), deployment({}, {}, { env: [{ name: 'DB_PASSWORD', value: 'secret5' }, { name: 'API_KEY', value: 'secret6' }] })];
    const after = [secret({ data: { a: 'c2VjcmV0Nw==', same: 'c2VjcmV0Mg==', n: 'c2VjcmV0OA==' }, stringData: 'secret9' }, { last: 'secret0' }),
      deployment({ initContainers: [{ name: 'i', env: [{ name: 'TOKEN', value: 'secretA' }] }] }, {}, { env: [{ name: 'DB_PASSWORD', value: 'secretB' }, { name: 'X_TOKEN', value: 'secretC' }] })];
    const comparison = compared(before, after, { all: true });
    expect(told(comparison)).toEqual(expect.arrayContaining(['configuration: data.a', 'configuration: data.n', 'configuration: spec.template.spec.containers[web].env[DB_PASSWORD].value']));
    expect(told(comparison).join()).not.toContain('same');
    for (const text of [renderText(comparison, false), renderMarkdown(comparison), renderJson(comparison)]) {
      expect(text).toContain('(hidden)');
      expect(text).not.toMatch(/secret[0-9A-C]|c2VjcmV0/);
    }
  });

  test('that only one side has say their name', () => {
    const comparison = compared([deployment()], [deployment(), secret({ data: { a: 'c2VjcmV0MQ==' } })]);
    expect(lines(comparison)).toEqual(['configuration + Secret']);
    expect(renderJson(comparison)).not.toContain('c2VjcmV0');
  });

  test('a path to one is no secret', () => {
    const at = (value: string) => deployment({}, {}, { env: [{ name: 'DB_PASSWORD_FILE', value }] });
    expect(lines(compared([at('/a')], [at('/b')]))).toEqual(['configuration ~ Deployment containers[web].env[DB_PASSWORD_FILE].value: /a → /b']);
  });
});

describe('a policy that lets more through', () => {
  const policy = (spec: Json, name = 'web') => ({ kind: 'NetworkPolicy', metadata: { name }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec } });
  const pod = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
  const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { name } } });
  const names = Names.of('dev', 'prod');
  const [more, open] = [['more ingress is allowed'], ['ingress is no longer restricted']];

  test.each<[string, Json, Json, string[]]>([
    ['the same', { ingress: [{ from: [pod('a')] }] }, { ingress: [{ from: [pod('a')] }] }, []],
    ['a peer less', { ingress: [{ from: [pod('a'), pod('b')] }] }, { ingress: [{ from: [pod('a')] }] }, []],
    ['a peer more', { ingress: [{ from: [pod('a')] }] }, { ingress: [{ from: [pod('a'), pod('b')] }] }, more],
    ['the last peer less, which is everybody', { ingress: [{ from: [pod('a')] }] }, { ingress: [{ from: [] }] }, more],
    ['no peers any more, which is everybody', { ingress: [{ from: [pod('a')], ports: [{ port: 1 }] }] }, { ingress: [{ ports: [{ port: 1 }] }] }, more],
    ['peers at last', { ingress: [{}] }, { ingress: [{ from: [pod('a')] }] }, []],
    ['a port more', { ingress: [{ ports: [{ port: 1 }] }] }, { ingress: [{ ports: [{ port: 1 }, { port: 2 }] }] }, more],
    ['a port of a range', { ingress: [{ ports: [{ port: 1, endPort: 9 }] }] }, { ingress: [{ ports: [{ port: 5 }] }] }, []],
    ['a range', { ingress: [{ ports: [{ port: 5 }] }] }, { ingress: [{ ports: [{ port: 1, endPort: 9 }] }] }, more],
    ['another protocol', { ingress: [{ ports: [{ port: 1 }] }] }, { ingress: [{ ports: [{ port: 1, protocol: 'UDP' }] }] }, more],
    ['no ports any more', { ingress: [{ ports: [{ port: 1 }] }] }, { ingress: [{}] }, more],
    ['rules in another order', { ingress: [{ from: [pod('a')] }, { from: [pod('b')] }] }, { ingress: [{ from: [pod('b'), pod('a')] }] }, []],
    ['a label less', { ingress: [{ from: [{ podSelector: { matchLabels: { a: '1', b: '1' } } }] }] }, { ingress: [{ from: [{ podSelector: { matchLabels: { a: '1' } } }] }] }, more],
    ['a label more', { ingress: [{ from: [{ podSelector: { matchLabels: { a: '1' } } }] }] }, { ingress: [{ from: [{ podSelector: { matchLabels: { a: '1', b: '1' } } }] }] }, []],
    ['pods of all namespaces', { ingress: [{ from: [pod('a')] }] }, { ingress: [{ from: [{ ...pod('a'), namespaceSelector: {} }] }] }, more],
    ['the namespace of the environment', { ingress: [{ from: [namespace('shop-dev')] }] }, { ingress: [{ from: [namespace('shop-prod')] }] }, []],
    ['the namespace of the other environment', { ingress: [{ from: [namespace('shop-prod')] }] }, { ingress: [{ from: [namespace('shop-dev')] }] }, more],
    ['a name that is the same in both', { ingress: [{ from: [namespace('x.dev')] }] }, { ingress: [{ from: [namespace('x.dev')] }] }, []],
    ['an exception less', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] }, { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }, more],
    ['an exception more', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }, { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] }, []],
    ['a direction that is not isolated any more', {}, { policyTypes: ['Egress'] }, open],
    ['a direction that is isolated at last', { policyTypes: ['Egress'] }, { ingress: [{ from: [pod('a')] }] }, []],
    ['nonsense', { ingress: 'all', policyTypes: 1 }, { ingress: [null, { from: [1], ports: 'x' }] }, more],
  ])('%s', (_, before, after, expected) => expect(openings(policy(before), policy(after), names)).toEqual(expected));

  test('says so where it does, and nowhere else', () => {
    const from = (...peers: Json[]) => policy({ ingress: [{ from: peers }], egress: [{ to: [pod('x')] }] });
    expect(told(compared([from(pod('a'), namespace('c'))], [from(pod('a'), { ipBlock: { cidr: '0.0.0.0/0' } })])))
      .toEqual(['network: spec.ingress[0].from[1]', 'network: spec.ingress[0].from[1] ! more ingress is allowed']);
  });

  test('a policy less opens, and one more may', () => {
    expect(told(compared([deployment(), policy({})], [deployment()]))).toEqual(['network:  ! ingress is no longer restricted, egress is no longer restricted']);
    expect(told(compared([deployment()], [deployment(), policy({ egress: [{}] })]))).toEqual(['network:  ! more egress is allowed']);
    expect(told(compared([deployment()], [deployment(), policy({})]))).toEqual(['network: ']);
  });

  test('other pods, and policies of other kinds', () => {
    expect(told(compared([policy({})], [policy({ podSelector: { matchLabels: { a: 'b' } } })]))).toEqual(['network: spec.podSelector.matchLabels ! is for other pods']);
    const cilium = (spec: Json) => ({ kind: 'CiliumNetworkPolicy', metadata: { name: 'web' }, spec });
    expect(told(compared([cilium({ a: 1 })], [cilium({ a: 2 })]))).toEqual(['network: spec.a ! changes what the network lets through']);
  });
});

describe('the way without parsing', () => {
  const names = Names.of('dev', 'prod');
  test.each<[string, string, string, number | undefined]>([
    ['the same', 'a: 1\n', 'a: 1\n', 0],
    ['names', 'a: x-dev\nb:\n  - dev\n', 'a: x-prod\nb:\n  - prod\n', 2],
    ['another value', 'a: 1\n', 'a: 2\n', undefined],
    ['another key', 'dev: 1\n', 'prod: 1\n', undefined],
    ['an image', 'image: a:dev\n', 'image: a:prod\n', undefined],
    ['a folder', '- hostPath:\n    path: /dev\n', '- hostPath:\n    path: /prod\n', undefined],
    ['more lines', 'a: dev\n', 'a: prod\nb: 1\n', undefined],
    ['a text of several lines', 'a: |\n  x: dev\n', 'a: |\n  x: prod\n', undefined],
    ['a mapping in one line', 'a: { b: dev }\n', 'a: { b: prod }\n', undefined],
    ['a Secret', 'kind: Secret\na: dev\n', 'kind: Secret\na: prod\n', undefined],
    ['several documents', 'a: dev\n---\na: dev\n', 'a: prod\n---\na: prod\n', undefined],
  ])('%s', (_, before, after, expected) => expect(sameButForNames(before, after, names)).toBe(expected));
});

import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { expectWellSaid } from '../support/misuse';
import { environment, image, objectsIn, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, FolderChart, Probe, Replicas, ScheduledTask, StatefulService } from 'cdk8s-fairway';

/* Objects that contradict each other: found as they will be written, whoever made them or patched them. */

type Found = [code: string, path: string];

interface World {
  readonly prod: Environment;
  /** The chart of the service `app`, which is scaled from 2 to 4. */
  readonly chart: Chart;
  readonly patch: (kind: string, ...patches: JsonPatch[]) => void;
  readonly add: (apiVersion: string, kind: string, name: string, spec: unknown) => void;
}

function findings(change: (world: World) => void, replicas = Replicas.between(2, 4)): Found[] {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform, 'app', { replicas });
  new StatefulService(platform, 'db', { image: image(), port: 5432, readiness: Probe.tcp(), storage: { '/data': { size: '1Gi' } } });
  new ScheduledTask(platform, 'task', { image: image(), schedule: '@daily' });
  platform.lower();
  const chart = prod.node.findChild('app') as FolderChart;
  change({
    prod,
    chart,
    patch: (kind, ...patches) => objectsIn(prod, kind)[0].addJsonPatch(...patches),
    add: (apiVersion, kind, name, spec) => new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, spec: spec as any }),
  });
  const found = platform.check();
  found.forEach(expectWellSaid);
  return found.map(f => [f.code, f.path]);
}

const SELECTOR = { matchLabels: { 'app.kubernetes.io/instance': 'app' } };
const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;
const rollout = (spec: object) => ({ selector: { matchLabels: { app: 'r' } }, template: { metadata: { labels: { app: 'r' } }, spec: { containers: [{ name: 'r' }] } }, ...spec });

test('nothing is wrong with what is made', () => {
  expect(findings(() => undefined)).toEqual([]);
  expect(findings(() => undefined, Replicas.fixed(1))).toEqual([['FW409', 'app']]);
});

test.each<[string, Found[], (world: World) => void]>([
  ['a budget that needs all pods', [['FW450', 'prod/app/disruption-budget']], w => w.patch('PodDisruptionBudget', JsonPatch.remove('/spec/maxUnavailable'), JsonPatch.add('/spec/minAvailable', 2))],
  ['a budget that needs all pods in percent', [['FW450', 'prod/app/disruption-budget']], w => w.patch('PodDisruptionBudget', JsonPatch.remove('/spec/maxUnavailable'), JsonPatch.add('/spec/minAvailable', '51%'))],
  ['a budget that lets one of two go', [], w => w.patch('PodDisruptionBudget', JsonPatch.remove('/spec/maxUnavailable'), JsonPatch.add('/spec/minAvailable', '50%'))],
  ['a budget that lets none go', [['FW450', 'prod/app/disruption-budget']], w => w.patch('PodDisruptionBudget', JsonPatch.replace('/spec/maxUnavailable', 0))],
  ['a budget in percent, which is rounded up', [], w => w.patch('PodDisruptionBudget', JsonPatch.replace('/spec/maxUnavailable', '1%'))],
  ['a second budget, of the minimum of the autoscaler', [['FW450', 'prod/app/PodDisruptionBudget-own']], w => w.add('policy/v1', 'PodDisruptionBudget', 'own', { minAvailable: 3, selector: SELECTOR })],
  ['a budget of nothing', [['FW454', 'prod/app/PodDisruptionBudget-own']], w => w.add('policy/v1', 'PodDisruptionBudget', 'own', { maxUnavailable: 1, selector: { matchLabels: { app: 'other' } } })],
  ['a grace that the wait takes', [['FW451', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace(`${POD}/terminationGracePeriodSeconds`, 15))],
  ['a grace that the wait by a command takes', [['FW451', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/lifecycle`, { preStop: { exec: { command: ['/bin/sleep', '60'] } } }))],
  ['a grace that is that of Kubernetes', [['FW451', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.remove(`${POD}/terminationGracePeriodSeconds`), JsonPatch.replace(`${CONTAINER}/lifecycle`, { preStop: { sleep: { seconds: 30 } } }))],
  ['a wait that nobody can tell', [], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/lifecycle`, { preStop: { exec: { command: ['/drain.sh'] } } }))],
  ['a deadline below minReadySeconds', [['FW452', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace('/spec/minReadySeconds', 600))],
  ['a deadline below the start', [['FW452', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace('/spec/progressDeadlineSeconds', 310))],
  ['a deadline above the start', [], w => w.patch('Deployment', JsonPatch.replace('/spec/progressDeadlineSeconds', 311))],
  ['a start that takes longer', [['FW452', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/startupProbe/failureThreshold`, 200))],
  ['a probe of a port by another name', [['FW453', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/readinessProbe/httpGet/port`, 'https'))],
  ['a probe of another number', [['FW453', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/livenessProbe/tcpSocket/port`, 9999))],
  ['a probe of the number', [], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/livenessProbe/tcpSocket/port`, 8080))],
  ['a renamed port', [['FW453', 'prod/app/deployment'], ['FW453', 'prod/app/deployment'], ['FW453', 'prod/app/deployment'], ['FW453', 'prod/app/service']], w => w.patch('Deployment', JsonPatch.replace(`${CONTAINER}/ports/0/name`, 'web'))],
  ['a Service of a port by another name', [['FW453', 'prod/app/service']], w => w.patch('Service', JsonPatch.replace('/spec/ports/0/targetPort', 'web'))],
  ['a Service of the number', [], w => w.patch('Service', JsonPatch.replace('/spec/ports/0/targetPort', 8080))],
  ['a Service of nothing', [['FW454', 'prod/app/service']], w => w.patch('Service', JsonPatch.add('/spec/selector/tier', 'web'))],
  ['a Service without a selector', [], w => w.patch('Service', JsonPatch.remove('/spec/selector'))],
  ['a Deployment that does not select its pods', [['FW454', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.add('/spec/selector/matchLabels/tier', 'web'))],
  ['two ports of one name', [['FW463', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.add(`${CONTAINER}/ports/1`, { name: 'http', containerPort: 81 }))],
  ['replicas beside the autoscaler', [['FW455', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.add('/spec/replicas', 3))],
  ['no progress', [['FW456', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', 0))],
  ['no progress in percent', [['FW456', 'prod/app/deployment']], w => w.patch('Deployment', JsonPatch.replace('/spec/strategy/rollingUpdate', { maxSurge: '0%', maxUnavailable: '49%' }))],
  ['progress by pods that may be missing', [], w => w.patch('Deployment', JsonPatch.replace('/spec/strategy/rollingUpdate', { maxSurge: '0%', maxUnavailable: '50%' }))],
  ['the strategy of Kubernetes', [], w => w.patch('Deployment', JsonPatch.remove('/spec/strategy'))],
  ['recreation', [], w => w.patch('Deployment', JsonPatch.replace('/spec/strategy', { type: 'Recreate' }))],
  ['an autoscaler of another name', [['FW457', 'prod/app/autoscaler']], w => w.patch('HorizontalPodAutoscaler', JsonPatch.replace('/spec/scaleTargetRef/name', 'ap'))],
  ['an autoscaler of another kind', [['FW457', 'prod/app/autoscaler']], w => w.patch('HorizontalPodAutoscaler', JsonPatch.replace('/spec/scaleTargetRef/kind', 'StatefulSet'))],
  ['an autoscaler of something unknown', [], w => w.patch('HorizontalPodAutoscaler', JsonPatch.replace('/spec/scaleTargetRef', { apiVersion: 'example.com/v1', kind: 'Farm', name: 'app' }))],
  ['a second autoscaler', [['FW458', 'prod/app/deployment']], w => w.add('keda.sh/v1alpha1', 'ScaledObject', 'app', { scaleTargetRef: { name: 'app' }, minReplicaCount: 2, triggers: [] })],
  ['bounds the wrong way round', [['FW464', 'prod/app/autoscaler']], w => w.patch('HorizontalPodAutoscaler', JsonPatch.replace('/spec/maxReplicas', 1))],
  ['an autoscaler of the set, which has a number of its own', [['FW455', 'prod/db/stateful-set']], w => w.add('autoscaling/v2', 'HorizontalPodAutoscaler', 'db', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }, minReplicas: 2, maxReplicas: 3 })],
  ['a task whose runs vanish', [['FW459', 'prod/task/cron-job']], w => w.patch('CronJob', JsonPatch.add('/spec/jobTemplate/spec/ttlSecondsAfterFinished', 60))],
  ['a second Service of the same name, in another chart', [['FW465', 'prod/db/headless-service']], w => w.add('v1', 'Service', 'db-pods', { selector: SELECTOR.matchLabels })],
  ['a Rollout of the user that cannot move', [['FW456', 'prod/app/Rollout-r']], w => w.add('argoproj.io/v1alpha1', 'Rollout', 'r', rollout({ replicas: 2, strategy: { canary: { maxSurge: 0, maxUnavailable: 0 } } }))],
  ['a Rollout of the user that can', [], w => w.add('argoproj.io/v1alpha1', 'Rollout', 'r', rollout({ replicas: 2, strategy: { blueGreen: { activeService: 'r' } } }))],
  ['a Rollout that takes its pods from elsewhere', [], w => {
    w.add('argoproj.io/v1alpha1', 'Rollout', 'r', { workloadRef: { kind: 'Deployment', name: 'elsewhere' } });
    w.add('v1', 'Service', 'r', { selector: { app: 'r' } });
  }],
  ['objects whose fields are computed later', [['FW454', 'prod/app/Service-late']], w => w.add('v1', 'Service', 'late', Lazy.any({ produce: () => ({ selector: { app: 'late' } }) }))],
  ['objects of cdk8s-plus', [], w => {
    const deployment = new kplus.Deployment(w.chart, 'own', { containers: [{ image: 'own', portNumber: 80 }], replicas: 2 });
    deployment.exposeViaService();
  }],
])('%s', (_, expected, change) => {
  expect(findings(change).sort()).toEqual([...expected].sort());
});

test.each<[string, unknown]>([
  ['nothing', undefined], ['a number', 5], ['a text', 'x'], ['a list', []], ['empty', {}], ['null', null],
  ['wrong types', { replicas: '2', selector: 5, strategy: 'x', template: { metadata: 5, spec: { containers: {}, initContainers: [null, 5] } }, scaleTargetRef: 'app', ports: [null, 5, { targetPort: {} }], jobTemplate: 5 }],
])('whatever stands in an object, nobody fails: %s', (_, spec) => {
  const kinds = ['Deployment', 'Rollout', 'StatefulSet', 'HorizontalPodAutoscaler', 'ScaledObject', 'PodDisruptionBudget', 'Service', 'CronJob'];
  const found = findings(w => kinds.forEach(kind => w.add('example.com/v1', kind, 'odd', spec)));
  expect(found.filter(([code]) => code === 'FW104')).toEqual([]);
});

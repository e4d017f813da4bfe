import type { Construct } from 'constructs';
import type { DeliveryPipelineProps, DeliveryProps } from './delivery-props';
import type { ServiceDeliveryProps } from './service-props';
import { Platform } from '../core/platform';
import { listOf, mapOf, oneOf, struct } from '../core/shape';
import { Environment } from '../environments';
import { GitOpsBackend } from '../gitops/backend';
import { ChangeRoute, HealthCheck } from '../pipelines';
import { checkShape, folderOfOwn, inside, line, ours, word } from '../pipelines/check';
import { checkAddress } from '../pipelines/delivery/checks';
import { SCAN_RULES } from '../pipelines/delivery/image-step';
import * as messages from '../pipelines/delivery/messages';
import { Workload } from '../workloads';

const steps = listOf(ours('JobStep', '_spec'));

const COMMON = {
  engine: ours('PipelineEngine', '_backend'),
  branch: word,
  route: oneOf(ChangeRoute),
  setup: steps,
  test: steps,
  login: ours('JobStep', '_spec'),
  scan: struct(SCAN_RULES),
  signingKey: line,
  tools: ours('JobContainer', '_image'),
  renovate: ours('JobContainer', '_image'),
  maintenance: line,
  runner: ours('Runner', '_runner'),
};

const SOURCE = { workload: ours('Workload', 'image'), context: inside, dockerfile: inside, platforms: listOf(word, 1) };

/** Throws for props that do not fit the platform. */
export function checkProps(scope: Construct, props: DeliveryPipelineProps): void {
  checkShape(scope.node.path, 'delivery', props, {
    ...COMMON,
    host: ours('CodeHost', '_kind'),
    images: listOf(struct(SOURCE, ['workload', 'context'])),
    clusterAccess: steps,
    health: mapOf(ours('HealthCheck', '_told')),
    smokeTests: mapOf(checkAddress),
    verification: steps,
    passed: listOf(line),
    events: checkAddress,
  }, ['engine']);
  checkNames(scope, props);
  Environment.allIn(Platform.ofConstruct(scope)).forEach(environment => checkGates(scope, props, environment));
}

/** Throws for props of a service that do not fit the platform. Returns the environments that its releases enter. */
export function checkServiceProps(scope: Construct, props: ServiceDeliveryProps): Environment[] {
  checkShape(scope.node.path, 'delivery', props, {
    ...COMMON,
    ...SOURCE,
    repository: checkAddress,
    folder: folderOfOwn,
    host: ours('CodeHost', '_kind'),
    serviceHost: ours('CodeHost', '_kind'),
    platformBranch: word,
  }, ['engine', 'workload', 'repository']);
  const { workload, host, engine } = props;
  checkImage(scope, workload, props);
  if (host?._hasTokenOfRun && engine._backend.system === 'github') {
    throw messages.tokenOfRun.error(scope, { workload: workload.name });
  }
  const environments = Environment.allIn(Platform.ofConstruct(scope));
  if (environments.length === 0) {
    throw messages.noRoad.error(scope, { fault: 'has no environments yet' });
  }
  const entries = entriesOf(scope);
  const own = entries.filter(environment => workload.runsIn(environment));
  if (own.length === 0) {
    const fault = environments.some(environment => workload.runsIn(environment)) ? 'runs only where releases are promoted to' : 'runs in no environment';
    throw messages.noEntry.error(scope, { workload: workload.name, fault, entries: entries.map(environment => environment.name) });
  }
  return own;
}

/** The environments of a platform that nothing is promoted into: there releases enter. */
export function entriesOf(scope: Construct): Environment[] {
  return Environment.allIn(Platform.ofConstruct(scope)).filter(environment => environment.promotedFrom.length === 0);
}

/** Throws unless it is a workload of the platform, whose image can be pushed. */
function checkImage(scope: Construct, workload: Workload, { login }: DeliveryProps): void {
  if (!Workload.isWorkload(workload) || workload.node.root !== scope.node.root) {
    throw strange(scope, 'image', workload?.name, 'is for no workload of the platform');
  }
  if (login === undefined && !workload.image.repository.startsWith('ghcr.io/')) {
    throw strange(scope, 'image', workload.image.repository, 'lies in a registry that nobody logs in to: give login: ImageStep.login(…)');
  }
}

function strange(scope: Construct, what: string, name: unknown, fault: string): Error {
  return messages.strangeInDelivery.error(scope, { what, name, fault });
}

function checkNames(scope: Construct, props: DeliveryPipelineProps): void {
  const { images = [], health = {}, smokeTests = {} } = props;
  const environments = Environment.allIn(Platform.ofConstruct(scope)).map(environment => environment.name);
  for (const [what, names] of Object.entries({ 'health check': Object.keys(health), 'smoke test': Object.keys(smokeTests) })) {
    const stranger = names.find(name => !environments.includes(name));
    if (stranger !== undefined) {
      throw strange(scope, what, stranger, `is for no environment: there are ${environments.join(', ') || 'none'}`);
    }
  }
  images.forEach(({ workload }, i) => {
    checkImage(scope, workload, props);
    if (images.findIndex(other => other.workload === workload) !== i) {
      throw strange(scope, 'image', workload.name, 'is built twice');
    }
  });
}

/** What an environment demands has to be looked at in those before. */
function checkGates(scope: Construct, props: DeliveryPipelineProps, { name, promotedFrom, protection }: Environment): void {
  if (promotedFrom.length === 0) {
    return;
  }
  const blind = promotedFrom.find(source => healthOf(props, source) === undefined);
  if (protection.requireHealth && blind) {
    const remedy = `Give the platform a GitOps engine, or say whom to ask: health: { '${blind.name}': HealthCheck.kubernetes(['shop/deployment/checkout']) }.`;
    throw messages.unheldGate.error(scope, { environment: name, gate: `health in ${blind.name}`, remedy });
  }
  const analysis = protection.requireAnalysis?.find(each => !props.passed?.includes(each));
  if (analysis !== undefined) {
    const remedy = `Look at it in a step of verification, and say so: passed: ['${analysis}'].`;
    throw messages.unheldGate.error(scope, { environment: name, gate: `the analysis ${analysis}`, remedy });
  }
}

/** Whom to ask for the health of an environment; nobody, where neither the props nor a GitOps engine say so. */
export function healthOf({ health = {} }: DeliveryPipelineProps, environment: Environment): HealthCheck | undefined {
  if (Object.hasOwn(health, environment.name)) {
    return health[environment.name];
  }
  const platform = Platform.ofConstruct(environment);
  const selector = `app.kubernetes.io/part-of=${platform.name},cdk8s-fairway/environment=${environment.name}`;
  switch (GitOpsBackend.tryOf(platform)?.watch) {
    case 'argocd': return HealthCheck.argoCd({ selector });
    case 'flux': return HealthCheck.flux({ selector });
    default: return undefined;
  }
}

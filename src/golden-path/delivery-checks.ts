import type { Construct } from 'constructs';
import type { DeliveryPipelineProps } from './delivery-props';
import { Platform } from '../core/platform';
import { listOf, mapOf, oneOf, struct } from '../core/shape';
import { Environment } from '../environments';
import { GitOpsBackend } from '../gitops/backend';
import { ChangeRoute, HealthCheck } from '../pipelines';
import { checkShape, inside, line, ours, word } from '../pipelines/check';
import { checkAddress } from '../pipelines/delivery/checks';
import { SCAN_RULES } from '../pipelines/delivery/image-step';
import * as messages from '../pipelines/delivery/messages';
import { Workload } from '../workloads';

const steps = listOf(ours('JobStep', '_spec'));

/** Throws for props that do not fit the platform. */
export function checkProps(scope: Construct, props: DeliveryPipelineProps): void {
  checkShape(scope.node.path, 'delivery', props, {
    engine: ours('PipelineEngine', '_backend'),
    host: ours('CodeHost', '_kind'),
    branch: word,
    route: oneOf(ChangeRoute),
    images: listOf(struct({ workload: ours('Workload', 'image'), context: inside, dockerfile: inside, platforms: listOf(word, 1) }, ['workload', 'context'])),
    setup: steps,
    test: steps,
    clusterAccess: steps,
    health: mapOf(ours('HealthCheck', '_told')),
    smokeTests: mapOf(checkAddress),
    verification: steps,
    passed: listOf(line),
    events: checkAddress,
    login: ours('JobStep', '_spec'),
    scan: struct(SCAN_RULES),
    signingKey: line,
    tools: ours('JobContainer', '_image'),
    renovate: ours('JobContainer', '_image'),
    maintenance: line,
    runner: ours('Runner', '_runner'),
  }, ['engine']);
  checkNames(scope, props);
  Environment.allIn(Platform.ofConstruct(scope)).forEach(environment => checkGates(scope, props, environment));
}

function checkNames(scope: Construct, { images = [], health = {}, smokeTests = {}, login }: DeliveryPipelineProps): void {
  const refuse = (what: string, name: unknown, fault: string) => messages.strangeInDelivery.error(scope, { what, name, fault });
  const environments = Environment.allIn(Platform.ofConstruct(scope)).map(environment => environment.name);
  for (const [what, names] of Object.entries({ 'health check': Object.keys(health), 'smoke test': Object.keys(smokeTests) })) {
    const stranger = names.find(name => !environments.includes(name));
    if (stranger !== undefined) {
      throw refuse(what, stranger, `is for no environment: there are ${environments.join(', ') || 'none'}`);
    }
  }
  images.forEach(({ workload }, i) => {
    if (!Workload.isWorkload(workload) || workload.node.root !== scope.node.root) {
      throw refuse('image', workload?.name, 'is for no workload of the platform');
    }
    if (images.findIndex(other => other.workload === workload) !== i) {
      throw refuse('image', workload.name, 'is built twice');
    }
    if (login === undefined && !workload.image.repository.startsWith('ghcr.io/')) {
      throw refuse('image', workload.image.repository, 'lies in a registry that nobody logs in to: give login: ImageStep.login(…)');
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

import * as messages from './messages';
import type { CanaryPlan, RouterPlan } from './plan';
import type { RolloutTarget } from './target';
import { Finding } from '../core/diagnostics/finding';

/** What is wrong or unwise about a progressive strategy in an environment, whatever the engine. */
export function strategyFindings(target: Omit<RolloutTarget, 'template'>): Finding[] {
  const { strategy, service, path, name } = target;
  switch (strategy.kind) {
    case 'rolling': case 'recreate': return [];
    case 'blue-green': return service ? [] : [messages.noService.at(path, { name, strategy: 'blue-green delivery' })];
    case 'canary': return [...routeFindings(target, strategy.router), ...watchFindings(target, strategy)];
  }
}

function routeFindings({ path, name, service, environment }: Omit<RolloutTarget, 'template'>, router: RouterPlan): Finding[] {
  if (router.kind === 'none') {
    return [];
  }
  if (!service) {
    return [messages.noService.at(path, { name, strategy: 'a canary with a router' })];
  }
  const refuse = (fault: string) => [messages.noTrafficRoute.at(path, { router: router.kind, environment: environment.name, fault })];
  if (router.kind === 'plugin') {
    return [];
  }
  if (service.portName !== 'http' && service.portName !== 'grpc') {
    return refuse(`it splits HTTP and gRPC, and the port is ${JSON.stringify(service.portName)}`);
  }
  if (router.kind !== 'istio' && service.hosts.length === 0) {
    return refuse('the workload has no host name there');
  }
  switch (router.kind) {
    case 'gateway-api': return environment.gateway ? [] : refuse('the environment has no `gateway`');
    case 'nginx': case 'alb': return environment.ingress ? [] : refuse('the environment has no `ingress`');
    case 'istio': return service.hosts.length > 0 && router.gateways.length === 0 ? refuse('the workload has a host name, but the router no `gateways` that it comes through') : [];
    default: return [];
  }
}

function watchFindings({ path, name }: Omit<RolloutTarget, 'template'>, { steps, analysis }: CanaryPlan): Finding[] {
  const judged = steps.findIndex(step => step.kind === 'analysis' || step.kind === 'experiment');
  const approved = steps.findIndex(step => step.kind === 'approval');
  if (analysis.length === 0 && judged === -1 && approved === -1) {
    return [messages.blindCanary.at(path, { name })];
  }
  return approved !== -1 && analysis.length === 0 && (judged === -1 || judged > approved) ? [messages.pauseBeforeAnalysis.at(path, { name })] : [];
}

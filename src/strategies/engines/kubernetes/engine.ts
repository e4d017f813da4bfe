import type { Construct } from 'constructs';
import { CapabilityRow, Support } from '../../../core/capability';
import { StrategyEngine } from '../../engine';
import { deliverPlainly } from '../../objects/plain';
import type { StrategyPlan } from '../../plan';
import type { PodController, RolloutTarget } from '../../target';

/** Kubernetes alone: Deployments, which roll or recreate, and judge by readiness. */
export class KubernetesEngine extends StrategyEngine {
  public readonly title = 'Kubernetes';

  public controllerOf(_: StrategyPlan): PodController {
    return { apiVersion: 'apps/v1', kind: 'Deployment', podHashLabel: 'pod-template-hash' };
  }

  public capabilities({ strategy, service, environment }: Omit<RolloutTarget, 'template'>): CapabilityRow[] {
    const rows = rowsOf(strategy);
    if (service) {
      rows.push({ part: 'service', support: Support.NATIVE, how: 'one Service in front of all pods', matters: true });
    }
    if (service && service.hosts.length > 0 && (environment.gateway || environment.ingress)) {
      const kind = !environment.gateway ? 'Ingress' : service.portName === 'grpc' ? 'GRPCRoute' : 'HTTPRoute';
      rows.push({ part: 'host names', support: Support.NATIVE, how: `${kind} with one backend`, matters: true });
    }
    return rows;
  }

  public deliver(chart: Construct, target: RolloutTarget): void {
    deliverPlainly(chart, target);
  }
}

const INSTEAD = 'A Deployment has no such strategy: choose RolloutEngine.argoRollouts() or RolloutEngine.flagger() as rollouts of the '
  + 'platform, or RolloutStrategy.rollingUpdate()';

function rowsOf(strategy: StrategyPlan): CapabilityRow[] {
  const native = (part: string, how: string): CapabilityRow => ({ part, support: Support.NATIVE, how, matters: true });
  switch (strategy.kind) {
    case 'rolling': return [
      native('rolling update', `Deployment spec.strategy.rollingUpdate: maxSurge ${strategy.maxSurge}, maxUnavailable ${strategy.maxUnavailable}`),
      native('wait until pods are ready', 'Deployment spec.minReadySeconds and the readiness probe'),
      native('stop when pods do not get ready', 'Deployment spec.progressDeadlineSeconds; the old pods go on serving, nothing is undone'),
    ];
    case 'recreate': return [native('recreate', 'Deployment spec.strategy.type Recreate')];
    case 'canary': return [{ part: 'canary', support: Support.UNSUPPORTED, how: INSTEAD, matters: true }];
    case 'blue-green': return [{ part: 'blue-green', support: Support.UNSUPPORTED, how: INSTEAD, matters: true }];
  }
}

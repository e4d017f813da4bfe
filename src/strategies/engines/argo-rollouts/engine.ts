import type { Construct } from 'constructs';
import { analysisFindings } from './analysis';
import { capabilitiesOf } from './capabilities';
import { foresight } from './foresight';
import { lower } from './lower';
import { ArgoRolloutsOptions } from './options';
import { RolloutsVersion } from './version';
import { CapabilityRow } from '../../../core/capability';
import { Finding } from '../../../core/diagnostics/finding';
import { strategyFindings } from '../../checks';
import { StrategyEngine } from '../../engine';
import * as messages from '../../messages';
import { deliverPlainly } from '../../objects/plain';
import type { StrategyPlan } from '../../plan';
import type { PodController, RolloutTarget } from '../../target';

/** Argo Rollouts: Rollouts for canaries and blue-green delivery, Deployments for all else. */
export class ArgoRolloutsEngine extends StrategyEngine {
  public readonly title = 'Argo Rollouts';
  private readonly version: RolloutsVersion;

  public constructor(options: ArgoRolloutsOptions) {
    super();
    this.version = options?.version ?? RolloutsVersion.V1_9;
    const known: string[] = Object.values(RolloutsVersion);
    if (!known.includes(this.version)) {
      throw messages.invalidEngineOption.error('', { engine: this.title, what: 'version', value: this.version, known });
    }
  }

  public controllerOf(strategy: StrategyPlan): PodController {
    return strategy.kind === 'rolling' || strategy.kind === 'recreate'
      ? { apiVersion: 'apps/v1', kind: 'Deployment', podHashLabel: 'pod-template-hash' }
      : { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', podHashLabel: 'rollouts-pod-template-hash' };
  }

  public capabilities({ strategy }: Omit<RolloutTarget, 'template'>): CapabilityRow[] {
    return capabilitiesOf(strategy, this.version);
  }

  public simulatedVersion(): string {
    return this.version;
  }

  public findings(target: Omit<RolloutTarget, 'template'>): Finding[] {
    return [...strategyFindings(target), ...analysisFindings(target), ...foresight(target)];
  }

  public deliver(chart: Construct, target: RolloutTarget): void {
    switch (target.strategy.kind) {
      case 'rolling': case 'recreate': return deliverPlainly(chart, target);
      default: return lower(chart, target, target.strategy, this.version);
    }
  }
}

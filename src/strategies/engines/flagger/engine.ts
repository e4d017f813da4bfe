import type { Construct } from 'constructs';
import { capabilitiesOf } from './capabilities';
import { lower } from './lower';
import { askedBy } from './metrics';
import { FlaggerOptions } from './options';
import { checksOf, scheduleOf } from './schedule';
import { FlaggerVersion } from './version';
import { CapabilityRow } from '../../../core/capability';
import type { Finding } from '../../../core/diagnostics/finding';
import { isHttp } from '../../../core/shape';
import { strategyFindings } from '../../checks';
import { StrategyEngine } from '../../engine';
import * as messages from '../../messages';
import { isFinding } from '../../metrics/query';
import { deliverPlainly } from '../../objects/plain';
import type { StrategyPlan } from '../../plan';
import type { PodController, RolloutTarget } from '../../target';

/** Flagger: Canaries beside Deployments for canaries and blue-green delivery, plain Deployments for all else. */
export class FlaggerEngine extends StrategyEngine {
  public readonly title = 'Flagger';
  private readonly options: FlaggerOptions;

  public constructor(options: FlaggerOptions) {
    super();
    this.options = { ...options };
    const { version, gate } = this.options;
    const known: string[] = Object.values(FlaggerVersion);
    if (version !== undefined && !known.includes(version)) {
      throw messages.invalidEngineOption.error('', { engine: this.title, what: 'version', value: version, known });
    }
    if (gate !== undefined && !isHttp(gate)) {
      throw messages.invalidEngineOption.error('', { engine: this.title, what: 'gate: an http or https URL', value: gate });
    }
  }

  public controllerOf(_: StrategyPlan): PodController {
    return { apiVersion: 'apps/v1', kind: 'Deployment', podHashLabel: 'pod-template-hash' };
  }

  public capabilities(target: Omit<RolloutTarget, 'template'>): CapabilityRow[] {
    return capabilitiesOf(target, this.options);
  }

  public findings(target: Omit<RolloutTarget, 'template'>): Finding[] {
    return [...strategyFindings(target), ...metricFindings(target)];
  }

  public deliver(chart: Construct, target: RolloutTarget): void {
    switch (target.strategy.kind) {
      case 'rolling': case 'recreate': return deliverPlainly(chart, target);
      default: return lower(chart, target, target.strategy, this.options);
    }
  }
}

/** What keeps the metrics of a target from being asked for. */
function metricFindings(target: Omit<RolloutTarget, 'template'>): Finding[] {
  const { strategy } = target;
  if (strategy.kind === 'rolling' || strategy.kind === 'recreate') {
    return [];
  }
  const { metrics, intervalSeconds } = strategy.kind === 'canary' ? scheduleOf(strategy) : checksOf(strategy);
  return metrics.map(metric => askedBy(target, metric, intervalSeconds)).filter(isFinding);
}

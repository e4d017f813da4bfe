import type { Construct } from 'constructs';
import type { StrategyPlan } from './plan';
import type { PodController, RolloutTarget } from './target';
import type { CapabilityRow } from '../core/capability';
import { Finding } from '../core/diagnostics/finding';
import type { Platform } from '../core/platform';
import { PlatformExtension } from '../core/platform-extension';

const ENGINES = new WeakMap<Platform, StrategyEngine>();

/** What carries out rollouts. Each engine makes everything that has to do with releasing and routing, in the chart of the workload. */
export abstract class StrategyEngine extends PlatformExtension {
  /** The engine of a platform, if one was given. */
  public static tryOf(platform: Platform): StrategyEngine | undefined {
    return ENGINES.get(platform);
  }

  /** @internal */
  public readonly _role = 'rollouts';

  /** What the engine is called in messages: `Argo Rollouts`. */
  public abstract readonly title: string;

  /** @internal */
  public _attach(platform: Platform): void {
    ENGINES.set(platform, this);
  }

  /** The object that a workload with a strategy becomes. */
  public abstract controllerOf(strategy: StrategyPlan): PodController;

  /** How the engine carries out each part of a strategy: natively, emulated or not at all. */
  public abstract capabilities(target: Omit<RolloutTarget, 'template'>): CapabilityRow[];

  /** Makes the workload's object, Services and routes, and what judges the rollout. Only for targets without errors. */
  public abstract deliver(chart: Construct, target: RolloutTarget): void;

  /** The version of Argo Rollouts by whose rules a rollout is simulated, for the engine that is Argo Rollouts. */
  public simulatedVersion(): string | undefined {
    return undefined;
  }

  /** What the engine finds wrong with a target, beyond what it cannot express. */
  public findings(_: Omit<RolloutTarget, 'template'>): Finding[] {
    return [];
  }
}

import { RolloutAnalysis } from './analysis-props';
import { PluginStep, RolloutPause, SetHeaderRoute, SetMirrorRoute } from './canary-step-options';
import { RolloutExperimentStep } from './experiment-step';

/** How many pods of the new version there are, apart from the traffic that they get. */
export class CanaryScale {
  /**
   * A share of the pods.
   *
   * @param weight percent of `spec.replicas`, 0 to 100; rounded up
   */
  public static weight(weight: number): CanaryScale {
    return new CanaryScale({ weight });
  }

  /**
   * A number of pods.
   *
   * @param replicas how many
   */
  public static replicas(replicas: number): CanaryScale {
    return new CanaryScale({ replicas });
  }

  /** Again as many pods as the weight of the traffic asks for. */
  public static matchTrafficWeight(): CanaryScale {
    return new CanaryScale({ matchTrafficWeight: true });
  }

  private constructor(private readonly scale: object) {}

  /** @internal */
  public _toJson(): any {
    return this.scale;
  }
}

/** One step of a canary. */
export class CanaryStep {
  /**
   * The share of the traffic, or without a traffic router of the pods, that the new version gets.
   *
   * @param weight 0 to 100, or to `maxTrafficWeight`
   */
  public static weight(weight: number): CanaryStep {
    return new CanaryStep({ setWeight: weight });
  }

  /**
   * Wait.
   *
   * @param pause how long; without a duration until a person promotes
   */
  public static pause(pause: RolloutPause = {}): CanaryStep {
    return new CanaryStep({ pause });
  }

  /**
   * Measure, and go on only if it succeeds. The metrics must be finite.
   *
   * @param analysis the templates and their arguments
   */
  public static analysis(analysis: RolloutAnalysis): CanaryStep {
    return new CanaryStep({ analysis });
  }

  /**
   * Run pods beside those of the rollout, and go on only if what judges them succeeds.
   *
   * @param experiment the pods and the analyses
   */
  public static experiment(experiment: RolloutExperimentStep): CanaryStep {
    return new CanaryStep({ experiment });
  }

  /**
   * Set how many pods of the new version there are, without changing the traffic. Needs a traffic router.
   *
   * @param scale how many
   */
  public static canaryScale(scale: CanaryScale): CanaryStep {
    return new CanaryStep({ setCanaryScale: scale });
  }

  /**
   * Send requests with a header to the new version. With Istio, ALB, APISIX or a plug-in.
   *
   * @param route the name of the route and the headers
   */
  public static headerRoute(route: SetHeaderRoute): CanaryStep {
    return new CanaryStep({ setHeaderRoute: route });
  }

  /**
   * Copy requests to the new version. With Istio, and from Argo Rollouts 1.10 with plug-ins.
   *
   * @param route the name of the route and the requests
   */
  public static mirrorRoute(route: SetMirrorRoute): CanaryStep {
    return new CanaryStep({ setMirrorRoute: route });
  }

  /**
   * Let a plug-in of the controller do something.
   *
   * @param plugin its name and what it reads
   */
  public static plugin(plugin: PluginStep): CanaryStep {
    return new CanaryStep({ plugin });
  }

  private constructor(private readonly step: object) {}

  /** @internal */
  public _toJson(): any {
    return this.step;
  }
}

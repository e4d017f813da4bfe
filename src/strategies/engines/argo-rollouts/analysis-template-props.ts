import { ApiObjectMetadata } from 'cdk8s';
import { AnalysisTemplateRef, DryRun, MeasurementRetention } from './analysis-props';
import { MetricProvider } from './metric-provider';
import { RolloutsVersion } from './version';

/** An argument of a template. */
export class Argument {
  /**
   * One that whoever runs the template must give.
   *
   * @param name the name, as in `{{args.name}}`
   */
  public static required(name: string): Argument {
    return new Argument({ name });
  }

  /**
   * One with a value, which whoever runs the template may change.
   *
   * @param name the name, as in `{{args.name}}`
   * @param value the value
   */
  public static value(name: string, value: string): Argument {
    return new Argument({ name, value });
  }

  /**
   * One whose value is read from a Secret in the namespace of the run.
   *
   * @param name the name, as in `{{args.name}}`
   * @param secret the name of the Secret
   * @param key the key in the Secret
   */
  public static secretKeyRef(name: string, secret: string, key: string): Argument {
    return new Argument({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
  }

  /**
   * One whose value is a field of the run's metadata.
   *
   * @param name the name, as in `{{args.name}}`
   * @param fieldPath for example `metadata.labels['region']`
   */
  public static fieldRef(name: string, fieldPath: string): Argument {
    return new Argument({ name, valueFrom: { fieldRef: { fieldPath } } });
  }

  private constructor(private readonly argument: object) {}

  /** @internal */
  public _toJson(): any {
    return this.argument;
  }
}

/** What is measured, how often, and what decides. */
export interface Metric {
  /** The name, its own among those of a run. */
  readonly name: string;

  /** Where the value comes from. */
  readonly provider: MetricProvider;

  /**
   * The time between two measurements, for example `1m`. Without `count` the metric is measured for ever.
   *
   * @default - measured once
   */
  readonly interval?: string;

  /**
   * The time before the first measurement, for example `30s`.
   *
   * @default - none
   */
  readonly initialDelay?: string;

  /**
   * How often it is measured: a whole number, or text with an argument: `{{args.count}}`.
   *
   * @default - 1, or for ever if there is an interval
   */
  readonly count?: any;

  /**
   * When a measurement succeeds, in the language `expr`: `len(result) > 0 && !isNaN(result[0]) && result[0] < 0.05`.
   *
   * @default - whenever it does not fail
   */
  readonly successCondition?: string;

  /**
   * When a measurement fails. If both conditions are given and neither holds, the measurement is inconclusive.
   *
   * @default - whenever it does not succeed
   */
  readonly failureCondition?: string;

  /**
   * How many measurements may fail: the next one fails the metric. -1 for any number, if `consecutiveSuccessLimit` is given. A whole number or text with an argument.
   *
   * @default 0
   */
  readonly failureLimit?: any;

  /**
   * How many measurements may be inconclusive. A whole number or text with an argument.
   *
   * @default 0
   */
  readonly inconclusiveLimit?: any;

  /**
   * How many measurements in a row may be errors. A whole number or text with an argument.
   *
   * @default 4
   */
  readonly consecutiveErrorLimit?: any;

  /**
   * How many measurements in a row must succeed for the metric to succeed; 0 is none. A whole number or text with an argument.
   *
   * @default 0
   */
  readonly consecutiveSuccessLimit?: any;
}

/** Properties of an AnalysisTemplate (argo-rollouts pkg/apis/rollouts/v1alpha1/analysis_types.go). */
export interface AnalysisTemplateProps {
  /**
   * What is measured.
   *
   * @default - only that of `templates`
   */
  readonly metrics?: Metric[];

  /**
   * The arguments.
   *
   * @default - none
   */
  readonly args?: Argument[];

  /**
   * Metrics that do not decide.
   *
   * @default - all decide
   */
  readonly dryRun?: DryRun[];

  /**
   * How many measurements are kept.
   *
   * @default - 10 of each metric
   */
  readonly measurementRetention?: MeasurementRetention[];

  /**
   * Other templates, whose metrics are measured, too.
   *
   * @default - none
   */
  readonly templates?: AnalysisTemplateRef[];

  /**
   * Metadata of the template.
   *
   * @default - a generated name in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The Argo Rollouts that runs in the cluster. Fields that it does not know are refused.
   *
   * @default RolloutsVersion.V1_9
   */
  readonly version?: RolloutsVersion;

  /**
   * More of `spec`, merged over all that is given above: for fields that are newer than this library.
   *
   * @default - nothing
   */
  readonly native?: Record<string, any>;
}

import { ApiObjectMetadata } from 'cdk8s';
import { ApplicationTemplate } from './application-template';
import { Generator } from './generator';

/** What the controller may do with the Applications of an ApplicationSet. */
export enum ApplicationsSync {
  /** Make, change and delete them. */
  SYNC = 'sync',
  /** Make them, and leave them alone. */
  CREATE_ONLY = 'create-only',
  /** Make and change them. */
  CREATE_UPDATE = 'create-update',
  /** Make and delete them. */
  CREATE_DELETE = 'create-delete',
}

/** How the changes of an ApplicationSet reach its Applications. */
export enum StrategyType {
  /** At once. */
  ALL_AT_ONCE = 'AllAtOnce',
  /** Step by step. Beta in Argo CD 3.5, and off unless it is switched on in the controller. */
  ROLLING_SYNC = 'RollingSync',
}

/** In which order Applications are deleted with their ApplicationSet. */
export enum DeletionOrder {
  /** At once. */
  ALL_AT_ONCE = 'AllAtOnce',
  /** The last step first. */
  REVERSE = 'Reverse',
}

/** How a label is compared. */
export enum MatchOperator {
  /** It is one of the values. */
  IN = 'In',
  /** It is none of the values, or not there. */
  NOT_IN = 'NotIn',
}

/** Properties of an `ApplicationSet`. */
export interface ApplicationSetProps {
  /**
   * Name, namespace, labels and annotations. An ApplicationSet lives in the namespace of Argo CD.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the parameters come from; the Applications of all of them. At least one. */
  readonly generators: Generator[];

  /** What the Applications are. */
  readonly template: ApplicationTemplate;

  /**
   * A patch of each Application, as YAML text with `{{ … }}`: for what is no text, and for conditions. It cannot change the project.
   *
   * @default - none
   */
  readonly templatePatch?: string;

  /**
   * Whether texts are Go templates. Without, FW537 is warned.
   *
   * @default true
   */
  readonly goTemplate?: boolean;

  /**
   * Options of Go templates. Without `missingkey=error`, FW537 is warned.
   *
   * @default ['missingkey=error']
   */
  readonly goTemplateOptions?: string[];

  /**
   * What the controller may do with the Applications.
   *
   * @default - everything, and their resources go with them
   */
  readonly syncPolicy?: ApplicationSetSyncPolicy;

  /**
   * How changes reach the Applications.
   *
   * @default - at once
   */
  readonly strategy?: ApplicationSetStrategy;

  /**
   * Labels and annotations of Applications that others set, and that stay.
   *
   * @default - those of Argo CD itself
   */
  readonly preservedFields?: PreservedFields;

  /**
   * Fields of Applications that others set, and that stay.
   *
   * @default - none
   */
  readonly ignoreApplicationDifferences?: ApplicationIgnoreDifferences[];

  /**
   * The wave in which a parent Application syncs the ApplicationSet.
   *
   * @default 0
   */
  readonly syncWave?: number;
}

/** What the controller may do with the Applications. */
export interface ApplicationSetSyncPolicy {
  /**
   * Whether they are made, changed and deleted. Argo CD ignores it when its administrator has fixed a policy.
   *
   * @default ApplicationsSync.SYNC
   */
  readonly applicationsSync?: ApplicationsSync;

  /**
   * Whether the resources of an Application stay when it is deleted.
   *
   * @default false
   */
  readonly preserveResourcesOnDeletion?: boolean;
}

/** How changes reach the Applications. */
export interface ApplicationSetStrategy {
  /**
   * At once, or step by step.
   *
   * @default StrategyType.ALL_AT_ONCE
   */
  readonly type?: StrategyType;

  /**
   * The steps. They need StrategyType.ROLLING_SYNC, else FW535 is thrown.
   *
   * @default - none
   */
  readonly rollingSync?: RollingSync;

  /**
   * In which order Applications are deleted. `REVERSE` needs steps, else FW535 is thrown. Argo CD before 3.2 does not know the field.
   *
   * @default DeletionOrder.ALL_AT_ONCE
   */
  readonly deletionOrder?: DeletionOrder;
}

/** Steps, each of which begins when the Applications of the one before are healthy. */
export interface RollingSync {
  /** The steps, at least one. */
  readonly steps: RollingStep[];
}

/** A step. */
export interface RollingStep {
  /**
   * The conditions on labels of the Applications in it; all must hold. An Application should be in exactly one step: FW536.
   *
   * @default - all Applications
   */
  readonly matchExpressions?: MatchExpression[];

  /**
   * How many Applications are synced at a time: a whole number from 0, or a share such as `25%`, of which at least one is. With 0, or `0%`, none
   * is until a person syncs it.
   *
   * @default - all
   */
  readonly maxUpdate?: any;
}

/** A condition on a label. */
export interface MatchExpression {
  /** The key of the label. */
  readonly key: string;
  /** How it is compared. */
  readonly operator: MatchOperator;
  /** The values; at least one. */
  readonly values: string[];
}

/** What stays. */
export interface PreservedFields {
  /**
   * The keys of annotations.
   *
   * @default - none
   */
  readonly annotations?: string[];

  /**
   * The keys of labels.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** Fields of Applications that stay. */
export interface ApplicationIgnoreDifferences {
  /**
   * The name of one Application.
   *
   * @default - all
   */
  readonly name?: string;

  /**
   * Fields by JSON pointer.
   *
   * @default - none
   */
  readonly jsonPointers?: string[];

  /**
   * Fields by jq expression.
   *
   * @default - none
   */
  readonly jqPathExpressions?: string[];
}

import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { ENVIRONMENT } from './environment-symbol';
import { pathFault } from './files/paths';
import * as messages from './messages';

/** Properties of a `FolderChart`. */
export interface FolderChartProps extends ChartProps {
  /** The folder below the output folder, with `/` between parts: `prod/checkout`. */
  readonly folder: string;

  /**
   * The environment that the objects belong to, for `fairway list` and pinned environments.
   *
   * @default - the environment that the chart stands in, if it stands in one
   */
  readonly environment?: string;

  /**
   * The workload that the objects belong to, for `fairway list`.
   *
   * @default - none
   */
  readonly workload?: string;

  /**
   * Whether somebody else applies the chart than the GitOps engine, such as a person who sets up a cluster: no engine has to deploy it.
   *
   * @default false
   */
  readonly isAppliedByHand?: boolean;
}

/**
 * A chart with a folder of its own in the output, one file for each object, whatever the
 * `yamlOutputType` of the platform: what a GitOps engine points at. Object names carry no hash.
 */
export class FolderChart extends Chart {
  /** Whether a construct is a folder chart. */
  public static isFolderChart(x: any): x is FolderChart {
    return x !== null && typeof x === 'object' && FOLDER_CHART in x;
  }

  /** The folder below the output folder. */
  public readonly folder: string;

  /** The environment that the objects belong to, if any. */
  public readonly environment?: string;

  /** The workload that the objects belong to, if any. */
  public readonly workload?: string;

  /** Whether somebody else applies the chart than the GitOps engine. */
  public readonly isAppliedByHand: boolean;

  /**
   * @param scope a construct inside a `Platform`
   * @param id the id of the construct
   * @param props where the chart is written. Throws FW120 when the folder may leave the output
   */
  public constructor(scope: Construct, id: string, props: FolderChartProps) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    Object.defineProperty(this, FOLDER_CHART, { value: true });
    const fault = pathFault(props.folder);
    if (fault) {
      throw messages.unsafePath.error(this, { path: props.folder, fault });
    }
    this.folder = props.folder;
    this.environment = props.environment ?? this.node.scopes.find(around => ENVIRONMENT in around)?.node.id;
    this.workload = props.workload;
    this.isAppliedByHand = props.isAppliedByHand ?? false;
  }
}

const FOLDER_CHART = Symbol.for('cdk8s-fairway.FolderChart');

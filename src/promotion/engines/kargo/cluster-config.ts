import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { DeepLink } from './policies';
import { checkClusterConfig } from './policies-validation';
import type { WebhookReceiver } from './webhook-receiver';
import { plain } from '../../../core/shape';
import { dropNamespace } from '../../objects';

/** Who commits, where no step says so. */
export interface GitClient {
  /** The name. */
  readonly name: string;

  /** The address. */
  readonly email: string;

  /**
   * The name of the Secret with the key that commits are signed with.
   *
   * @default - commits are not signed
   */
  readonly signingKeySecret?: string;
}

/** Properties of a `ClusterConfig`. */
export interface ClusterConfigProps {
  /**
   * Labels and annotations. The name is `cluster`.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Who commits, where no step says so.
   *
   * @default - as the controller was started
   */
  readonly gitClient?: GitClient;

  /**
   * Addresses that tell Kargo of something new. Each name once.
   *
   * @default - none
   */
  readonly webhookReceivers?: WebhookReceiver[];

  /**
   * Links on the pages of Freight.
   *
   * @default - none
   */
  readonly freightLinks?: DeepLink[];

  /**
   * Links on the pages of Stages.
   *
   * @default - none
   */
  readonly stageLinks?: DeepLink[];
}

/**
 * The Kargo `ClusterConfig` (kargo.akuity.io/v1alpha1), in any cdk8s chart: what holds for all Projects. There is one, named `cluster`.
 *
 * `promotionWindows` is read by Kargo Enterprise only, and is refused (FW922).
 */
export class ClusterConfig extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the ClusterConfig. Throws FW920 to FW922, FW925 and FW927 to FW929
   */
  public constructor(scope: Construct, id: string, props: ClusterConfigProps = {}) {
    checkClusterConfig(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, gitClient, ...spec } = props ?? {};
    super(scope, id, {
      apiVersion: 'kargo.akuity.io/v1alpha1',
      kind: 'ClusterConfig',
      metadata: { ...metadata, name: 'cluster' },
      spec: plain({
        ...spec,
        gitClient: gitClient === undefined ? undefined : {
          ...gitClient, signingKeySecret: gitClient.signingKeySecret === undefined ? undefined : { name: gitClient.signingKeySecret },
        },
      }),
    });
    dropNamespace(this);
  }
}

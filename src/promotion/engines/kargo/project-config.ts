import { ApiObject, ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as messages from './messages';
import type { DeepLink, PromotionPolicy } from './policies';
import { checkProjectConfig } from './policies-validation';
import { register } from './register';
import type { WebhookReceiver } from './webhook-receiver';
import { copied } from '../../../core/copied';
import { plain } from '../../../core/shape';

/** Properties of a `ProjectConfig`. */
export interface ProjectConfigProps {
  /**
   * Namespace, labels and annotations. A ProjectConfig has the name of its Project, which is that of its namespace.
   *
   * @default - the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Which Stages promote without asking. Each Stage that is named once.
   *
   * @default - none
   */
  readonly promotionPolicies?: PromotionPolicy[];

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
 * A Kargo `ProjectConfig` (kargo.akuity.io/v1alpha1), in any cdk8s chart: what holds for a whole Project.
 *
 * `autoRollback` and `promotionWindows` are read by Kargo Enterprise only, and are refused (FW922).
 */
export class ProjectConfig extends ApiObject {
  /** @internal */
  public readonly _props: ProjectConfigProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the ProjectConfig. Throws FW920 to FW922, FW924, FW925 and FW927 to FW929. Checks over the tree give FW933 and FW937
   */
  public constructor(scope: Construct, id: string, props: ProjectConfigProps = {}) {
    const path = `${scope.node.path}/${id}`;
    checkProjectConfig(path, 'ProjectConfig', props ?? {});
    const { metadata, ...spec } = props ?? {};
    const namespace = metadata?.namespace ?? Chart.of(scope).namespace;
    if (namespace === undefined || (metadata?.name !== undefined && metadata.name !== namespace)) {
      const [what, value, fault] = namespace === undefined ? ['namespace', namespace, 'is not known, and is that of the Project'] : ['name', metadata!.name, `is not ${JSON.stringify(namespace)}, as its namespace`];
      throw messages.wrongName.error(path, { kind: 'ProjectConfig', what: what as string, value, fault: fault as string });
    }
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'ProjectConfig', metadata: { ...metadata, name: namespace }, spec: plain(spec) });
    this._props = copied(props ?? {}, 6);
    register(this);
  }
}

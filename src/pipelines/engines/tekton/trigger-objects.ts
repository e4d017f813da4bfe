import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { EventListenerProps, TriggerProps } from './listener-props';
import { register } from './register';
import { checkTriggers, triggerJson } from './trigger-checks';
import type { TriggerBindingProps, TriggerTemplateProps } from './trigger-props';
import { copied } from '../../../core/copied';
import { plain } from '../../../core/shape';

const API_VERSION = 'triggers.tekton.dev/v1beta1';
const DEPTH = 24;

/** A `TriggerBinding` of Tekton (triggers.tekton.dev/v1beta1), in any cdk8s chart: params from an event. */
export class TriggerBinding extends ApiObject {
  /** @internal */
  public readonly _props: TriggerBindingProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the binding. Throws FW1220 to FW1222, FW1224 and FW1226
   */
  public constructor(scope: Construct, id: string, props: TriggerBindingProps) {
    checkTriggers(`${scope.node.path}/${id}`, 'TriggerBinding', props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: API_VERSION, kind: 'TriggerBinding', metadata: { ...metadata }, spec: plain(spec) });
    this._props = { metadata, ...spec };
    register(this);
  }
}

/** A `TriggerTemplate` of Tekton (triggers.tekton.dev/v1beta1), in any cdk8s chart: what is made for an event. */
export class TriggerTemplate extends ApiObject {
  /** @internal */
  public readonly _props: TriggerTemplateProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the template. Throws FW1220 to FW1222, FW1224, FW1226 and FW1227
   */
  public constructor(scope: Construct, id: string, props: TriggerTemplateProps) {
    checkTriggers(`${scope.node.path}/${id}`, 'TriggerTemplate', props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: API_VERSION, kind: 'TriggerTemplate', metadata: { ...metadata }, spec: plain(spec) });
    this._props = { metadata, ...spec };
    register(this);
  }
}

/** A `Trigger` of Tekton (triggers.tekton.dev/v1beta1), in any cdk8s chart: which events make what. */
export class Trigger extends ApiObject {
  /** @internal */
  public readonly _props: TriggerProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the trigger. Throws FW1220 to FW1222 and FW1224 to FW1227. Checks over the tree give FW1240 and FW1241
   */
  public constructor(scope: Construct, id: string, props: TriggerProps) {
    checkTriggers(`${scope.node.path}/${id}`, 'Trigger', props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: API_VERSION, kind: 'Trigger', metadata: { ...metadata }, spec: plain(triggerJson(spec)) });
    this._props = { metadata, ...spec };
    register(this);
  }
}

/**
 * An `EventListener` of Tekton (triggers.tekton.dev/v1beta1), in any cdk8s chart: a server for webhooks.
 *
 * It is reached by the Service `el-<name>`, port 8080.
 */
export class EventListener extends ApiObject {
  /** @internal */
  public readonly _props: EventListenerProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the listener. Throws FW1220 to FW1222 and FW1224 to FW1227. Checks over the tree give FW1240 and FW1241
   */
  public constructor(scope: Construct, id: string, props: EventListenerProps) {
    checkTriggers(`${scope.node.path}/${id}`, 'EventListener', props ?? {});
    const { metadata, triggers, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: API_VERSION, kind: 'EventListener', metadata: { ...metadata }, spec: plain({ ...spec, triggers: triggers?.map(triggerJson) }) });
    this._props = { metadata, triggers, ...spec };
    register(this);
  }
}

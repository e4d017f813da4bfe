import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap } from '../core/metadata';

/** What KEDA scales by: one of its scalers with its settings. Settings are texts, as KEDA has them. */
export class KedaTrigger {
  /**
   * The value of a query in PromQL, per pod.
   *
   * @param serverAddress the URL of the server. Throws FW432 when it is no URL
   * @param query the query, with one value. Throws FW432 when it is empty
   * @param threshold the value that one pod can carry. Throws FW432 for what is not above zero
   */
  public static prometheus(serverAddress: string, query: string, threshold: number): KedaTrigger {
    if (typeof serverAddress !== 'string' || !/^https?:\/\/[^\s/]+/.test(serverAddress)) {
      throw messages.invalidKeda.error('', { what: 'address of Prometheus', value: serverAddress, fault: 'is no URL' });
    }
    return KedaTrigger.of('prometheus', { serverAddress, query, threshold: amount('threshold', threshold) });
  }

  /**
   * A number of pods between two times of the day.
   *
   * @param timezone an IANA time zone: `Europe/Berlin`
   * @param start when it begins, as cron of five fields: `0 8 * * *`
   * @param end when it ends, as cron of five fields
   * @param replicas how many pods in between. Throws FW432 for what is no number of pods
   */
  public static cron(timezone: string, start: string, end: string, replicas: number): KedaTrigger {
    return KedaTrigger.of('cron', { timezone, start, end, desiredReplicas: amount('number of pods', replicas) });
  }

  /**
   * The lag of a consumer group, per pod.
   *
   * @param bootstrapServers the brokers: `kafka:9092`
   * @param consumerGroup the group
   * @param topic the topic
   * @param lagThreshold the lag that one pod can carry. Throws FW432 for what is not above zero
   */
  public static kafka(bootstrapServers: string, consumerGroup: string, topic: string, lagThreshold: number): KedaTrigger {
    return KedaTrigger.of('kafka', { bootstrapServers, consumerGroup, topic, lagThreshold: amount('lag', lagThreshold) });
  }

  /**
   * CPU use in percent of the request. Cannot scale to zero, nor from it.
   *
   * @param utilization in percent. Throws FW432 for what is not above zero
   */
  public static cpu(utilization: number): KedaTrigger {
    return new KedaTrigger({ type: 'cpu', metricType: 'Utilization', metadata: { value: amount('CPU use', utilization) } });
  }

  /**
   * Memory use in percent of the request. Cannot scale to zero, nor from it.
   *
   * @param utilization in percent. Throws FW432 for what is not above zero
   */
  public static memory(utilization: number): KedaTrigger {
    return new KedaTrigger({ type: 'memory', metricType: 'Utilization', metadata: { value: amount('memory use', utilization) } });
  }

  /**
   * Any scaler of KEDA.
   *
   * @param type its type: `aws-sqs-queue`. Throws FW432 when it is empty
   * @param metadata its settings, texts. Throws FW432 for anything else
   * @param authentication the name of a TriggerAuthentication of the namespace; none by default
   */
  public static of(type: string, metadata: Record<string, string>, authentication?: string): KedaTrigger {
    if (typeof type !== 'string' || !/^[a-z][a-z0-9-]*$/.test(type)) {
      throw messages.invalidKeda.error('', { what: 'type of a trigger', value: type, fault: 'is none' });
    }
    if (!isMap(metadata) || Object.values(metadata).some(value => typeof value !== 'string' || value === '')) {
      throw messages.invalidKeda.error('', { what: `settings of ${type}`, value: metadata, fault: 'are no map of texts that say something' });
    }
    if (authentication !== undefined && !isDnsSubdomain(authentication)) {
      throw messages.invalidKeda.error('', { what: 'TriggerAuthentication', value: authentication, fault: 'is no name of one' });
    }
    return new KedaTrigger({ type, metadata, ...(authentication === undefined ? {} : { authenticationRef: { name: authentication } }) });
  }

  /** @internal */
  public readonly _spec: any;

  private constructor(spec: any) {
    this._spec = copied(spec);
  }

  /**
   * Whether the trigger can tell that no pod is needed.
   *
   * @internal
   */
  public _canSleep(): boolean {
    return this._spec.type !== 'cpu' && this._spec.type !== 'memory';
  }
}

/** How KEDA scales a workload. */
export interface KedaOptions {
  /**
   * The smallest number of pods; 0 lets the workload sleep while no trigger is active.
   */
  readonly minimum: number;

  /** The largest number of pods. */
  readonly maximum: number;

  /** What it scales by; the trigger that asks for most pods counts. */
  readonly triggers: KedaTrigger[];

  /**
   * How often the triggers are asked.
   *
   * @default Duration.seconds(30)
   */
  readonly pollingInterval?: Duration;

  /**
   * How long after the last activity the workload goes to sleep; only with a minimum of 0.
   *
   * @default Duration.minutes(5)
   */
  readonly cooldown?: Duration;
}

function amount(what: string, value: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
    throw messages.invalidKeda.error('', { what, value, fault: 'is not a number above zero' });
  }
  return String(value);
}

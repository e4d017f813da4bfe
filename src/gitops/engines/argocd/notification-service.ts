import * as own from './messages';
import { refuseUserInfo } from './secrets';
import { at, jsonMap, texts, word, wordMap } from './shapes';
import { anything, flag, isHttp, plain, struct, text } from '../../../core/shape';

/** Slack. */
export interface SlackService {
  /** The token of the bot, as `$key` of argocd-notifications-secret. */
  readonly token: string;

  /**
   * The name of the sender.
   *
   * @default - that of the bot
   */
  readonly username?: string;

  /**
   * The picture of the sender: an emoji or a URL.
   *
   * @default - that of the bot
   */
  readonly icon?: string;

  /**
   * The secret that requests are signed with, as `$key`.
   *
   * @default - none
   */
  readonly signingSecret?: string;

  /**
   * The channels that may be written to.
   *
   * @default - all
   */
  readonly channels?: string[];
}

/** Mail. */
export interface EmailService {
  /** The host. */
  readonly host: string;

  /** The port. */
  readonly port: number;

  /** The address of the sender. */
  readonly from: string;

  /**
   * The name to log in with.
   *
   * @default - none
   */
  readonly username?: string;

  /**
   * The password, as `$key`.
   *
   * @default - none
   */
  readonly password?: string;

  /**
   * Whether mails are HTML.
   *
   * @default false
   */
  readonly html?: boolean;
}

/** A webhook. */
export interface WebhookService {
  /** The URL; what is secret in it as `$key`. */
  readonly url: string;

  /**
   * Headers; credentials as `$key`.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/** A GitHub App. */
export interface GithubService {
  /** The id of the App, or `$key`. */
  readonly appID: string;

  /** The id of its installation, or `$key`. */
  readonly installationID: string;

  /** The private key, as `$key`. */
  readonly privateKey: string;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly enterpriseBaseURL?: string;
}

/** What is in a ConfigMap for all to read, and has to be a reference (notifications-engine pkg/services). */
const SECRET_FIELD = /(token|password|secret|privatekey|apikey|authorization|credentials?|accesskey|secretkey)$/i;

/** Maps whose values are all credentials: keys of interfaces, and addresses that everybody who knows them may write to. */
const SECRET_MAPS = ['apiKeys', 'serviceKeys', 'recipientUrls', 'webhooks'];

const TYPES = [
  'alertmanager', 'awssqs', 'email', 'gcppubsub', 'github', 'googlechat', 'grafana', 'mattermost', 'nats', 'newrelic', 'opsgenie', 'pagerduty', 'pagerdutyv2', 'pushover',
  'rocketchat', 'slack', 'teams', 'teams-workflows', 'telegram', 'webex', 'webhook',
];

/** What sends notifications. Credentials are keys of the Secret argocd-notifications-secret, as `$key`. */
export class NotificationService {
  /**
   * Slack.
   *
   * @param props how it is reached. Throws FW546 for a credential
   */
  public static slack(props: SlackService): NotificationService {
    struct({ token: text, username: text, icon: text, signingSecret: text, channels: texts }, ['token'])(at('', 'SlackService'), props);
    return NotificationService.of('slack', props);
  }

  /**
   * Mail.
   *
   * @param props how it is reached. Throws FW546 for a credential
   */
  public static email(props: EmailService): NotificationService {
    struct({ host: text, port: anything, from: text, username: text, password: text, html: flag }, ['host', 'port', 'from'])(at('', 'EmailService'), props);
    if (!Number.isSafeInteger(props.port) || props.port < 1 || props.port > 65535) {
      throw own.invalidNotification.error('', { what: 'port', value: props.port, fault: 'is none' });
    }
    return NotificationService.of('email', props);
  }

  /**
   * A webhook.
   *
   * @param name the name of the service
   * @param props how it is reached. Throws FW546 for a credential
   */
  public static webhook(name: string, props: WebhookService): NotificationService {
    struct({ url: text, headers: wordMap }, ['url'])(at('', 'WebhookService'), props);
    if (!isHttp(props.url) && !props.url.startsWith('$')) {
      throw own.invalidNotification.error('', { what: 'URL', value: props.url, fault: 'is no http or https URL' });
    }
    refuseUserInfo('', 'webhook', 'url', props.url);
    checkCredentials('webhook', props.headers ?? {});
    const headers = Object.entries(props.headers ?? {}).map(([header, value]) => ({ name: header, value }));
    return NotificationService.of('webhook', { url: props.url, ...(headers.length > 0 ? { headers } : {}) }, name);
  }

  /**
   * A GitHub App, for statuses, deployments and comments.
   *
   * @param props how it is reached. Throws FW546 for a credential
   */
  public static github(props: GithubService): NotificationService {
    struct({ appID: text, installationID: text, privateKey: text, enterpriseBaseURL: text }, ['appID', 'installationID', 'privateKey'])(at('', 'GithubService'), props);
    return NotificationService.of('github', props);
  }

  /**
   * Any service.
   *
   * @param type its type. Throws FW545 for one that is unknown
   * @param options its options, in the fields of the upstream type. Throws FW546 for a credential
   * @param name its name, where there are several of the type
   */
  public static of(type: string, options: any, name?: string): NotificationService {
    if (!TYPES.includes(type)) {
      throw own.invalidNotification.error('', { what: 'service', value: type, fault: `is none of ${TYPES.join(', ')}` });
    }
    if (name !== undefined && (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,200}$/.test(name))) {
      throw own.invalidNotification.error('', { what: 'name of a service', value: name, fault: 'has other characters than letters, digits, - and _' });
    }
    jsonMap({ ...at('', 'NotificationService'), field: 'options' }, options);
    checkCredentials(type, options);
    return new NotificationService(type, name ?? type, plain(options));
  }

  private constructor(
    /** Its type. */
    public readonly type: string,
    /** Its name. */
    public readonly name: string,
    private readonly options: any,
  ) {}

  /** @internal */
  public _toJson(): any {
    return this.options;
  }
}

/** Throws FW546 for a credential that is no reference. */
function checkCredentials(service: string, options: any, field = ''): void {
  for (const [key, value] of Object.entries(options as Record<string, unknown>)) {
    const name = field === '' ? key : `${field}.${key}`;
    if (SECRET_MAPS.includes(key) && typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([each, one]) => checkReference(service, `${name}.${each}`, one));
    } else if (typeof value === 'object' && value !== null) {
      checkCredentials(service, value, name);
    } else if (SECRET_FIELD.test(key)) {
      checkReference(service, name, value);
    } else if (typeof value === 'string' && /^[a-z+]+:\/\/[^/?#]*:[^/?#$]+@/i.test(value)) {
      throw own.secretInNotification.error('', { service, field: name });
    }
  }
}

/** A reference, or one with a word in front of it: `Bearer $token`. */
function checkReference(service: string, field: string, value: unknown): void {
  if (typeof value === 'string' && value !== '' && !/^([A-Za-z]+ )?\$[\w-]+$/.test(value)) {
    throw own.secretInNotification.error('', { service, field });
  }
  word({ ...at('', 'NotificationService'), field }, value);
}

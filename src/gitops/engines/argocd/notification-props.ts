import { NotificationService } from './notification-service';

/** What is sent. Every text is a Go template with `app`, `context` and the functions of Sprig and of Argo CD. */
export interface NotificationTemplate {
  /**
   * The text, for services that need nothing else.
   *
   * @default - none
   */
  readonly message?: string;

  /**
   * A mail.
   *
   * @default - the message
   */
  readonly email?: EmailTemplate;

  /**
   * A message for Slack.
   *
   * @default - the message
   */
  readonly slack?: SlackTemplate;

  /**
   * A status, a deployment or a comment on GitHub.
   *
   * @default - none
   */
  readonly github?: GithubTemplate;

  /**
   * Requests, by the name of the webhook service.
   *
   * @default - none
   */
  readonly webhook?: Record<string, WebhookTemplate>;

  /**
   * Other services, in the fields of the upstream type: alertmanager, awssqs, gcppubsub, googlechat, mattermost, newrelic, opsgenie,
   * pagerduty, pagerdutyv2, rocketchat, teams, teams-workflows.
   *
   * @default - none
   */
  readonly others?: any;
}

/** A mail. */
export interface EmailTemplate {
  /** The subject. */
  readonly subject: string;

  /**
   * The text.
   *
   * @default - the message
   */
  readonly body?: string;
}

/** A message for Slack. */
export interface SlackTemplate {
  /**
   * Attachments, as JSON text.
   *
   * @default - none
   */
  readonly attachments?: string;

  /**
   * Blocks, as JSON text.
   *
   * @default - none
   */
  readonly blocks?: string;

  /**
   * What messages of one thread have in common.
   *
   * @default - no threads
   */
  readonly groupingKey?: string;

  /**
   * Whether an answer in a thread is also shown in the channel.
   *
   * @default false
   */
  readonly notifyBroadcast?: boolean;

  /**
   * `Post`, `PostAndUpdate` or `Update`.
   *
   * @default Post
   */
  readonly deliveryPolicy?: string;
}

/** A status, a deployment or a comment on GitHub. */
export interface GithubTemplate {
  /**
   * Which repository, as a template.
   *
   * @default - that of the Application, which is the one with the manifests
   */
  readonly repoURLPath?: string;

  /**
   * Which commit, as a template.
   *
   * @default - that of the last sync, which is one of the manifests
   */
  readonly revisionPath?: string;

  /**
   * A commit status, in the fields of the upstream type: `state`, `label`, `targetURL`.
   *
   * @default - none
   */
  readonly status?: Record<string, string>;

  /**
   * A deployment, in the fields of the upstream type: `state`, `environment`, `environmentURL`, `logURL`, `requiredContexts`,
   * `autoMerge`, `transientEnvironment`, `reference`.
   *
   * @default - none
   */
  readonly deployment?: any;

  /**
   * A comment on the pull request of the commit.
   *
   * @default - none
   */
  readonly pullRequestComment?: string;
}

/** A request. */
export interface WebhookTemplate {
  /** The method, in capitals. */
  readonly method: string;

  /**
   * The body.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * What comes after the URL of the service.
   *
   * @default - nothing
   */
  readonly path?: string;
}

/** When something is sent. */
export interface NotificationCondition {
  /** An expression in the language of expr-lang, over `app`. */
  readonly when: string;

  /** The names of templates, at least one. */
  readonly send: string[];

  /**
   * An expression: something is sent once for each of its values.
   *
   * @default - each time that the condition becomes true
   */
  readonly oncePer?: string;

  /**
   * What it is for.
   *
   * @default - none
   */
  readonly description?: string;
}

/** Who is told, for all Applications. */
export interface NotificationSubscription {
  /** The recipients, as `service:recipient` or `service`. */
  readonly recipients: string[];

  /**
   * The triggers.
   *
   * @default - the default ones
   */
  readonly triggers?: string[];

  /**
   * A selector of labels of Applications, as text: `team=shop,env!=dev`.
   *
   * @default - all Applications
   */
  readonly selector?: string;
}

/** Properties of a `NotificationsConfig`. */
export interface NotificationsConfigProps {
  /**
   * What is sent, by name.
   *
   * @default - none
   */
  readonly templates?: Record<string, NotificationTemplate>;

  /**
   * When something is sent, by name.
   *
   * @default - none
   */
  readonly triggers?: Record<string, NotificationCondition[]>;

  /**
   * What sends it.
   *
   * @default - none
   */
  readonly services?: NotificationService[];

  /**
   * The triggers of subscriptions that name none.
   *
   * @default - none
   */
  readonly defaultTriggers?: string[];

  /**
   * Who is told, for all Applications.
   *
   * @default - those that Applications name in annotations
   */
  readonly subscriptions?: NotificationSubscription[];

  /**
   * Texts by name, for templates: `{{ .context.name }}`.
   *
   * @default - none
   */
  readonly context?: Record<string, string>;

  /**
   * Names of templates, triggers and services that the installation has already, for a merge patch.
   *
   * @default - none
   */
  readonly installed?: string[];
}

/** What a Provider sends to. */
export enum ProviderType {
  /** Slack. */
  SLACK = 'slack',
  /** Discord. */
  DISCORD = 'discord',
  /** Microsoft Teams. */
  MSTEAMS = 'msteams',
  /** Rocket.Chat. */
  ROCKET = 'rocket',
  /** Any webhook. */
  GENERIC = 'generic',
  /** Any webhook, with a signature. */
  GENERIC_HMAC = 'generic-hmac',
  /** The status of commits on GitHub. */
  GITHUB = 'github',
  /** The status of commits on GitLab. */
  GITLAB = 'gitlab',
  /** The status of commits on Gitea. */
  GITEA = 'gitea',
  /** A comment on a pull request on Gitea. */
  GITEA_PULL_REQUEST_COMMENT = 'giteapullrequestcomment',
  /** The status of commits on Bitbucket Server. */
  BITBUCKET_SERVER = 'bitbucketserver',
  /** The status of commits on Bitbucket. */
  BITBUCKET = 'bitbucket',
  /** The status of commits on Azure DevOps. */
  AZURE_DEVOPS = 'azuredevops',
  /** Google Chat. */
  GOOGLE_CHAT = 'googlechat',
  /** Google Pub/Sub: `address` is the project, `channel` the topic. */
  GOOGLE_PUBSUB = 'googlepubsub',
  /** Webex. */
  WEBEX = 'webex',
  /** Sentry: the address is the DSN, which is best in the Secret. */
  SENTRY = 'sentry',
  /** Azure Event Hub. */
  AZURE_EVENT_HUB = 'azureeventhub',
  /** Telegram. */
  TELEGRAM = 'telegram',
  /** Lark. */
  LARK = 'lark',
  /** Matrix. */
  MATRIX = 'matrix',
  /** Opsgenie. */
  OPSGENIE = 'opsgenie',
  /** Alertmanager. */
  ALERTMANAGER = 'alertmanager',
  /** Annotations in Grafana. */
  GRAFANA = 'grafana',
  /** An event that starts a workflow on GitHub. */
  GITHUB_DISPATCH = 'githubdispatch',
  /** A comment on a pull request on GitHub. */
  GITHUB_PULL_REQUEST_COMMENT = 'githubpullrequestcomment',
  /** A comment on a merge request on GitLab. */
  GITLAB_MERGE_REQUEST_COMMENT = 'gitlabmergerequestcomment',
  /** PagerDuty: `channel` is the routing key. */
  PAGERDUTY = 'pagerduty',
  /** Datadog. */
  DATADOG = 'datadog',
  /** NATS: `channel` is the subject. */
  NATS = 'nats',
  /** Zulip: `channel` is `<channel>/<topic>`. */
  ZULIP = 'zulip',
  /** OpenTelemetry. */
  OTEL = 'otel',
}

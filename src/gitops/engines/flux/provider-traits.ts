import { ProviderType } from './provider-type';

/** What a type of Provider cannot do without (notification-controller internal/notifier, the constructors). */
export interface ProviderTraits {
  /** Whether it needs an address, in `address` or in the Secret. */
  readonly address?: true;
  /** Whether it needs a channel, and for what. */
  readonly channel?: string;
  /** Why it needs a Secret, or, where it says so, the identity of a service account. */
  readonly secret?: string;
  /** Whether an identity takes the place of the Secret. */
  readonly identity?: true;
}

const TOKEN = 'it has no other way to prove who it is';

export const PROVIDER_TRAITS: Record<ProviderType, ProviderTraits> = {
  [ProviderType.SLACK]: { address: true },
  [ProviderType.DISCORD]: { address: true },
  [ProviderType.MSTEAMS]: { address: true },
  [ProviderType.ROCKET]: { address: true },
  [ProviderType.GENERIC]: { address: true },
  [ProviderType.GENERIC_HMAC]: { address: true, secret: 'the signature is made with its token' },
  [ProviderType.GITHUB]: { address: true, secret: TOKEN },
  [ProviderType.GITLAB]: { address: true, secret: TOKEN },
  [ProviderType.GITEA]: { address: true, secret: TOKEN },
  [ProviderType.GITEA_PULL_REQUEST_COMMENT]: { address: true, secret: TOKEN },
  [ProviderType.BITBUCKET_SERVER]: { address: true, secret: TOKEN },
  [ProviderType.BITBUCKET]: { address: true, secret: TOKEN },
  [ProviderType.AZURE_DEVOPS]: { address: true, secret: TOKEN, identity: true },
  [ProviderType.GOOGLE_CHAT]: { address: true },
  [ProviderType.GOOGLE_PUBSUB]: { address: true, channel: 'the topic' },
  [ProviderType.WEBEX]: { address: true, secret: TOKEN },
  [ProviderType.SENTRY]: { address: true },
  [ProviderType.AZURE_EVENT_HUB]: { address: true },
  [ProviderType.TELEGRAM]: { channel: 'the chat', secret: TOKEN },
  [ProviderType.LARK]: { address: true },
  [ProviderType.MATRIX]: { address: true, channel: 'the room', secret: TOKEN },
  [ProviderType.OPSGENIE]: { address: true, secret: TOKEN },
  [ProviderType.ALERTMANAGER]: { address: true },
  [ProviderType.GRAFANA]: { address: true },
  [ProviderType.GITHUB_DISPATCH]: { address: true, secret: TOKEN },
  [ProviderType.GITHUB_PULL_REQUEST_COMMENT]: { address: true, secret: TOKEN },
  [ProviderType.GITLAB_MERGE_REQUEST_COMMENT]: { address: true, secret: TOKEN },
  [ProviderType.PAGERDUTY]: { address: true, channel: 'the routing key' },
  [ProviderType.DATADOG]: { secret: TOKEN },
  [ProviderType.NATS]: { address: true, channel: 'the subject' },
  [ProviderType.ZULIP]: { address: true, channel: 'the channel and the topic', secret: TOKEN },
  [ProviderType.OTEL]: { address: true },
};

/** The types that set the status of commits. */
export const COMMIT_STATUS: ProviderType[] = [
  ProviderType.GITHUB, ProviderType.GITLAB, ProviderType.GITEA, ProviderType.BITBUCKET_SERVER, ProviderType.BITBUCKET, ProviderType.AZURE_DEVOPS,
];

/** The types whose address is a host, a project or a DSN, and not always a URL of HTTP. */
export const OTHER_ADDRESSES: ProviderType[] = [
  ProviderType.GOOGLE_PUBSUB, ProviderType.NATS, ProviderType.AZURE_EVENT_HUB, ProviderType.SENTRY,
  ProviderType.GITHUB, ProviderType.GITLAB, ProviderType.GITEA,
];

/** The types that read the identity of a service account. */
export const IDENTITIES: ProviderType[] = [ProviderType.AZURE_DEVOPS, ProviderType.AZURE_EVENT_HUB, ProviderType.GOOGLE_PUBSUB];

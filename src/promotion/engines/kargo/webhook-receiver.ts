import type { LabelSelector } from '../../../core/label-selector';

/** Warehouses that a generic receiver refreshes. At least one of name, labelSelector and matchIndices, else FW920 is thrown. */
export interface WebhookTarget {
  /**
   * The name of the Warehouse, which may be an expression.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * The labels of the Warehouses.
   *
   * @default - any
   */
  readonly labelSelector?: LabelSelector;

  /**
   * What the Warehouses watch.
   *
   * @default - anything
   */
  readonly matchIndices?: WebhookIndex[];
}

/** A condition on what a Warehouse watches. */
export interface WebhookIndex {
  /** `subscribedURLs` or `receiverPaths`. */
  readonly key: string;

  /** `Equals` or `NotEquals`. */
  readonly operator: string;

  /** The value, which may be an expression: `${{ request.body.repository.clone_url }}`. */
  readonly value: string;
}

/** What a generic receiver does. */
export interface WebhookAction {
  /** Which Warehouses are refreshed. At least one. */
  readonly targetSelectionCriteria: WebhookTarget[];

  /**
   * When it is done, as an expression over the request: `request.header("X-Event") == "push"`.
   *
   * @default - always
   */
  readonly whenExpression?: string;

  /**
   * Parameters.
   *
   * @default - none
   */
  readonly parameters?: Record<string, string>;
}

/**
 * An address that tells Kargo of something new, so that it need not wait for the next look. The shared secret stands in a
 * Secret beside the ProjectConfig, with the label `kargo.akuity.io/cred-type: generic`.
 */
export class WebhookReceiver {
  /**
   * From Artifactory.
   *
   * @param name the name of the receiver
   * @param secret the name of the Secret
   * @param virtualRepoName the virtual repository that images are pulled from
   */
  public static artifactory(name: string, secret: string, virtualRepoName?: string): WebhookReceiver {
    return new WebhookReceiver(name, 'artifactory', secret, { virtualRepoName });
  }

  /** From Azure DevOps and Azure Container Registry. */
  public static azure(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'azure', secret, {});
  }

  /** From Bitbucket. */
  public static bitbucket(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'bitbucket', secret, {});
  }

  /** From Docker Hub. */
  public static dockerhub(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'dockerhub', secret, {});
  }

  /** From Gitea. */
  public static gitea(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'gitea', secret, {});
  }

  /** From GitHub and its registry. */
  public static github(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'github', secret, {});
  }

  /** From GitLab. */
  public static gitlab(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'gitlab', secret, {});
  }

  /** From Harbor. */
  public static harbor(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'harbor', secret, {});
  }

  /** From Quay. */
  public static quay(name: string, secret: string): WebhookReceiver {
    return new WebhookReceiver(name, 'quay', secret, {});
  }

  /**
   * From anywhere else.
   *
   * @param name the name of the receiver
   * @param secret the name of the Secret
   * @param actions what is done, at least one
   */
  public static generic(name: string, secret: string, actions: WebhookAction[]): WebhookReceiver {
    return new WebhookReceiver(name, 'generic', secret, { actions });
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _secret: string,
    /** @internal */
    public readonly _options: any,
  ) {}

  /** @internal */
  public _toJson() {
    const actions = this._options.actions?.map((action: WebhookAction) => ({
      action: 'Refresh',
      ...action,
      targetSelectionCriteria: action.targetSelectionCriteria.map(({ matchIndices, ...target }) => ({
        kind: 'Warehouse',
        ...target,
        indexSelector: matchIndices === undefined ? undefined : { matchIndices },
      })),
    }));
    return { name: this._name, [this._type]: { secretRef: { name: this._secret }, ...this._options, actions } };
  }
}

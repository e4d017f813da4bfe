import type { ParsedOutput } from './step-configs-files';
import type { LabelSelector } from '../../../core/label-selector';

/** A parameter of Helm in an Application. */
export interface ArgoCdHelmImage {
  /** The name of the parameter. */
  readonly key: string;

  /** Its value: `${{ imageFrom("ghcr.io/acme/api").Tag }}`. */
  readonly value: string;
}

/** An image of Kustomize in an Application. At most one of tag and digest, else FW928 is thrown. */
export interface ArgoCdKustomizeImage {
  /** The repository of the image. */
  readonly repoURL: string;

  /**
   * The tag.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * The digest.
   *
   * @default - none
   */
  readonly digest?: string;

  /**
   * The repository that takes its place.
   *
   * @default - the same
   */
  readonly newName?: string;
}

/** A source of an Application. */
export interface ArgoCdSourceUpdate {
  /** The repository of the source. */
  readonly repoURL: string;

  /**
   * The chart of the source.
   *
   * @default - none, for a Git repository
   */
  readonly chart?: string;

  /**
   * The revision that the Application must come to: `${{ outputs.commit.commit }}`.
   *
   * @default - none
   */
  readonly desiredRevision?: string;

  /**
   * Write the desired revision into the source. Needs `desiredRevision`.
   *
   * @default false
   */
  readonly updateTargetRevision?: boolean;

  /**
   * Parameters of Helm.
   *
   * @default - none
   */
  readonly helmImages?: ArgoCdHelmImage[];

  /**
   * Images of Kustomize.
   *
   * @default - none
   */
  readonly kustomizeImages?: ArgoCdKustomizeImage[];
}

/**
 * Applications that are changed and synced. Exactly one of name and selector, else FW928 is thrown.
 * Each must permit it by the annotation `kargo.akuity.io/authorized-stage: <project>:<stage>` (FW938).
 */
export interface ArgoCdAppUpdate {
  /**
   * The name of the Application.
   *
   * @default - the selector
   */
  readonly name?: string;

  /**
   * The labels of the Applications.
   *
   * @default - the name
   */
  readonly selector?: LabelSelector;

  /**
   * Their namespace.
   *
   * @default argocd
   */
  readonly namespace?: string;

  /**
   * Changes of their sources.
   *
   * @default - none: they are synced
   */
  readonly sources?: ArgoCdSourceUpdate[];
}

/** Config of `argocd-update`. */
export interface ArgoCdUpdateConfig {
  /** The Applications. At least one. */
  readonly apps: ArgoCdAppUpdate[];
}

/** What is waited for. */
export enum ArgoCdWaitFor {
  /** Healthy. */
  HEALTH = 'health',
  /** Synced. */
  SYNC = 'sync',
  /** No operation runs. */
  OPERATION = 'operation',
  /** Suspended. */
  SUSPENDED = 'suspended',
  /** Degraded. */
  DEGRADED = 'degraded',
}

/** Applications that are waited for. Exactly one of name and selector, else FW928 is thrown. */
export interface ArgoCdAppWait {
  /**
   * The name of the Application.
   *
   * @default - the selector
   */
  readonly name?: string;

  /**
   * The labels of the Applications.
   *
   * @default - the name
   */
  readonly selector?: LabelSelector;

  /**
   * Their namespace.
   *
   * @default argocd
   */
  readonly namespace?: string;

  /**
   * What is waited for, each once.
   *
   * @default - health, sync and operation
   */
  readonly waitFor?: ArgoCdWaitFor[];
}

/** Config of `argocd-wait`. */
export interface ArgoCdWaitConfig {
  /** The Applications. At least one. */
  readonly apps: ArgoCdAppWait[];
}

/** A header or a query parameter. */
export interface HttpPair {
  /** Its name. */
  readonly name: string;

  /** Its value. A secret is read by an expression: `Bearer ${{ secret("api").token }}`. */
  readonly value: string;
}

/** The method of a request. */
export enum HttpMethod {
  /** DELETE */
  DELETE = 'DELETE',
  /** GET */
  GET = 'GET',
  /** HEAD */
  HEAD = 'HEAD',
  /** PATCH */
  PATCH = 'PATCH',
  /** POST */
  POST = 'POST',
  /** PUT */
  PUT = 'PUT',
}

/** Config of `http`. */
export interface HttpConfig {
  /** The URL. */
  readonly url: string;

  /**
   * The method.
   *
   * @default HttpMethod.GET
   */
  readonly method?: HttpMethod;

  /**
   * Headers.
   *
   * @default - none
   */
  readonly headers?: HttpPair[];

  /**
   * Query parameters.
   *
   * @default - none
   */
  readonly queryParams?: HttpPair[];

  /**
   * The body.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * Accept any certificate.
   *
   * @default false
   */
  readonly insecureSkipTLSVerify?: boolean;

  /**
   * A proxy: http or https.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * How long one request may take: `10s`.
   *
   * @default 10s
   */
  readonly timeout?: string;

  /**
   * How often it is repeated while neither success nor failure is decided: `30s`.
   *
   * @default - as the controller reconciles
   */
  readonly pollInterval?: string;

  /**
   * How the answer is read: `application/json`, `application/yaml` or `text/plain`.
   *
   * @default - as the answer says
   */
  readonly responseContentType?: string;

  /**
   * What is read from the answer.
   *
   * @default - nothing
   */
  readonly outputs?: ParsedOutput[];

  /**
   * When it has succeeded, without `${{ }}`: `response.status == 200`.
   *
   * @default - a status of 2xx
   */
  readonly successExpression?: string;

  /**
   * When it has failed for good, without `${{ }}`.
   *
   * @default - any other status
   */
  readonly failureExpression?: string;

  /**
   * When it counts as an error and may be repeated, without `${{ }}`.
   *
   * @default - none
   */
  readonly errorExpression?: string;
}

/** The kind of object whose metadata is written. */
export enum MetadataKind {
  /** A Stage. */
  STAGE = 'Stage',
  /** Freight. */
  FREIGHT = 'Freight',
}

/** Metadata of one object. */
export interface MetadataUpdate {
  /** Its kind. */
  readonly kind: MetadataKind;

  /** Its name: `${{ ctx.targetFreight.name }}`. */
  readonly name: string;

  /** What is written, by keys. At least one. */
  readonly values: Record<string, any>;
}

/** Config of `set-metadata`. */
export interface SetMetadataConfig {
  /** The objects. At least one. */
  readonly updates: MetadataUpdate[];
}

/** Config of `set-freight-alias`. */
export interface SetFreightAliasConfig {
  /** The name of the Freight. */
  readonly name: string;

  /** Its new alias. */
  readonly alias: string;
}

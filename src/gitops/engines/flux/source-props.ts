import type { ApiObjectMetadata } from 'cdk8s';

/** What all sources have. */
export interface SourceProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How often the source is looked at: `1m`, `1h30m`.
   *
   * @default 1m
   */
  readonly interval?: string;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** What sources have that hold files of their own: repositories, artifacts and buckets. */
export interface FetchedSourceProps extends SourceProps {
  /**
   * The Secret with the address of a proxy.
   *
   * @default - none
   */
  readonly proxySecretRef?: string;

  /**
   * How long one operation may take. Without hours: `60s`, `2m`.
   *
   * @default 60s
   */
  readonly timeout?: string;

  /**
   * What is left out, as in `.gitignore`.
   *
   * @default - what Flux leaves out by itself
   */
  readonly ignore?: string;
}

/** How Flux proves who it is, for registries and buckets. */
export enum CloudProvider {
  /** By a Secret, or not at all. */
  GENERIC = 'generic',
  /** By the identity that AWS gives. */
  AWS = 'aws',
  /** By the identity that Azure gives. */
  AZURE = 'azure',
  /** By the identity that Google Cloud gives. */
  GCP = 'gcp',
}

/** Who signed something with Sigstore. */
export interface OidcIdentity {
  /** The issuer, as a regular expression of Go: `^https://token.actions.githubusercontent.com$`. */
  readonly issuer: string;

  /** The subject, as a regular expression of Go: `^https://github.com/acme/.*$`. */
  readonly subject: string;
}

/** How a signature is made. */
export enum VerificationProvider {
  /** Sigstore's Cosign. */
  COSIGN = 'cosign',
  /** Notary's Notation; needs a Secret. */
  NOTATION = 'notation',
}

/** The signature that an artifact must have. */
export interface OciVerification {
  /**
   * How the signature is made.
   *
   * @default VerificationProvider.COSIGN
   */
  readonly provider?: VerificationProvider;

  /**
   * The Secret with public keys, or with the trust policy of Notation.
   *
   * @default - keyless, by `matchOIDCIdentity`
   */
  readonly secretRef?: string;

  /**
   * Who may have signed, any of them. FW569 warns when it is missing and there is no Secret.
   *
   * @default - anyone
   */
  readonly matchOIDCIdentity?: OidcIdentity[];

  /**
   * The Secret with the trusted root of a private Sigstore. Only for an OCIRepository.
   *
   * @default - the public instance
   */
  readonly trustedRootSecretRef?: string;
}

import type { JobStepOptions } from '../step-options';
import type { Value } from '../value';

/** Options of a login. */
export interface LoginOptions extends JobStepOptions {
  /** The host of the registry: `ghcr.io`. */
  readonly registry: string;

  /**
   * Who logs in.
   *
   * @default - who started the run, for ghcr.io; else it has to be given (FW1000)
   */
  readonly username?: string | Value;

  /**
   * The password or token, a `PipelineSecret`.
   *
   * @default - the secret GITHUB_TOKEN, for ghcr.io; else it has to be given (FW1000)
   */
  readonly password?: Value;
}

/** Options of a build. */
export interface BuildImageOptions extends JobStepOptions {
  /** The repository, without tag: `ghcr.io/acme/checkout`. */
  readonly image: string | Value;

  /**
   * The tag that people see. What comes after names the digest.
   *
   * @default Context.SHA
   */
  readonly tag?: string | Value;

  /**
   * The folder that is built.
   *
   * @default '.'
   */
  readonly context?: string;

  /**
   * The Dockerfile, from the root of the repository.
   *
   * @default - Dockerfile in the context
   */
  readonly dockerfile?: string;

  /**
   * The stage of the Dockerfile.
   *
   * @default - the last
   */
  readonly target?: string;

  /**
   * Platforms, such as `linux/amd64`.
   *
   * @default - that of the runner
   */
  readonly platforms?: string[];

  /**
   * Arguments of the build, `NAME=value`. They can be read in the image: nothing secret.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * Whether it is pushed. Without it nobody knows its digest, and there are no outputs.
   *
   * @default true
   */
  readonly push?: boolean;

  /**
   * Whether BuildKit attaches how it was built.
   *
   * @default true
   */
  readonly provenance?: boolean;

  /**
   * Whether BuildKit attaches a list of what is in it.
   *
   * @default true
   */
  readonly sbom?: boolean;
}

/** An image that was built. */
export interface BuiltImageOptions extends JobStepOptions {
  /** The repository, without tag. */
  readonly image: string | Value;

  /** The digest: `build.output('digest')`. */
  readonly digest: string | Value;
}

/** What looks for vulnerabilities. */
export enum ImageScanner {
  GRYPE = 'grype',
  TRIVY = 'trivy',
}

/** From where on a vulnerability counts. */
export enum ScanSeverity {
  LOW = 'low',
  MEDIUM = 'medium',
  HIGH = 'high',
  CRITICAL = 'critical',
}

/** How images are scanned. */
export interface ScanRules {
  /**
   * What looks. It has to be in the image of the job, or on the runner.
   *
   * @default ImageScanner.GRYPE
   */
  readonly scanner?: ImageScanner;

  /**
   * From where on a vulnerability fails the step.
   *
   * @default ScanSeverity.HIGH
   */
  readonly severity?: ScanSeverity;

  /**
   * Whether only those count that a newer version mends.
   *
   * @default true
   */
  readonly onlyFixed?: boolean;
}

/** Options of a scan. */
export interface ScanImageOptions extends BuiltImageOptions {
  /**
   * How it is scanned.
   *
   * @default - by Grype, for what is high and can be mended
   */
  readonly rules?: ScanRules;

  /**
   * Where the findings go, as SARIF, for `Report.findings`.
   *
   * @default 'scan.sarif'
   */
  readonly report?: string;
}

/** Options of a signature. */
export interface SignImageOptions extends BuiltImageOptions {
  /**
   * A key of a key management, as cosign names it: `awskms:///alias/release`.
   *
   * @default - none: keyless, by the identity of the run, in the transparency log of sigstore
   */
  readonly key?: string;
}

/** What is attested. */
export enum Attestation {
  /** What is in the image, in the form of CycloneDX. */
  CYCLONEDX = 'cyclonedx',
  /** What is in the image, in the form of SPDX. */
  SPDX = 'spdx',
  /** How it was built, in the form of SLSA 1. */
  PROVENANCE = 'provenance',
}

/** Options of an attestation. */
export interface AttestImageOptions extends SignImageOptions {
  /**
   * What is attested.
   *
   * @default Attestation.CYCLONEDX
   */
  readonly type?: Attestation;

  /**
   * The file that is attested.
   *
   * @default - made: by syft of what is in the image, or of the run
   */
  readonly predicate?: string;
}

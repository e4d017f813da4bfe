import { checkIdentifier, checkShape, line } from './check';
import type { CapabilityName, GrantNode } from './graph';
import * as messages from './messages';

/** A right of a job, with the reason for it. A job has none but those it is granted; steps of the library bring what they need. */
export class Grant {
  /** To read the repository. @param reason why, one line. Throws FW1030 */
  public static readCode(reason: string): Grant { return new Grant('readCode', reason); }

  /** To push to the repository, tags and releases among it. @param reason why, one line. Throws FW1030 */
  public static writeCode(reason: string): Grant { return new Grant('writeCode', reason); }

  /** To read packages and images of the repository's registry. @param reason why, one line. Throws FW1030 */
  public static readPackages(reason: string): Grant { return new Grant('readPackages', reason); }

  /** To publish packages and images to the repository's registry. @param reason why, one line. Throws FW1030 */
  public static publishPackages(reason: string): Grant { return new Grant('publishPackages', reason); }

  /** To get a token of OpenID Connect. @param reason why, one line. Throws FW1030 */
  public static identity(reason: string): Grant { return new Grant('identity', reason); }

  /** To comment on the pull request. @param reason why, one line. Throws FW1030 */
  public static commentOnChange(reason: string): Grant { return new Grant('commentOnChange', reason); }

  /** To upload findings of scanners. @param reason why, one line. Throws FW1030 */
  public static uploadFindings(reason: string): Grant { return new Grant('uploadFindings', reason); }

  /** To store attestations. @param reason why, one line. Throws FW1030 */
  public static attest(reason: string): Grant { return new Grant('attest', reason); }

  /** To write checks. @param reason why, one line. Throws FW1030 */
  public static writeChecks(reason: string): Grant { return new Grant('writeChecks', reason); }

  /** To set the status of commits. @param reason why, one line. Throws FW1030 */
  public static writeStatuses(reason: string): Grant { return new Grant('writeStatuses', reason); }

  /** To record deployments. @param reason why, one line. Throws FW1030 */
  public static writeDeployments(reason: string): Grant { return new Grant('writeDeployments', reason); }

  /** To read runs and artifacts of other runs. @param reason why, one line. Throws FW1030 */
  public static readActions(reason: string): Grant { return new Grant('readActions', reason); }

  /** To open and change issues. @param reason why, one line. Throws FW1030 */
  public static writeIssues(reason: string): Grant { return new Grant('writeIssues', reason); }

  /** To publish a site. @param reason why, one line. Throws FW1030 */
  public static publishPages(reason: string): Grant { return new Grant('publishPages', reason); }

  /** @internal */
  public readonly _grant: GrantNode;

  private constructor(capability: CapabilityName, reason: string) {
    if (typeof reason !== 'string' || reason.trim() === '' || /[\p{Cc}\u2028\u2029]/u.test(reason) || reason.length > 200) {
      throw messages.grantsWithoutReason.error('', { grant: capability, reason });
    }
    this._grant = { capability, reason: reason.trim() };
  }
}

/** Options of an identity. */
export interface IdentityOptions {
  /** Whom the token is for: `sts.amazonaws.com`, `sigstore`. */
  readonly audience: string;
}

/** A token of OpenID Connect, for clouds and registries that trust the system: no secret is stored. */
export class Identity {
  /**
   * The token lies in a file, whose path is in the environment variable `<name>_FILE`.
   *
   * @param name letters in upper case, digits and underscores: `AWS_TOKEN`
   * @param options the audience. Throws FW1000 to FW1004
   */
  public static of(name: string, options: IdentityOptions): Identity {
    return new Identity(name, options);
  }

  /** @internal */
  public readonly _name: string;
  /** @internal */
  public readonly _audience: string;

  private constructor(name: string, options: IdentityOptions) {
    this._name = checkIdentifier('', 'identity', name, /^[A-Z][A-Z0-9_]*$/);
    checkShape('', 'identity', options, { audience: line }, ['audience']);
    this._audience = options.audience;
  }
}

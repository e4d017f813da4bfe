import { checkShape, line, textOrValue } from './check';
import type { ProtectionNode } from './graph';
import * as messages from './messages';
import type { Value } from './value';
import { Environment } from '../environments';

/** Options of the environment of a job. */
export interface JobEnvironmentOptions {
  /**
   * Where people see what was deployed.
   *
   * @default - nowhere
   */
  readonly url?: string | Value;
}

/** The environment that a job deploys to. Systems show what runs where, and hold the job until the gates of the environment are open. */
export class JobEnvironment {
  /**
   * An environment of the platform, with its protection.
   *
   * @param environment the environment
   * @param options what is shown. Throws FW1001 and FW1002
   */
  public static of(environment: Environment, options: JobEnvironmentOptions = {}): JobEnvironment {
    if (!Environment.isEnvironment(environment)) {
      throw messages.invalidField.error('', { kind: 'job', field: 'environment', value: typeof environment, fault: 'is no Environment' });
    }
    return new JobEnvironment(environment.name, options, protectionOf(environment));
  }

  /**
   * An environment that the platform does not know.
   *
   * @param name letters, digits, blanks and `._/-`, at most 100. Throws FW1000, FW1001 and FW1004
   * @param options what is shown. Throws FW1001 and FW1002
   */
  public static named(name: string, options: JobEnvironmentOptions = {}): JobEnvironment {
    line({ path: '', kind: 'environment', field: 'name', messages }, name);
    if (!/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}$/.test(name)) {
      throw messages.invalidId.error('', { what: 'environment', id: name, fault: 'is not made of letters, digits, blanks and ._/-' });
    }
    return new JobEnvironment(name, options);
  }

  /** @internal */
  public readonly _url?: string | Value;

  private constructor(public readonly name: string, options: JobEnvironmentOptions, /** @internal */ public readonly _protection?: ProtectionNode) {
    checkShape('', 'environment', options, { url: textOrValue });
    this._url = options?.url;
  }
}

function protectionOf({ protection }: Environment): ProtectionNode {
  const { approvals, soakTime, allowedTimes = [], freezes = [], requireHealth = false, requireAnalysis = [] } = protection;
  return {
    ...approvals && { approvals: { teams: [...approvals.teams], count: approvals.count ?? 1 } },
    ...soakTime && { soakMinutes: Math.ceil(soakTime.toSeconds() / 60) },
    restrictedTimes: allowedTimes.length > 0 || freezes.length > 0,
    requireHealth,
    requireAnalysis: [...requireAnalysis],
  };
}

import type { FlaggerVersion } from './version';

/** Options of Flagger. */
export interface FlaggerOptions {
  /**
   * The version of the controller.
   *
   * @default FlaggerVersion.V1_44
   */
  readonly version?: FlaggerVersion;

  /**
   * The URL of a gate that a person opens, for approvals: the `/gate/check` of Flagger's load tester, or one's own.
   *
   * @default - none: a strategy with an approval is an error
   */
  readonly gate?: string;
}

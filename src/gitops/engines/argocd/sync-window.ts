/** What a sync window does. */
export enum SyncWindowKind {
  /** Outside of all windows that allow, nothing is synced. */
  ALLOW = 'allow',
  /** Inside of it, nothing is synced; it wins over windows that allow. */
  DENY = 'deny',
}

/** A time in which Applications of a project are synced, or are not (argo-cd docs/user-guide/sync_windows.md). */
export interface SyncWindow {
  /** What it does. */
  readonly kind: SyncWindowKind;

  /** When it begins: a cron schedule of five fields, minute, hour, day of the month, month, day of the week. Sunday is 0. */
  readonly schedule: string;

  /** How long it is, as a duration of Go: `30m`, `58h`. Longer than 0. */
  readonly duration: string;

  /**
   * The time zone of the schedule, a name of the IANA database.
   *
   * @default UTC
   */
  readonly timeZone?: string;

  /**
   * The Applications that it is for, as globs of names.
   *
   * @default - none; `namespaces` or `clusters` is given instead
   */
  readonly applications?: string[];

  /**
   * The namespaces that it is for, as globs.
   *
   * @default - none; `applications` or `clusters` is given instead
   */
  readonly namespaces?: string[];

  /**
   * The clusters that it is for, as globs of names or URLs.
   *
   * @default - none; `applications` or `namespaces` is given instead
   */
  readonly clusters?: string[];

  /**
   * Whether a person may sync all the same.
   *
   * @default false
   */
  readonly manualSync?: boolean;

  /**
   * Whether an Application must match every list that is given, and not just one of them.
   *
   * @default false
   */
  readonly andOperator?: boolean;

  /**
   * Whether a sync that has begun goes on when the window closes. Argo CD before 3.5 does not know the field.
   *
   * @default false
   */
  readonly syncOverrun?: boolean;

  /**
   * What it is for, up to 255 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

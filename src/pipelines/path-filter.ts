import { checkIdentifier, checkShape, globs } from './check';
import * as messages from './messages';

/** Options of a filter. */
export interface PathFilterOptions {
  /** Patterns over paths from the root: `src/**`. At least one. */
  readonly paths: string[];

  /**
   * Patterns over paths that do not count.
   *
   * @default - none
   */
  readonly except?: string[];
}

/** Some files of the repository, by name. Given to `Condition.changed()`. */
export class PathFilter {
  /**
   * @param name what it is called in logs: letters, digits and underscores
   * @param options which files. Throws FW1000 to FW1004 and FW1038
   */
  public static of(name: string, options: PathFilterOptions): PathFilter {
    return new PathFilter(name, options);
  }

  /** @internal */
  public static _isPathFilter(x: unknown): x is PathFilter {
    return typeof (x as PathFilter | null)?._filter === 'string';
  }

  /** @internal */
  public readonly _filter: string;

  /** @internal */
  public readonly _paths: { readonly include: string[]; readonly exclude: string[] };

  private constructor(name: string, options: PathFilterOptions) {
    this._filter = checkIdentifier('', 'filter', name, /^[a-z][a-z0-9_]*$/);
    checkShape('', 'filter', options, { paths: globs('path'), except: globs('path') }, ['paths']);
    if (options.paths.length === 0) {
      throw messages.emptyField.error('', { kind: 'filter', field: 'paths' });
    }
    this._paths = { include: [...options.paths], exclude: [...options.except ?? []] };
  }
}

import { checkIdentifier, globs } from './check';
import { Condition } from './condition';
import { ContextName, ValueNode } from './graph';
import * as messages from './messages';
import { SCOPED, ScopedValue } from './scoped-value';

/** What a value is made of until the graph is built: text, values of the graph, and values of constructs. */
export type ValuePart = string | ValueNode | ScopedValue;

/**
 * Something that is known when the pipeline runs: an output, an input, a value of a matrix, what the system knows of the run, a secret.
 *
 * It goes into environment variables, inputs of steps, names and conditions, and never into the text of a script: nothing that others choose is
 * run as code. Values that others choose are refused where they would decide what runs (FW1017), secrets where they would be shown (FW1016).
 */
export class Value {
  /**
   * Text and values, one after the other.
   *
   * @param parts text or `Value`. Throws FW1001 for something else
   */
  public static join(...parts: any[]): Value {
    return new Value(parts.flatMap(part => partsOf(part)));
  }

  /**
   * A hash over files of the workspace, for the key of a cache.
   *
   * @param files patterns such as `package-lock.json`. Throws FW1038
   */
  public static hashOf(...files: string[]): Value {
    globs('file')({ path: '', kind: 'hash', field: 'files', messages }, files);
    return new Value([{ kind: 'hash', files: [...files] }]);
  }

  /** @internal */
  public readonly _parts: readonly ValuePart[];

  /** @internal */
  protected constructor(parts: any[]) {
    this._parts = parts;
  }

  /** Throws FW1019: a value has no text while the program runs, and must not get into a script. */
  public toString(): string {
    throw messages.valueInScript.error('', { step: 'a template literal' });
  }

  /**
   * Holds when the value is one of these texts, letter by letter.
   *
   * @param values at least one. Throws FW1000 and FW1001
   */
  public isOneOf(...values: string[]): Condition {
    return Condition._compare(this, values);
  }

  /**
   * Holds when the value matches one of these patterns: `*` within a segment, `**` across segments, `?` for one character.
   *
   * @param patterns at least one. Throws FW1000 and FW1038
   */
  public matches(...patterns: string[]): Condition {
    return Condition._matches(this, patterns);
  }
}

/** The parts of text or of a value. */
export function partsOf(given: unknown): readonly ValuePart[] {
  if (typeof given === 'string') {
    return given === '' ? [] : [given];
  }
  const parts = (given as Value | null | undefined)?._parts;
  if (!Array.isArray(parts)) {
    throw messages.invalidField.error('', { kind: 'value', field: 'part', value: given, fault: 'is no text or Value' });
  }
  return parts;
}

/** What the system knows of a run. Whether others choose it is said of each. */
export class Context extends Value {
  /** `owner/name` of the repository. */
  public static readonly REPOSITORY = new Context('repository');
  /** The commit that the run is about, 40 hex digits. */
  public static readonly SHA = new Context('sha');
  /** The commit that it is compared with; empty where there is none. */
  public static readonly BASE_SHA = new Context('baseSha');
  /** The full name of the ref, `refs/heads/main`. Others choose it. */
  public static readonly REF = new Context('ref');
  /** The name of the branch; empty for a tag. Others choose it. */
  public static readonly BRANCH = new Context('branch');
  /** The name of the tag; empty for a branch. Others choose it. */
  public static readonly TAG = new Context('tag');
  /** The name of the default branch. */
  public static readonly DEFAULT_BRANCH = new Context('defaultBranch');
  /** What started the run, as `PipelineEvent` has it. */
  public static readonly EVENT = new Context('event');
  /** The number of the pull request; empty where there is none. */
  public static readonly CHANGE_NUMBER = new Context('changeNumber');
  /** The title of the pull request. Others choose it. */
  public static readonly CHANGE_TITLE = new Context('changeTitle');
  /** The branch that a pull request comes from. Others choose it. */
  public static readonly SOURCE_BRANCH = new Context('sourceBranch');
  /** The branch that a pull request goes to. Others choose it. */
  public static readonly TARGET_BRANCH = new Context('targetBranch');
  /** Who started the run. Others choose it. */
  public static readonly ACTOR = new Context('actor');
  /** The id of the run, unique on the system. */
  public static readonly RUN_ID = new Context('runId');
  /** The number of the run of this pipeline. */
  public static readonly RUN_NUMBER = new Context('runNumber');
  /** The address of the run for people. */
  public static readonly RUN_URL = new Context('runUrl');

  private constructor(name: ContextName) {
    super([{ kind: 'context', name }]);
  }
}

/** Options of a secret. */
export interface PipelineSecretOptions {
  /**
   * The name of the environment that it is kept for: only jobs of that environment can read it, after its approvals (FW1041).
   *
   * @default - every job of the repository can be given it
   */
  readonly environment?: string;
}

/** A secret in the store of the system, by its name there. What it says is never in the program. */
export class PipelineSecret extends Value {
  /**
   * @param name the name in the store: `NPM_TOKEN`. Throws FW1004 for a name that not every store takes
   * @param options where it is kept
   */
  public static named(name: string, options: PipelineSecretOptions = {}): PipelineSecret {
    return new PipelineSecret(checkIdentifier('', 'secret', name, /^[A-Z_][A-Z0-9_]*$/), options?.environment);
  }

  private constructor(public readonly name: string, environment: string | undefined) {
    super([{ [SCOPED]: 'secret', name, environment }]);
  }
}

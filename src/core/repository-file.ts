import { Construct } from 'constructs';
import { FileContent } from './file-content';
import { pathFault } from './files/paths';
import * as messages from './messages';
import { PLATFORM } from './platform-symbol';

/** Properties of a `RepositoryFile`. */
export interface RepositoryFileProps {
  /** The path in the repository, relative to its root, with `/` between folders: `.github/workflows/delivery.yml`. */
  readonly path: string;

  /** What the file says. */
  readonly content: FileContent;

  /**
   * Whether the file can be run (mode 755 instead of 644).
   *
   * @default false
   */
  readonly executable?: boolean;
}

/**
 * A file of the user's repository rather than a manifest for a cluster: a workflow, a Dockerfile, a
 * script. It is written together with the manifests and owned in the same way: never overwritten
 * when somebody else made or edited it, removed when the program no longer makes it.
 */
export class RepositoryFile extends Construct {
  /** Whether a construct is a repository file. */
  public static isRepositoryFile(x: any): x is RepositoryFile {
    return x !== null && typeof x === 'object' && REPOSITORY_FILE in x;
  }

  /** The path in the repository. */
  public readonly path: string;

  /** Whether the file can be run. */
  public readonly executable: boolean;

  private readonly content: FileContent;

  /**
   * @param scope a construct inside a `Platform`
   * @param id the id of the construct
   * @param props the file. Throws FW120 when the path may leave the root, FW110 outside a platform
   */
  public constructor(scope: Construct, id: string, props: RepositoryFileProps) {
    super(scope, id);
    Object.defineProperty(this, REPOSITORY_FILE, { value: true });
    if (!(PLATFORM in this.node.root)) {
      throw messages.notPlatform.error(this, { path: this.node.path });
    }
    const fault = pathFault(props.path);
    if (fault) {
      throw messages.unsafePath.error(this, { path: props.path, fault });
    }
    this.path = props.path;
    this.executable = props.executable ?? false;
    this.content = props.content;
  }

  /**
   * The text of the file, marker included.
   *
   * @internal
   */
  public _render(): string {
    return this.content._print(this);
  }
}

const REPOSITORY_FILE = Symbol.for('cdk8s-fairway.RepositoryFile');

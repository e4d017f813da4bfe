import { Construct } from 'constructs';
import { RepositoryFile, RepositoryFileProps } from './repository-file';

/**
 * A file in the output folder that is no manifest: its path is relative to the output folder. It
 * must not end in `.yaml` or `.yml`, because tools take every such file there for Kubernetes objects.
 *
 * @internal
 */
export class OutputFile extends RepositoryFile {
  /** Whether a repository file belongs into the output folder. */
  public static isOutputFile(x: RepositoryFile): x is OutputFile {
    return OUTPUT_FILE in x;
  }

  public constructor(scope: Construct, id: string, props: RepositoryFileProps) {
    super(scope, id, props);
    Object.defineProperty(this, OUTPUT_FILE, { value: true });
  }
}

const OUTPUT_FILE = Symbol.for('cdk8s-fairway.OutputFile');

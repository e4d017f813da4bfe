import { FileContent } from '../../../core/file-content';
import type { RepositoryFile } from '../../../core/repository-file';

/**
 * A file with a header. Values of inputs are always within quotes: GitLab puts them in place before it reads YAML, and `1.10` would become a number.
 */
export function yamlFile(header: unknown, body: unknown): FileContent {
  return new ComponentContent(FileContent.yaml(header), FileContent.yaml(body));
}

class ComponentContent extends FileContent {
  public constructor(private readonly header: FileContent, private readonly body: FileContent) {
    super();
  }

  public _print(file: RepositoryFile): string {
    const body = this.body._print(file).replace(/^#.*\n/, '');
    return `${this.header._print(file)}---\n${body.replace(/^([^\S\n]*(?:- |\w+: ))(\$\[\[ inputs\.\w+ \]\][^\n"]*)$/gm, '$1"$2"')}`;
  }
}

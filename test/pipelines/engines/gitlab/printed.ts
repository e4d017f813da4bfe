import type { RepositoryFile } from '../../../../src/core/repository-file';
import type { LoweredFile } from '../../../../src/pipelines/engine';

/** What a file says. */
export function printedContent({ path, content }: LoweredFile): string {
  return content._print({ path } as RepositoryFile);
}

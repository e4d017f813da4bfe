import type { Tool } from '../../tools/tool';
import type { Repository } from '../repository';
import { scriptsOf } from '../scripts/scripts';

/** No system puts a value into the text of a script, where what it holds would be run. */
export const insertedValues: Tool<Repository> = {
  name: 'inserted-values',
  version: 'of this project',
  install: () => undefined,
  check: (repository) => {
    const scripts = scriptsOf(repository);
    return {
      checked: scripts.length,
      findings: scripts.flatMap(({ file, object, inserted }) => inserted.map((message) => ({ file, object, rule: 'inserted', message }))),
    };
  },
};

import type { Tool } from '../../tools/tool';
import { readingsOf } from '../../tools/yaml';
import type { Repository } from '../repository';

/** No key twice, no broken syntax, and the same meaning in YAML 1.1, which GitLab and Azure read, and 1.2, which GitHub reads. */
export const yamlSyntax: Tool<Repository> = {
  name: 'yaml',
  version: '1.1 and 1.2',
  install: () => undefined,
  check: (repository) => {
    const { workflows, actions, gitlab, gitlabTemplates, azure, dependabot } = repository;
    const sources = [workflows, actions, gitlab, gitlabTemplates, azure, dependabot].flat();
    return {
      checked: sources.length,
      findings: sources.flatMap(({ file, text }) => readingsOf(plain(text)).map(({ rule, message }) => repository.finding(file, rule, message))),
    };
  },
};

/** The key `on` of workflows is a boolean in YAML 1.1, which nothing that reads workflows minds; GitLab's tags are no fault either. */
function plain(text: string): string {
  return text.replace(/^on:/m, '"on":').replace(/!reference (?=\[)/g, '');
}

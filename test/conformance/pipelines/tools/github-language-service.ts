import type { Tool } from '../../tools/tool';
import { npmBundle, npmVersionOf, run } from '../../workshop';
import type { Repository } from '../repository';

let script: string;

/** What GitHub itself reads workflows with: keys, expressions with their contexts, jobs that need each other, workflows that call one another. */
export const githubLanguageService: Tool<Repository> = {
  name: 'github-language-service',
  version: npmVersionOf('@actions/languageservice', 'pipelines/npm'),
  install: () => { script = npmBundle('pipelines/npm', 'github.mjs'); },
  check: (repository) => {
    const sources = [...repository.workflows, ...repository.actions];
    if (sources.length === 0) return { checked: 0, findings: [] };
    const found: any[] = JSON.parse(run({ program: process.execPath, args: [script], input: JSON.stringify(sources) }));
    return { checked: sources.length, findings: found.map(({ file, rule, message }) => repository.finding(file, rule, message)) };
  },
};

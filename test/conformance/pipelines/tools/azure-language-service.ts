import { join } from 'node:path';
import type { Tool } from '../../tools/tool';
import { npmInstall, npmVersionOf, pipInstall, pipSource, run } from '../../workshop';
import type { Repository } from '../repository';

let script: string;
let schema: string;

/** Microsoft's language service with the schema that Azure DevOps publishes: keys, tasks and the inputs of tasks. */
export const azureLanguageService: Tool<Repository> = {
  name: 'azure-language-service',
  version: npmVersionOf('azure-pipelines-language-service', 'pipelines/npm'),
  install: () => {
    script = join(npmInstall('pipelines/npm'), 'azure.mjs');
    const program = pipInstall('check-jsonschema', 'pipelines/requirements.txt', 'pipelines');
    schema = join(pipSource(program, 'check_jsonschema'), 'builtin_schemas', 'vendor', 'azure-pipelines.json');
  },
  check: (repository) => {
    const sources = repository.azure;
    if (sources.length === 0) return { checked: 0, findings: [] };
    const found: any[] = JSON.parse(run({ program: process.execPath, args: [script], input: JSON.stringify({ schema, sources }) }));
    return { checked: sources.length, findings: found.map(({ file, rule, message }) => repository.finding(file, rule, message)) };
  },
};

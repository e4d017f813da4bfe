import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Exceptions } from '../exceptions';
import { ask, installed } from '../inquiry';
import { Report } from '../report';
import { Repository } from './repository';
import { selfTest, type Faults } from '../self-test';
import type { Tool } from '../tools/tool';
import { actionlint } from './tools/actionlint';
import { azureGraph } from './tools/azure-graph';
import { azureLanguageService } from './tools/azure-language-service';
import { githubLanguageService } from './tools/github-language-service';
import { gitlabCiLocal } from './tools/gitlab-ci-local';
import { insertedValues } from './tools/inserted-values';
import { schemas } from './tools/schemas';
import { shellcheck } from './tools/shellcheck';
import { tekton } from './tools/tekton';
import { yamlSyntax } from './tools/yaml';
import { zizmor } from './tools/zizmor';

const USAGE = `usage: run.ts [--json] <folder>…
       run.ts --self-test

Holds synthesized pipelines against other people's validators and linters. Each folder looks like the root of a repository.

  --json       print the report as JSON
  --self-test  show that every checker refuses what it should`;

const TOOLS: Tool<Repository>[] = [
  yamlSyntax, githubLanguageService, actionlint, zizmor, schemas, gitlabCiLocal, azureLanguageService, azureGraph, tekton, shellcheck, insertedValues,
];

const FAULTS: Faults<Repository> = { folder: join(__dirname, 'faults'), open: (root) => new Repository(root) };

function main(): Report {
  const { values, positionals: folders } = parseArgs({
    allowPositionals: true,
    options: { 'json': { type: 'boolean', default: false }, 'self-test': { type: 'boolean', default: false } },
  });
  if ((folders.length > 0) === values['self-test']) throw new Error(USAGE);

  const report = new Report();
  const tools = TOOLS.filter((tool) => installed(tool, report));
  if (values['self-test']) {
    selfTest(tools, report, FAULTS);
  } else {
    checkFolders(folders, tools, report);
  }
  console.log(values.json ? JSON.stringify(report, undefined, 2) : report.toString());
  return report;
}

function checkFolders(folders: string[], tools: Tool<Repository>[], report: Report): void {
  const exceptions = Exceptions.read(join(__dirname, 'exceptions.json'));
  for (const folder of folders) {
    const repository = new Repository(resolve(folder));
    if (repository.isEmpty) report.fail(`${folder} holds no pipeline`);
    repository.unknown.forEach((file) => report.fail(`${folder}: nothing here knows what ${file} is`));
    tools.forEach((tool) => ask(tool, repository, folder, exceptions, report));
  }
  exceptions.unused.forEach((exception) => report.fail(`no finding matches the exception ${JSON.stringify(exception)}`));
}

try {
  process.exitCode = main().failed > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

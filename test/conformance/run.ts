import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Tree } from './documents';
import { Exceptions } from './exceptions';
import { ask, installed } from './inquiry';
import { Report } from './report';
import { FAULTS_OF_TREES, selfTest } from './self-test';
import { argoRollouts } from './tools/argo-rollouts';
import { argoCd } from './tools/argocd';
import { checkov } from './tools/checkov';
import { coverage } from './tools/coverage';
import { newestCustomResources, oldestArgoRollouts } from './tools/custom-resources';
import { flagger } from './tools/flagger';
import { flux } from './tools/flux';
import { gitopsPromoter } from './tools/gitops-promoter';
import { kargo } from './tools/kargo';
import { kubeLinter } from './tools/kube-linter';
import { kubeScore } from './tools/kube-score';
import { newestKubernetes, oldestKubernetes } from './tools/kubernetes';
import { monokle } from './tools/monokle';
import { withStandIns } from './tools/stand-ins';
import type { Tool } from './tools/tool';
import { trivy } from './tools/trivy';
import { yamlSyntax } from './tools/yaml';

const USAGE = `usage: run.ts [options] <folder>…
       run.ts --self-test

Holds synthesized Kubernetes YAML against other people's validators and linters.

  --root-prefix <path>    where the folder lies in the repository that Argo CD reads (default: dist)
  --registry <name>       end of the name of a registry that images may come from; may be repeated
                          (default: ghcr.io and pkg.dev)
  --definitions <folder>  more CustomResourceDefinitions to validate with; may be repeated
  --newer <folder>        made for clusters newer than the oldest supported Kubernetes, which is not asked; may be repeated
  --argo-rollouts-1.8 <folder>
                          made for Argo Rollouts 1.8, whose definitions are asked too; may be repeated
  --json                  print the report as JSON
  --self-test             show that every checker refuses what it should`;

function main(): Report {
  const { values, positionals: folders } = parseArgs({
    allowPositionals: true,
    options: {
      'root-prefix': { type: 'string', default: 'dist' },
      'registry': { type: 'string', multiple: true, default: ['ghcr.io', 'pkg.dev'] },
      'definitions': { type: 'string', multiple: true, default: [] },
      'newer': { type: 'string', multiple: true, default: [] },
      'argo-rollouts-1.8': { type: 'string', multiple: true, default: [] },
      'json': { type: 'boolean', default: false },
      'self-test': { type: 'boolean', default: false },
    },
  });
  const older = values['argo-rollouts-1.8'];
  if ((folders.length + values.newer.length + older.length > 0) === values['self-test']) throw new Error(USAGE);

  const report = new Report();
  const oldest = withStandIns(oldestKubernetes);
  const validators = [
    withStandIns(newestKubernetes), argoCd(values['root-prefix'], values.definitions), argoRollouts, flagger, flux, kargo, gitopsPromoter,
    newestCustomResources,
  ];
  const linters = [kubeScore, kubeLinter, checkov, trivy(values.registry), monokle].map(withStandIns);
  const tools = [yamlSyntax, oldest, ...validators, oldestArgoRollouts, coverage(validators), ...linters].filter((tool) => installed(tool, report));
  if (values['self-test']) {
    selfTest(tools, report, FAULTS_OF_TREES);
  } else {
    const without = (...unasked: Tool[]): Tool[] => tools.filter((tool) => !unasked.includes(tool));
    checkFolders([
      ...folders.map((folder) => ({ folder, tools: without(oldestArgoRollouts) })),
      ...values.newer.map((folder) => ({ folder, tools: without(oldest, oldestArgoRollouts) })),
      ...older.map((folder) => ({ folder, tools })),
    ], report);
  }
  console.log(values.json ? JSON.stringify(report, undefined, 2) : report.toString());
  return report;
}

function checkFolders(folders: Array<{ folder: string; tools: Tool[] }>, report: Report): void {
  const exceptions = Exceptions.read(join(__dirname, 'exceptions.json'));
  for (const { folder, tools } of folders) {
    const tree = new Tree(resolve(folder));
    if (tree.documents.length === 0) report.fail(`${folder} holds no YAML`);
    tools.forEach((tool) => ask(tool, tree, folder, exceptions, report));
  }
  exceptions.unused.forEach((exception) => report.fail(`no finding matches the exception ${JSON.stringify(exception)}`));
}

try {
  process.exitCode = main().failed > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

import type { Tool } from './tool';
import { labelOf } from '../documents';
import { goInstall, run } from '../workshop';

const VERSION = 'v0.8.3';

let program: string;

/** Its module proxy does not serve it everywhere: where it cannot be had it is skipped, and said so. */
export const kubeLinter: Tool = {
  name: 'kube-linter',
  version: VERSION,
  isOptional: true,
  install: () => { program = goInstall('kube-linter', 'golang.stackrox.io/kube-linter/cmd/kube-linter', VERSION); },
  check: (tree) => {
    const { Reports: reports } = JSON.parse(run({ program, args: ['lint', '--format', 'json', '.'], cwd: tree.root, accept: [0, 1] }));
    return {
      checked: tree.documents.length,
      findings: (reports ?? []).map((report: any) => {
        const { FilePath: file } = report.Object.Metadata;
        const { Namespace: namespace, Name: name, GroupVersionKind: { Kind: kind } } = report.Object.K8sObject;
        return {
          file: tree.relative(file),
          object: labelOf({ kind, metadata: { namespace, name } }),
          rule: report.Check,
          message: report.Diagnostic.Message,
        };
      }),
    };
  },
};

import type { Tool } from './tool';
import { labelOf, type Tree } from '../documents';
import type { Verdict } from '../report';
import { goInstall, run } from '../workshop';

const VERSION = 'v1.20.0';
const ALL_OK = 10;
const GRADES: Record<number, string> = { 1: 'critical', 5: 'warning', 7: 'almost' };

let program: string;

export const kubeScore: Tool = {
  name: 'kube-score',
  version: VERSION,
  install: () => { program = goInstall('kube-score', 'github.com/zegl/kube-score/cmd/kube-score', VERSION); },
  check: (tree) => {
    // Each environment by itself: a policy or a pod of one must not stand in for that of another.
    const verdicts = [...tree.environments.values()].map((files) => score(tree, files));
    return {
      checked: verdicts.reduce((total, verdict) => total + verdict.checked, 0),
      findings: verdicts.flatMap((verdict) => verdict.findings),
    };
  },
};

function score(tree: Tree, files: string[]): Verdict {
  const args = ['score', '--kubernetes-version', 'v1.28', '--output-format', 'json', ...files];
  const objects: any[] = JSON.parse(run({ program, args, cwd: tree.root, accept: [0, 1] })) ?? [];
  return {
    checked: objects.length,
    findings: objects.flatMap((object) => object.checks
      .filter((check: any) => !check.skipped && check.grade < ALL_OK)
      .map((check: any) => ({
        file: tree.relative(object.file_name),
        object: labelOf({ kind: object.type_meta.kind, metadata: object.object_meta }),
        rule: check.check.id,
        message: [GRADES[check.grade], ...(check.comments ?? []).map((comment: any) => comment.summary)].join(': '),
      }))),
  };
}

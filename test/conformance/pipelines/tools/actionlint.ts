import { parse, stringify } from 'yaml';
import type { Tool } from '../../tools/tool';
import { goInstall, pipInstall, run } from '../../workshop';
import { writeBelow, type Repository, type Source } from '../repository';

/** Text for another shell stands in single quotes on purpose; `shellcheck.ts` leaves it out, too. */
const MEANT = 'SC2016';

const VERSION = 'v1.7.12';

/** An action pinned by its commit, with the release in a comment: `actions/checkout@08c6… # v5.0.0`. */
const PINNED = /(uses:\s*['"]?[\w./-]+)@[0-9a-f]{40}(['"]?)\s+#\s*v(\d+)\S*/g;

let program: string;
let shellcheck: string;

/** Its table of well-known actions goes by major release, so it is shown the release that the comment names, and not the commit. */
export const actionlint: Tool<Repository> = {
  name: 'actionlint',
  version: VERSION,
  install: () => {
    program = goInstall('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', VERSION);
    shellcheck = pipInstall('shellcheck', 'pipelines/requirements.txt', 'pipelines');
  },
  check: (repository) => {
    const { workflows, actions } = repository;
    if (workflows.length + actions.length === 0) return { checked: 0, findings: [] };
    const standIns = actions.map((action, index) => ({ action, file: `.github/workflows/stand-in-${index}.yml`, text: standInFor(action) }));
    const found: any[] = repository.withCheckout(
      ({ text }) => text.replace(PINNED, '$1@v$3$2'),
      (cwd) => {
        standIns.forEach(({ file, text }) => writeBelow(cwd, file, text.replace(PINNED, '$1@v$3$2')));
        const files = [...workflows, ...standIns].map(({ file }) => file);
        const args = ['-no-color', '-format', '{{json .}}', '-shellcheck', shellcheck, '-pyflakes', '', '-ignore', MEANT, ...files];
        return JSON.parse(run({ program, args, cwd, accept: [0, 1] }) || '[]');
      },
    );
    return {
      checked: workflows.length + actions.length,
      findings: found.map(({ filepath, line, kind, message }) => {
        const standIn = standIns.find(({ file }) => file === filepath);
        return standIn ? repository.finding(standIn.action.file, kind, message) : repository.finding(filepath, kind, `${line}: ${message}`);
      }),
    };
  },
};

/** It reads no composite actions: it gets a workflow to be called, with the same inputs, outputs and steps. */
function standInFor({ text }: Source): string {
  const action = parse(text) ?? {};
  const typed = (inputs: object): object => Object.fromEntries(Object.entries(inputs).map(([name, { description }]) => [name, { description, type: 'string' }]));
  const outputs = Object.fromEntries(Object.entries<any>(action.outputs ?? {}).map(([name, { value }]) => [name, value]));
  return stringify({
    on: { workflow_call: { inputs: typed(action.inputs ?? {}) } },
    jobs: { runs: { 'runs-on': 'ubuntu-latest', 'outputs': outputs, 'steps': action.runs?.steps ?? [] } },
  }, { lineWidth: 0 });
}

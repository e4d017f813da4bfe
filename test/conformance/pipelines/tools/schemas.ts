import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../report';
import type { Tool } from '../../tools/tool';
import { pipInstall, pipVersionOf, run } from '../../workshop';
import type { Repository, Source } from '../repository';

const REQUIREMENTS = 'pipelines/requirements.txt';

interface Group {
  readonly schema: string;
  readonly flags?: string[];
  files(repository: Repository): Source[];
}

const GROUPS: Group[] = [
  { schema: 'vendor.github-workflows', files: ({ workflows }) => workflows },
  { schema: 'custom.github-workflows-require-timeout', files: ({ workflows }) => workflows },
  { schema: 'vendor.github-actions', files: ({ actions }) => actions },
  { schema: 'vendor.gitlab-ci', flags: ['--data-transform', 'gitlab-ci'], files: ({ gitlab, gitlabTemplates }) => [...gitlab, ...gitlabTemplates] },
  { schema: 'vendor.dependabot', files: ({ dependabot }) => dependabot },
  { schema: 'vendor.renovate', files: ({ renovate }) => renovate },
];

let program: string;
const answers = new Map<string, Finding[]>();

/** The published schemas that check-jsonschema carries: SchemaStore's, GitLab's, Renovate's. That of Azure goes to Microsoft's language service. */
export const schemas: Tool<Repository> = {
  name: 'schemas',
  version: pipVersionOf('check-jsonschema', REQUIREMENTS),
  install: () => { program = pipInstall('check-jsonschema', REQUIREMENTS, 'pipelines'); },
  check: (repository) => ({
    checked: new Set(GROUPS.flatMap((group) => group.files(repository).map(({ file }) => file))).size,
    findings: GROUPS.flatMap((group) => remember(group, group.files(repository))),
  }),
};

/** What is the same as before is not asked again: the schemas take their time to be read. */
function remember(group: Group, sources: Source[]): Finding[] {
  if (sources.length === 0) return [];
  const key = JSON.stringify([group.schema, sources]);
  const answer = answers.get(key) ?? ask(group, sources);
  answers.set(key, answer);
  return answer;
}

function ask({ schema, flags = [] }: Group, sources: Source[]): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    const parts = sources.flatMap((source) => documentsOf(source).map((text) => ({ ...source, text })));
    const paths = parts.map(({ file, text }, index) => {
      const path = join(folder, `${index}${file.endsWith('.json') || !file.includes('.') ? '.json' : '.yml'}`);
      writeFileSync(path, text);
      return path;
    });
    const args = ['--builtin-schema', schema, ...flags, '--output-format', 'json', '--color', 'never', ...paths];
    const { errors = [], parse_errors: unread = [] } = JSON.parse(run({ program, args, accept: [0, 1] }));
    const at = (path: string): Source => parts[paths.indexOf(path)];
    return [
      ...unread.map(({ filename, message }: any) => ({ ...at(filename), rule: 'parse', message })),
      ...errors.map((error: any) => ({ ...at(error.filename), rule: schema, message: messageOf(error) })),
    ].map(({ file, object, rule, message }) => ({ file, object, rule, message }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A component of GitLab is a header and a configuration; both are in the one schema. */
function documentsOf({ text }: Source): string[] {
  return text.split(/^---(?:[ \t].*)?\n/m).filter((part) => part.replace(/^\s*#.*$/gm, '').trim() !== '');
}

/** Where several forms would do, the deepest misfit says most. */
function messageOf({ path, message, best_deep_match: deep }: any): string {
  return deep ? `${deep.path}: ${deep.message}` : `${path}: ${message}`;
}

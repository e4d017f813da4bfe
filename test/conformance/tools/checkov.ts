import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from './tool';
import { pipInstall, run } from '../workshop';

const REQUIREMENTS = 'requirements.txt';

let program: string;

export const checkov: Tool = {
  name: 'checkov',
  version: /^checkov==(.+)$/m.exec(readFileSync(join(__dirname, '..', REQUIREMENTS), 'utf8'))![1],
  install: () => { program = pipInstall('checkov', REQUIREMENTS); },
  check: (tree) => {
    const args = ['--directory', '.', '--framework', 'kubernetes', '--output', 'json', '--compact', '--quiet', '--skip-download'];
    const { results, summary } = JSON.parse(run({ program, args, cwd: tree.root, accept: [0, 1] }));
    const unread: string[] = results?.parsing_errors ?? [];
    const failed: any[] = results?.failed_checks ?? [];
    return {
      checked: summary?.resource_count ?? 0,
      findings: [
        ...unread.map((file) => ({ file, object: '', rule: 'parse', message: 'cannot be read' })),
        ...failed.map((check) => ({
          file: check.file_path.replace(/^\//, ''),
          object: check.resource.split('.').join('/'),
          rule: check.check_id,
          message: check.check_name,
        })),
      ],
    };
  },
};

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const made: string[] = [];

/** A new empty folder, removed after the test file. */
export function newFolder(name = 'fairway-test-'): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), name)));
  made.push(folder);
  return folder;
}

// The conformance run, which is no test, names its folders itself.
(globalThis.afterAll ?? (() => undefined))(() => made.splice(0).forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

/** All files below a folder with their content, by relative path. */
export function readTree(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (relative: string) => {
    for (const entry of fs.readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const file = relative ? `${relative}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        walk(file);
      } else {
        files[file] = fs.readFileSync(path.join(folder, file), 'utf8');
      }
    }
  };
  if (fs.existsSync(folder)) {
    walk('');
  }
  return files;
}

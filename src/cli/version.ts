import * as fs from 'fs';
import * as path from 'path';

/** The version of the library, as package.json says it. */
export function libraryVersion(): string {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '../../package.json'), 'utf8')).version;
}

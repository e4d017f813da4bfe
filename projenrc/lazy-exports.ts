import * as fs from 'fs';
import * as path from 'path';

/*
 * Rewrites the compiled index files so that a module is loaded when one of its exports is first used: a program that
 * imports the library pays for what it names, and not for engines and areas that it does not use. What is exported,
 * and what its types are, stays the same.
 *
 *     tsx projenrc/lazy-exports.ts lib
 */

const EXPORT = /^(?:__exportStar\(require\("(?<star>[^"]+)"\), exports\);|exports\.(?<namespace>\w+) = __importStar\(require\("(?<module>[^"]+)"\)\);|var (?<variable>\w+) = require\("(?<source>[^"]+)"\);|Object\.defineProperty\(exports, "(?<name>\w+)", \{ enumerable: true, get: function \(\) \{ return (?<from>\w+)\.(?<original>\w+); \} \}\);)$/gm;

/** Makes the exports of an index file lazy. Only complete re-exports change; all other lines stay as they are. */
function lazy(file: string): string {
  const text = fs.readFileSync(file, 'utf8');
  const sources = new Map<string, string>();
  const names: string[] = [];
  const body = text.replace(EXPORT, (line, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups.star) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const exported = Object.keys(require(path.resolve(path.dirname(file), groups.star))).filter(name => name !== '__esModule');
      names.push(...exported);
      return exported.map(name => getter(name, groups.star!, `.${name}`)).join('\n');
    }
    if (groups.namespace) {
      return getter(groups.namespace, groups.module!, '');
    }
    if (groups.variable) {
      sources.set(groups.variable, groups.source!);
      // Kept where the file itself uses it, beyond handing it on.
      const uses = text.split(groups.variable).length - 1;
      const handedOn = text.split(`return ${groups.variable}.`).length - 1;
      return uses === handedOn + 1 ? '' : line;
    }
    const source = sources.get(groups.from!);
    return source ? getter(groups.name!, source, `.${groups.original}`) : line;
  });
  // Node finds the names for ES modules by reading, not by running.
  const declared = names.length === 0 ? '' : `\n${names.map(name => `exports.${name} = `).join('')}void 0;`;
  return body === text ? text : body.replace(/^(Object\.defineProperty\(exports, "__esModule".*)$/m, (line: string) => `${line}\n${LAZILY}${declared}`);
}

function getter(name: string, source: string, member: string): string {
  return `lazily("${name}", () => require("${source}")${member});`;
}

/** Replaces itself by the value when that is first asked for. */
const LAZILY = 'const lazily = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => { '
  + 'const value = load(); Object.defineProperty(exports, name, { enumerable: true, configurable: true, value }); return value; } });';

const root = path.resolve(process.argv[2] ?? 'lib');
const files = (fs.readdirSync(root, { recursive: true }) as string[]).filter(file => file.endsWith('.js')).map(file => path.join(root, file))
  .filter(file => path.basename(file) === 'index.js' || fs.readFileSync(file, 'utf8').includes('\n__exportStar('));
// All are read before one is written: what a module exports is found by loading it.
files.map(file => [file, lazy(file)] as const).forEach(([file, text]) => fs.writeFileSync(file, text));

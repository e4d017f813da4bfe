import { posix } from 'node:path';
import * as yaml from 'yaml';

/*
 * What Azure Pipelines does with files of templates (learn.microsoft.com, Template expressions and Template parameters): a use is replaced by what its
 * file has in its list, with expressions worked out. What was put in is text, and is not looked at again.
 */

type Values = Readonly<Record<string, unknown>>;

/** What a parameter says of which nothing else is known. */
const NOTHING: Record<string, unknown> = { string: '', number: 0, boolean: false, object: {} };

/**
 * A pipeline as one file, all expressions worked out. Throws for what Azure Pipelines would refuse.
 *
 * @param files texts by their paths
 * @param parameters of the pipeline; else their defaults
 */
export function readTemplates(files: Readonly<Record<string, string>>, root: string, parameters: Values = {}): any {
  const data = yaml.parse(files[root]);
  const declared: any[] = data.parameters ?? [];
  const given = Object.fromEntries(declared.map(({ name, type, default: otherwise, values }) =>
    [name, parameters[name] ?? otherwise ?? values?.[0] ?? NOTHING[type]]));
  const { parameters: _, ...rest } = data;
  return scalars(worked(rest, given, { files, at: root, depth: 0 }));
}

/** Every number as the text that it is written as. */
function scalars(data: unknown): unknown {
  return typeof data === 'number' ? String(data) : Array.isArray(data) ? data.map(scalars)
    : typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, scalars(value)])) : data;
}

interface Place {
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
  readonly depth: number;
}

function worked(data: unknown, given: Values, place: Place): unknown {
  if (typeof data === 'string') {
    return text(data, given);
  }
  if (Array.isArray(data)) {
    const isUse = (each: unknown) => typeof each === 'object' && each !== null && 'template' in each;
    return data.flatMap(each => isUse(each) ? included(each, given, place) : [worked(each, given, place)].flat());
  }
  if (typeof data !== 'object' || data === null) {
    return data;
  }
  const entries = Object.entries(data).flatMap(([key, value]): Array<[string, unknown]> => {
    if (key === '${{ insert }}') {
      return Object.entries(worked(value, given, place) as object);
    }
    return [[String(text(key, given)), worked(value, given, place)]];
  });
  if (new Set(entries.map(([key]) => key)).size < entries.length) {
    throw new Error(`a key is there twice: ${entries.map(([key]) => key).join(', ')}`);
  }
  return Object.fromEntries(entries);
}

/** Where the file of a template is: from the file that includes it, or from the root of the repository. */
export function includedPath(from: string, template: string): string {
  return template.startsWith('/') ? template.slice(1) : posix.join(posix.dirname(from), template);
}

function included(use: any, given: Values, { files, at, depth }: Place): unknown[] {
  const path = includedPath(at, use.template);
  const unknown = Object.keys(use).find(key => key !== 'template' && key !== 'parameters');
  if (unknown !== undefined) {
    throw new Error(`a use of ${path} has a ${unknown}`);
  }
  if (files[path] === undefined || depth > 5) {
    throw new Error(`no file ${path}`);
  }
  const file = yaml.parse(files[path]);
  const told = worked(use.parameters ?? {}, given, { files, at, depth }) as Record<string, unknown>;
  const declared: any[] = file.parameters ?? [];
  const strange = Object.keys(told).find(name => !declared.some(each => each.name === name));
  if (strange !== undefined) {
    throw new Error(`${path} has no parameter ${strange}`);
  }
  const values = Object.fromEntries(declared.map(each => {
    const said = Object.hasOwn(told, each.name) ? told[each.name] : each.default;
    // Every scalar is text as well; but a boolean would be written in another way.
    const value = each.type === 'string' && typeof said === 'number' ? String(said) : said;
    const fits = each.type === 'object' ? typeof value === 'object' : each.type === 'string' ? typeof value === 'string' : typeof value === each.type;
    if (value === undefined || !fits || (each.values && !each.values.includes(value)) || JSON.stringify(each.default ?? '').includes('${{')) {
      throw new Error(`${path}: ${each.name} is ${JSON.stringify(value)}, no ${each.type}`);
    }
    return [each.name, value];
  }));
  return worked(file.steps ?? file.jobs, values, { files, at: path, depth: depth + 1 }) as unknown[];
}

/** A text with its expressions worked out. One alone keeps its type. */
function text(data: string, given: Values): unknown {
  const parts = data.split(/(\$\{\{.*?\}\})/s);
  const said = parts.filter(part => part !== '').map(part => part.startsWith('${{') ? expression(part.slice(3, -2).trim(), given) : part);
  return said.length === 1 ? said[0] : said.map(written).join('');
}

function written(value: unknown): string {
  return value === true ? 'True' : value === false ? 'False' : String(value);
}

function expression(source: string, given: Values): unknown {
  const work = (node: Node): unknown => {
    switch (node.kind) {
      case 'text': return node.text;
      case 'word': {
        const name = /^parameters\.(\w+)$/.exec(node.text)?.[1];
        if (name === undefined || !Object.hasOwn(given, name)) {
          throw new Error(`unknown: ${source}`);
        }
        return given[name];
      }
      case 'call': {
        const args = node.args.map(work).map(written);
        return node.name === 'lower' ? args[0].toLowerCase() : node.name === 'replace' ? args[0].split(args[1]).join(args[2]) : fail(source);
      }
    }
  };
  return work(parsed(source));
}

function fail(source: string): never {
  throw new Error(source);
}

// ---------------------------------------------------------------- expressions

export type Node =
  | { readonly kind: 'text' | 'word'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] };

export function parsed(source: string): Node {
  const tokens = source.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+(?:\['(?:[^']|'')*'\])*/g) ?? [];
  let at = 0;
  const node = (): Node => {
    const token = tokens[at++] ?? fail(source);
    if (token.startsWith('\'')) {
      return { kind: 'text', text: token.slice(1, -1).replaceAll('\'\'', '\'') };
    }
    if (tokens[at] !== '(') {
      return { kind: 'word', text: token };
    }
    const args: Node[] = [];
    at++;
    while (tokens[at] !== ')') {
      args.push(node());
      tokens[at] === ',' && at++;
    }
    at++;
    return { kind: 'call', name: token, args };
  };
  const result = node();
  return at === tokens.length ? result : fail(source);
}

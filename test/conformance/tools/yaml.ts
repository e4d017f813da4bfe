import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Tool } from './tool';
import { environmentOf, parse, Tree } from '../documents';
import type { Finding } from '../report';

/** Every file reads the same in YAML 1.1 and 1.2, and no object is there twice. */
export const yamlSyntax: Tool = {
  name: 'yaml',
  version: '1.1 and 1.2',
  install: () => undefined,
  check: (tree) => ({
    checked: tree.documents.length,
    findings: [...tree.files.flatMap((file) => syntaxOf(tree, file)), ...duplicatesOf(tree)],
  }),
};

function syntaxOf(tree: Tree, file: string): Finding[] {
  const text = tree.read(file);
  const finding = (object: string, rule: string, message: string): Finding => ({ file, object, rule, message });
  const incomplete = tree.documents
    .filter((document) => document.file === file)
    .filter(({ value }) => !value.apiVersion || !value.kind || !value.metadata?.name)
    .map((document) => finding(document.object, 'incomplete', 'apiVersion, kind and metadata.name must all be there'));
  return [...readingsOf(text).map(({ rule, message }) => finding('', rule, message)), ...incomplete];
}

/** What is no YAML in a text, and what YAML 1.1 and 1.2 read differently. */
export function readingsOf(text: string): Array<{ rule: string; message: string }> {
  const syntax = [...parseAllDocuments(text)]
    .flatMap((document) => [...document.errors, ...document.warnings])
    .map((problem) => ({ rule: 'syntax', message: problem.message }));
  const [older, newer] = (['1.1', '1.2'] as const).map((version) => parse(text, version).map((document) => document.toJS()));
  const ambiguous = newer.flatMap((value, index) => differences(older[index], value))
    .map(({ path, was, is }) => ({ rule: 'ambiguous', message: `${path} is ${show(was)} in YAML 1.1 and ${show(is)} in YAML 1.2` }));
  return [...syntax, ...ambiguous];
}

interface Difference {
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
}

function differences(was: any, is: any, path = ''): Difference[] {
  if (isDeepStrictEqual(was, is)) return [];
  if (isCollection(was) && isCollection(is) && isDeepStrictEqual(Object.keys(was), Object.keys(is))) {
    return Object.keys(is).flatMap((key) => differences(was[key], is[key], `${path}.${key}`));
  }
  return [{ path: path || '.', was, is }];
}

function isCollection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function show(value: unknown): string {
  return value instanceof Date ? `the date ${value.toISOString()}` : JSON.stringify(value);
}

function duplicatesOf(tree: Tree): Finding[] {
  const first = new Map<string, string>();
  return tree.documents.flatMap(({ file, object, value }) => {
    const key = [environmentOf(file), value.apiVersion, object].join(' ');
    const earlier = first.get(key);
    first.set(key, earlier ?? file);
    return earlier === undefined ? [] : [{ file, object, rule: 'duplicate', message: `is in ${earlier} too` }];
  });
}

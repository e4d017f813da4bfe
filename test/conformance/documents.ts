import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseAllDocuments, type Document } from 'yaml';

/** One YAML document of a file. */
export interface YamlDocument {
  /** Path of the file, relative to the tree it was found in. */
  readonly file: string;
  /** `Kind/namespace/name`, or `Kind/name` for an object without a namespace. */
  readonly object: string;
  readonly text: string;
  readonly value: any;
}

/** The YAML files below one folder: what was synthesized together. */
export class Tree {
  readonly files: string[];
  readonly otherFiles: string[];
  readonly documents: YamlDocument[];

  constructor(readonly root: string) {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => file.split(sep).join('/')).sort();
    this.files = files.filter(isYaml);
    this.otherFiles = files.filter((file) => !isYaml(file));
    this.documents = this.files.flatMap((file) => documentsOf(file, this.read(file)));
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** The files of each top-level folder: one environment, or what belongs to the delivery engine. */
  get environments(): Map<string, string[]> {
    const environments = new Map<string, string[]>();
    for (const file of this.files) {
      const name = environmentOf(file);
      environments.set(name, [...environments.get(name) ?? [], file]);
    }
    return environments;
  }

  /** The path relative to the tree, whether it is given so or absolute. */
  relative(path: string): string {
    return relative(this.root, resolve(this.root, path)).split(sep).join('/');
  }
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** The first folder; of what Flux follows, that of the cluster: `flux/apps/<cluster>/…`. */
export function environmentOf(file: string): string {
  const cluster = /^flux\/[^/]+\/([^/]+)\//.exec(file)?.[1];
  return cluster !== undefined ? `flux ${cluster}` : file.includes('/') ? file.slice(0, file.indexOf('/')) : '.';
}

/** Parses text the lenient way, so that what a checker is to refuse can still be named. */
export function parse(text: string, version: '1.1' | '1.2' = '1.2'): Document.Parsed[] {
  return [...parseAllDocuments(text, { version, uniqueKeys: false, logLevel: 'silent' })] as Document.Parsed[];
}

function documentsOf(file: string, text: string): YamlDocument[] {
  return text.split(/^---(?:[ \t].*)?\n/m)
    .map((part) => ({ text: part, value: parse(part)[0]?.toJS() }))
    .filter(({ value }) => value !== null && value !== undefined)
    .map((document) => ({ file, object: labelOf(document.value), ...document }));
}

export function labelOf(value: any): string {
  return [value.kind, value.metadata?.namespace, value.metadata?.name].filter((part) => part !== undefined).join('/');
}

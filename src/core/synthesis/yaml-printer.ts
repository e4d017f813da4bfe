import { Yaml } from 'cdk8s';

/**
 * Prints manifests as `cdk8s.Yaml.stringify()` does, byte for byte, without building a document
 * tree for each. Structure is printed here; a scalar that is not plain beyond doubt is printed once
 * by cdk8s itself and remembered, so that quoting is always that of the YAML library.
 */
export class YamlPrinter {
  private readonly values = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  /** Documents separated by `---`. */
  public print(documents: unknown[]): string {
    return documents.map(document => this.document(document)).join('---\n');
  }

  private document(value: unknown): string {
    try {
      return (isCollection(value) ? this.collection(value, '', new Set()) : undefined) ?? Yaml.stringify(value);
    } catch (e) {
      if (e === UNUSUAL) {
        return Yaml.stringify(value);
      }
      throw e;
    }
  }

  /** A block of lines, the first without its indentation; nothing for an empty collection. */
  private collection(value: object, indent: string, seen: Set<object>): string | undefined {
    if (seen.has(value)) {
      throw UNUSUAL; // the library prints an alias, or refuses a ring
    }
    seen.add(value);
    return Array.isArray(value) ? this.sequence(value, indent, seen) : this.map(value as Record<string, unknown>, indent, seen);
  }

  private map(value: Record<string, unknown>, indent: string, seen: Set<object>): string | undefined {
    let text: string | undefined;
    for (const key of Object.keys(value)) {
      const item = value[key];
      const block = isCollection(item) ? this.collection(item, `${indent}  `, seen) : undefined;
      // Sequences inside a map are indented, too: the default of the YAML library.
      const rest = block === undefined ? `: ${this.scalar(item, `${indent}  `)}\n` : `:\n${indent}  ${block}`;
      text = (text === undefined ? '' : text + indent) + this.key(key) + rest;
    }
    return text;
  }

  private sequence(value: unknown[], indent: string, seen: Set<object>): string | undefined {
    let text: string | undefined;
    for (let i = 0; i < value.length; i++) {
      const item = value[i];
      const block = isCollection(item) ? this.collection(item, `${indent}  `, seen) : undefined;
      text = (text === undefined ? '' : text + indent) + '- ' + (block ?? `${this.scalar(item, `${indent}  `)}\n`);
    }
    return text;
  }

  private scalar(value: unknown, indent: string): string {
    switch (typeof value) {
      case 'string':
        return isPlain(value) ? value : this.quoted(value, indent);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : this.printed(value);
      case 'undefined':
        return 'null';
      case 'object':
        return value === null ? 'null' : Array.isArray(value) ? '[]' : '{}';
      default:
        throw UNUSUAL;
    }
  }

  /** A string that cdk8s prints: the same at every depth but for the indentation of further lines. */
  private quoted(value: string, indent: string): string {
    let text = this.values.get(value);
    if (text === undefined) {
      text = this.printed(value);
      if (text.startsWith('|+')) {
        throw UNUSUAL; // kept line breaks at the end depend on what follows
      }
      remember(this.values, value, text);
    }
    return text.includes('\n') ? text.replace(/\n {2}/g, `\n${indent}`) : text;
  }

  private printed(value: unknown): string {
    return Yaml.stringify({ k: value }).slice('k: '.length, -1);
  }

  private key(key: string): string {
    let text = this.keys.get(key);
    if (text === undefined) {
      text = isPlain(key) ? key : printedKey(key);
      remember(this.keys, key, text);
    }
    return text;
  }
}

function printedKey(key: string): string {
  const printed = Yaml.stringify({ [key]: 0 });
  if (!printed.endsWith(': 0\n') || printed.startsWith('?')) {
    throw UNUSUAL; // an explicit key, or the merge key
  }
  return printed.slice(0, -': 0\n'.length);
}

/** A memory that cannot grow with the size of the fleet. */
function remember(memory: Map<string, string>, value: string, text: string): void {
  if (memory.size >= 20_000) {
    memory.clear();
  }
  memory.set(value, text);
}

const UNUSUAL = Symbol('printed by cdk8s');

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * A string that is printed as it is: it begins with a letter or a slash, is printable ASCII, and has
 * nothing that ends a plain scalar (`yaml` src/stringify/stringifyString.ts). Conservative: the rest,
 * such as what begins with a digit, is left to the library.
 */
const PLAIN = /^[A-Za-z/](?:[ -~]*[!-,.-9;-~])?$/;
const ENDS_PLAIN = /: | #/;

/** Words that YAML 1.1 reads as something other than a string; `e5` is a float to the YAML library. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+\d].*)$/i;

function isPlain(value: string): boolean {
  return value.length <= 512 && PLAIN.test(value) && !RESERVED.test(value) && !ENDS_PLAIN.test(value);
}

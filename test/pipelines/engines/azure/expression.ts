/** What an expression of Azure Pipelines is asked in. */
export interface Surroundings {
  readonly variables?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Of jobs of the stage, and of `<stage>.<job>` of others. Null when nothing is known of one. */
  readonly results?: Readonly<Record<string, string | null>>;
  readonly outputs?: Readonly<Record<string, string>>;
  status?(name: string): boolean;
}

type Value = string | boolean | number | null | readonly string[];

/** Works out an expression (learn.microsoft.com, Expressions), as far as this engine writes them. */
export function value(expression: string, within: Surroundings): Value {
  // Template expressions are put in first. Only texts with doubled quotes are known.
  const source = expression.replace(/\$\{\{ replace\(parameters\.(\w+), '''', ''''''\) \}\}|\$\{\{ parameters\.(\w+) \}\}|\$\{\{ '\$' \}\}/g, (_, quoted?: string, plain?: string) =>
    quoted !== undefined ? within.parameters![quoted].replaceAll('\'', '\'\'') : plain !== undefined ? within.parameters![plain] : '$');
  let at = 0;
  const fail = (): never => {
    throw new Error(`at ${at}: ${source}`);
  };
  const take = (pattern: RegExp): string | undefined => {
    const match = new RegExp(pattern.source, 'y');
    match.lastIndex = at;
    const found = match.exec(source)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const unquoted = (text: string) => text.slice(1, -1).replaceAll('\'\'', '\'');
  const parse = (): Value => {
    take(/\s*/);
    const text = take(/'(?:[^']|'')*'/);
    if (text !== undefined) {
      return unquoted(text);
    }
    const number = take(/\d+/);
    if (number !== undefined) {
      return Number(number);
    }
    const word = take(/[A-Za-z_]\w*/) ?? fail();
    if (word === 'true' || word === 'false') {
      return word === 'true';
    }
    if (take(/\(/) !== undefined) {
      const args: Value[] = [];
      while (take(/\s*\)/) === undefined) {
        args.push(parse());
        take(/\s*,/);
      }
      return call(word, args, within);
    }
    const path: string[] = [];
    for (let part = take(/\.[A-Za-z_]\w*|\['(?:[^']|'')*'\]/); part !== undefined; part = take(/\.[A-Za-z_]\w*|\['(?:[^']|'')*'\]/)) {
      path.push(part.startsWith('.') ? part.slice(1) : unquoted(part.slice(1, -1)));
    }
    if (word === 'variables') {
      return within.variables?.[path[0]] ?? null;
    }
    const [job, what, output] = word === 'dependencies' ? path : word === 'stageDependencies' ? [`${path[0]}.${path[1]}`, ...path.slice(2)] : fail();
    if (what === 'result') {
      const result = within.results?.[job];
      return result !== undefined ? result : fail(); // a job that is not waited for
    }
    return within.outputs?.[`${job}/${output}`] ?? null;
  };
  const result = parse();
  return source.slice(at).trim() === '' ? result : fail();
}

function call(name: string, args: Value[], within: Surroundings): Value {
  const text = (x: Value): string => x === null ? '' : x === true ? 'True' : x === false ? 'False' : String(x);
  const truth = (x: Value): boolean => typeof x === 'boolean' ? x : typeof x === 'number' ? x !== 0 : text(x) !== '';
  const same = (a: Value, b: Value) => text(a).toLowerCase() === text(b).toLowerCase();
  const [a, b, c] = args;
  switch (name) {
    case 'and': return args.every(truth);
    case 'or': return args.some(truth);
    case 'not': return !truth(a);
    case 'eq': return same(a, b);
    case 'ne': return !same(a, b);
    case 'ge': return Number(a) >= Number(b);
    case 'in': return args.slice(1).some(each => same(a, each));
    case 'startsWith': return text(a).toLowerCase().startsWith(text(b).toLowerCase());
    case 'endsWith': return text(a).toLowerCase().endsWith(text(b).toLowerCase());
    case 'length': return Array.isArray(a) ? a.length : text(a).length;
    case 'split': return text(a).split(text(b));
    case 'replace': return text(a).replaceAll(text(b), () => text(c));
    case 'format': return text(a).replace('{0}', () => text(b));
    case 'lower': return text(a).toLowerCase();
    case 'iif': return truth(a) ? b : c;
    case 'coalesce': return args.find(each => text(each) !== '') ?? '';
    case 'succeeded':
    case 'failed':
    case 'always':
    case 'canceled': return name === 'always' || (within.status?.(name) ?? false);
    default: throw new Error(name);
  }
}

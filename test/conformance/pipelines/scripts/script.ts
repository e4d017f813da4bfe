/** A script as a CI system hands it to a shell. */
export interface Script {
  readonly file: string;
  /** `step/<file>/<job>/<step>`. */
  readonly object: string;
  readonly text: string;
  readonly shell: 'bash' | 'sh';
  /** What the system puts values in place of, before the shell sees the script. */
  readonly inserted: string[];
}

/** Everything in the text that matches. */
export function insertedIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([match]) => match);
}

/** The shell that the first line names, or else the one that the system takes. Nothing when it is no shell. */
export function shellOf(text: string, byDefault: 'bash' | 'sh'): 'bash' | 'sh' | undefined {
  const interpreter = /^#!\s*(?:\/usr\/bin\/env\s+(?:-S\s+)?)?(?:\/\S*\/)?(\w+)/.exec(text)?.[1];
  return interpreter === undefined ? byDefault : interpreter === 'bash' || interpreter === 'sh' ? interpreter : undefined;
}

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;
const CONSTANT = /^\s*'((?:[^']|'')*)'\s*$/;

/**
 * A script as it is once GitHub or Azure have read its `${{ }}`: a word stands for every value. What is a constant is no value:
 * `${{ '$' }}` is how a script keeps a dollar that the system would take.
 */
export function readBySystem(script: string): Pick<Script, 'text' | 'inserted'> {
  return {
    text: script.replace(EXPRESSION, (_, expression) => CONSTANT.exec(expression)?.[1].replaceAll("''", "'") ?? 'expression'),
    inserted: [...script.matchAll(EXPRESSION)].filter(([, expression]) => !CONSTANT.test(expression)).map(([match]) => match),
  };
}

import { Finding, Severity } from './finding';
import { printable } from './printable';

export interface TextOptions {
  /** ANSI colours. */
  readonly color?: boolean;
  /** Also list the warnings that were acknowledged. */
  readonly acknowledged?: boolean;
}

/** Findings for a person: what, where, how to mend it. Errors first. */
export function renderText(findings: Finding[], options: TextOptions = {}): string {
  const paint = (code: number, text: string) => options.color ? `\u001b[${code}m${text}\u001b[0m` : text;
  const shown = inOrder(findings).filter(f => f.acknowledged === undefined || options.acknowledged);
  return shown.map(f => {
    const head = f.severity === Severity.ERROR ? paint(31, `error ${f.code}`) : paint(33, `warning ${f.code}`);
    const lines = [`${head}  ${paint(1, printable(f.path) || '(platform)')}`, `  ${indented(f.message)}`, `  ${paint(36, '→')} ${indented(f.remedy)}`];
    if (f.acknowledged !== undefined) {
      lines.push(`  acknowledged: ${indented(f.acknowledged)}`);
    }
    return lines.join('\n');
  }).join('\n\n');
}

/** A text of several lines stays below its head, so that it cannot pass for another finding. */
function indented(text: string): string {
  return text.split(/\r?\n/).map(line => printable(line.replace(/\t/g, ' '))).join('\n    ');
}

/** `2 errors, 1 warning (3 acknowledged)` */
export function renderCount(findings: Finding[]): string {
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const acknowledged = findings.filter(f => f.acknowledged !== undefined).length;
  const errors = findings.filter(f => f.severity === Severity.ERROR).length;
  const text = `${plural(errors, 'error')}, ${plural(findings.length - errors - acknowledged, 'warning')}`;
  return acknowledged ? `${text} (${acknowledged} acknowledged)` : text;
}

/** Errors before warnings, then by path and code: the same findings always print the same. */
export function inOrder(findings: Finding[]): Finding[] {
  const key = (f: Finding) => [f.severity === Severity.ERROR ? '0' : '1', f.path, f.code, f.message];
  return findings.map(f => ({ f, k: key(f) })).sort((a, b) => {
    for (let i = 0; i < a.k.length; i++) {
      if (a.k[i] !== b.k[i]) {
        return a.k[i] < b.k[i] ? -1 : 1;
      }
    }
    return 0;
  }).map(({ f }) => f);
}

import type { Repository } from '../repository';
import { shellOf, type Script } from './script';

/** `sh '…'`, `sh '''…'''` and `sh script: '''…''', label: '…'`, in brackets or not. */
const SH = /\bsh\b\s*\(?\s*(?:(?!script\b)\w+\s*:\s*(?:'(?:\\.|[^'\\\n])*'|\w+)\s*,\s*)*(?:script\s*:\s*)?('''(?:\\[\s\S]|(?!''')[^\\])*'''|'(?:\\.|[^'\\\n])*')/g;

/** A script in double quotes: Groovy puts values in, whatever they hold. */
const GSTRING = /\bsh\b\s*\(?\s*(?:\w+\s*:\s*(?:'[^'\n]*'|\w+)\s*,\s*)*(?:script\s*:\s*)?"[^\n]*/g;

/** The scripts of the steps `sh`, as far as they are plain text. */
export function jenkinsScripts({ jenkins }: Repository): Script[] {
  return jenkins.flatMap(({ file, object, text }) => [...text.matchAll(SH)].flatMap(([, literal], index): Script[] => {
    const script = unquoted(literal);
    const shell = shellOf(script, 'sh');
    return shell === undefined ? [] : [{ file, object: `step/${object}/${index + 1}`, text: script, shell, inserted: [] }];
  }).concat([...text.matchAll(GSTRING)].map(([literal], index) =>
    ({ file, object: `step/${object}/in-double-quotes-${index + 1}`, text: 'true', shell: 'sh', inserted: [literal] }))));
}

const ESCAPES: Record<string, string> = { 'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', '\n': '' };

function unquoted(literal: string): string {
  const quotes = literal.startsWith("'''") ? 3 : 1;
  return literal.slice(quotes, -quotes).replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, char) =>
    code === undefined ? ESCAPES[char] ?? char : String.fromCharCode(parseInt(code, 16)));
}

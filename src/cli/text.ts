import type { Output } from './io';

/** ANSI codes of the few styles that the command line uses. */
export enum Style {
  BOLD = 1,
  RED = 31,
  GREEN = 32,
  YELLOW = 33,
}

/** The text in a style, where the output shows one. */
export function paint(output: Pick<Output, 'color'>, style: Style, text: string): string {
  return output.color ? `\u001b[${style}m${text}\u001b[0m` : text;
}

/** Says on the error output why a command fails. */
export function complain(output: Output, message: string): void {
  output.write(`${paint(output, Style.RED, 'fairway:')} ${message}\n`);
}

/** Says on the error output what should be looked at although nothing fails. */
export function warn(output: Output, message: string): void {
  output.write(`${paint(output, Style.YELLOW, 'fairway:')} ${message}\n`);
}

/** The text broken between words, so that no line is longer than `width` unless one word is. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(w => w !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

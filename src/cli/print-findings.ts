import type { Output } from './io';
import type { Finding } from '../core/diagnostics/finding';
import { renderCount, renderText, TextOptions } from '../core/diagnostics/render-text';

/** Prints findings for people, and how many there are. */
export function printFindings(output: Output, findings: Finding[], options: TextOptions & { note?: string } = {}): void {
  const text = renderText(findings, { color: output.color, acknowledged: options.acknowledged });
  output.write(`${text === '' ? '' : `${text}\n\n`}${renderCount(findings)}${options.note ?? ''}\n`);
}

import { printable } from '../../core/diagnostics/printable';
import type { Output } from '../io';
import { paint, Style } from '../text';
import { expectedLines, groupsOf, Line, Sign } from './lines';
import { differs, EnvironmentComparison, Section, sectionsOf } from './model';
import { countsText, expectedText, sameText } from './summary';

const STYLES: Record<Sign, Style> = { '+': Style.GREEN, '-': Style.RED, '~': Style.YELLOW };

/** A comparison for the terminal. */
export function renderText(comparison: EnvironmentComparison, color: Output['color']): string {
  const output = { color };
  const heading = `${comparison.from} → ${comparison.to}`;
  const shown = sectionsOf(comparison).filter(section => differs(section) || section.expected.length > 0);
  return [
    `${paint(output, Style.BOLD, printable(heading))}: ${countsText(comparison)}`,
    ...shown.map(section => sectionText(comparison, section, output)),
    [sameText(comparison), expectedText(comparison)].filter(Boolean).join('\n'),
  ].filter(Boolean).join('\n\n') + '\n';
}

function sectionText({ from, to }: EnvironmentComparison, section: Section, output: { color: boolean }): string {
  const name = paint(output, Style.BOLD, section.workload === undefined ? '(environment)' : printable(section.workload));
  if (section.isIn !== 'both') {
    return `${name}: only in ${printable(section.isIn === 'from' ? from : to)}`;
  }
  const lines = groupsOf(section).flatMap(group => [`  ${group.area}`, ...group.lines.flatMap(line => lineText(line, output))]);
  const expected = expectedLines(section);
  return [name, ...lines, ...(expected.length > 0 ? ['  expected', ...expected.flatMap(line => lineText(line, output))] : [])].join('\n');
}

function lineText({ sign, text, attention, expected, more }: Line, output: { color: boolean }): string[] {
  const note = attention === undefined ? '' : `  ${paint(output, Style.RED, `! ${attention}`)}`;
  return [
    `    ${paint(output, STYLES[sign], sign)} ${text}${note}${expected === undefined ? '' : `  (${expected})`}`,
    ...more.map(part => `        ${paint(output, STYLES[part.sign], `${part.sign} ${part.text}`)}`),
  ];
}

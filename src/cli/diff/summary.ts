import { attentionCount } from './lines';
import { differs, EnvironmentComparison, sectionsOf } from './model';
import { printable } from '../../core/diagnostics/printable';

/** `3 of 12 workloads differ, 1 is only in dev; 2 differences need a look`. */
export function countsText(comparison: EnvironmentComparison): string {
  const { workloads, environment, from, to } = comparison;
  const only = (side: 'from' | 'to') => workloads.filter(section => section.isIn === side).length;
  const both = workloads.filter(section => section.isIn === 'both');
  const different = both.filter(differs).length;
  const parts = [
    `${different === 0 ? 'none' : different} of ${both.length} ${both.length === 1 ? 'workload' : 'workloads'} ${different === 1 || different === 0 ? 'differs' : 'differ'}`,
    ...(['from', 'to'] as const).filter(side => only(side) > 0).map(side => `${only(side)} ${only(side) === 1 ? 'is' : 'are'} only in ${printable(side === 'from' ? from : to)}`),
    ...(environment !== undefined && differs(environment) ? ['the environments themselves differ'] : []),
  ];
  const attention = sectionsOf(comparison).reduce((sum, section) => sum + attentionCount(section), 0);
  return `${parts.join(', ')}${attention === 0 ? '' : `; ${attention} ${attention === 1 ? 'difference needs' : 'differences need'} a look for security`}`;
}

/** Which workloads do not differ; nothing when all of them do. */
export function sameText({ workloads }: EnvironmentComparison): string {
  const same = workloads.filter(section => !differs(section)).map(section => printable(section.workload!));
  const shown = same.length > 20 ? [...same.slice(0, 20), `${same.length - 20} more`] : same;
  return same.length === 0 ? '' : `As expected: ${shown.join(', ')}`;
}

/** How many differences are expected, and how to see them. */
export function expectedText(comparison: EnvironmentComparison): string {
  const sections = sectionsOf(comparison);
  const count = sections.reduce((sum, section) => sum + section.expectedCount, 0);
  const areListed = sections.some(section => section.expected.length > 0);
  return count === 0 ? '' : `${count} ${count === 1 ? 'difference is' : 'differences are'} expected${areListed ? '' : ' (--all lists them)'}`;
}

import { attentionCount } from './lines';
import { differs, Difference, EnvironmentComparison, Section, sectionsOf } from './model';
import { kindOf, nameOf } from './objects';
import { cut, fullPathText } from './values';

/** A value whose JSON is longer than this is cut. */
const LONGEST = 4096;

/** A comparison as JSON. The shape is versioned; fields are only ever added. */
export function renderJson(comparison: EnvironmentComparison): string {
  const { platform, from, to, environment, workloads } = comparison;
  const sections = sectionsOf(comparison);
  const both = workloads.filter(section => section.isIn === 'both');
  const json = JSON.stringify({
    version: 1,
    platform,
    from,
    to,
    summary: {
      workloads: both.length,
      differing: both.filter(differs).length,
      onlyInFrom: workloads.filter(section => section.isIn === 'from').length,
      onlyInTo: workloads.filter(section => section.isIn === 'to').length,
      differences: sections.reduce((sum, section) => sum + section.differences.length, 0),
      expected: sections.reduce((sum, section) => sum + section.expectedCount, 0),
      attention: sections.reduce((sum, section) => sum + attentionCount(section), 0),
    },
    ...(environment === undefined ? {} : { environment: sectionJson(environment) }),
    workloads: workloads.map(section => ({ name: section.workload, ...sectionJson(section) })),
  }, null, 2);
  // What JSON lets stand, and a terminal would obey.
  return `${json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, char => char.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''))}\n`;
}

function sectionJson(section: Section): object {
  return {
    in: section.isIn,
    differs: differs(section),
    summary: section.facts.map(({ area, label, before, after }) => ({ area, ...(label === '' ? {} : { label }), before, after })),
    differences: section.differences.map(differenceJson),
    expectedCount: section.expectedCount,
    ...(section.expected.length > 0 ? { expected: section.expected.map(differenceJson) } : {}),
  };
}

function differenceJson({ pair, change, area, attention, expected }: Difference): object {
  const { path, kind, before, after } = change;
  const filed = (pair.after ?? pair.before)!;
  const isWhole = path.length === 0 && kind !== 'changed';
  return {
    area,
    object: kindOf(filed) === '' ? { file: filed.file } : { apiVersion: filed.object.apiVersion, kind: kindOf(filed), name: nameOf(filed) },
    change: kind,
    path: fullPathText(path),
    ...(isWhole || before === undefined ? {} : { before: valueOf(before) }),
    ...(isWhole || after === undefined ? {} : { after: valueOf(after) }),
    ...(attention === undefined ? {} : { attention }),
    ...(expected === undefined ? {} : { expected }),
  };
}

/** A value; a huge one as the beginning of a text. */
function valueOf(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? String(value);
  return text.length > LONGEST ? cut(text, LONGEST) : value;
}

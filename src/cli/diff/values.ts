import { isMapping, Segment } from './structure';
import { printable } from '../../core/diagnostics/printable';

/** More characters of a value are not shown in a line. */
const LONGEST = 100;

/** What is shown without quotes: it cannot be taken for anything else. */
const PLAIN = /^[A-Za-z0-9_./@+-](?:[\w ./:@+,~=%()*-]*[\w./:@+,~=%()*-])?$/;

/** The way to a value: `containers[web].env[LOG_LEVEL].value`. The specification of pods is where it begins, when it leads there. */
export function pathText(path: readonly Segment[]): string {
  const text = fullPathText(path);
  return text.replace(/^spec\.(?:jobTemplate\.spec\.)?template\.spec\.(?=.)/, '');
}

/** The whole way to a value, from the object. */
export function fullPathText(path: readonly Segment[]): string {
  return printable(path.map((segment, i) => {
    if ('item' in segment) {
      return `[${segment.item}]`;
    }
    return /^[\w-]+$/.test(segment.key) ? `${i === 0 ? '' : '.'}${segment.key}` : `[${JSON.stringify(segment.key)}]`;
  }).join(''));
}

/** A value in a line: escaped, and cut. */
export function valueText(value: unknown): string {
  return cut(printable(flow(value, 0)), LONGEST);
}

/** The beginning of a text, as many whole characters as are asked for. */
export function cut(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const shown = [...text.slice(0, length * 2 + 2)];
  return shown.length > length ? `${shown.slice(0, length).join('')}…` : text;
}

/** A value as YAML would have it in one line. */
function flow(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    const text = value.slice(0, LONGEST * 4);
    return PLAIN.test(text) && (depth === 0 || !/[,:]/.test(text)) ? text : JSON.stringify(text);
  }
  if (depth > 6) {
    return '…';
  }
  if (Array.isArray(value)) {
    return `[${value.slice(0, LONGEST).map(item => flow(item, depth + 1)).join(', ')}]`;
  }
  if (isMapping(value)) {
    return `{ ${Object.entries(value).slice(0, LONGEST).map(([key, v]) => `${key}: ${flow(v, depth + 1)}`).join(', ')} }`.replace(/^\{ {2}\}$/, '{}');
  }
  return String(value);
}

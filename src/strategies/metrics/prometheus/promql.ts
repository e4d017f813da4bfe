import { mapOutsidePlaceholders } from '../placeholders';

/** A value as a PromQL string; placeholders of the engine stay as they are. */
export function promString(value: string): string {
  const escape = (part: string) => part.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `"${mapOutsidePlaceholders(value, escape)}"`;
}

/** A name as a regular expression that matches nothing else. */
export function promRegex(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A series: its name and the matchers of its labels. */
export function series(name: string, matchers: readonly string[]): string {
  return matchers.length === 0 ? name : `${name}{${matchers.join(',')}}`;
}

import { SelectorJson } from './json-types';

/*
 * Reading values of Kubernetes that nobody has checked.
 */

/** What stands at a path of keys, or nothing. */
export function dig(value: unknown, ...keys: string[]): any {
  let at = value;
  for (const key of keys) {
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  }
  return at;
}

/** The maps of a list, and none of anything else. */
export function mapsOf(value: unknown): any[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'object' && each !== null) : [];
}

/** A number or a percentage of a whole, as pods. */
export function pods(value: number | string, whole: number, round: (n: number) => number): number {
  return typeof value === 'number' ? value : round(parseInt(value, 10) * whole / 100);
}

/** Whether labels are what a selector asks for (k8s apimachinery, LabelSelectorAsSelector). An empty selector selects everything. */
export function selects(selector: SelectorJson, labels: Record<string, string>): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => has(key) && labels[key] === value)
    && (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In': return has(key) && values.includes(labels[key]);
        case 'NotIn': return !has(key) || !values.includes(labels[key]);
        case 'Exists': return has(key);
        default: return !has(key);
      }
    });
}

/** Whether a selector asks for nothing. */
export function isEmpty(selector: SelectorJson): boolean {
  return Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
}

/** What is wrong with the conditions of a selector, or nothing (k8s ValidateLabelSelector). */
export function selectorFault(selector: SelectorJson): string | undefined {
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (['In', 'NotIn'].includes(operator) !== values.length > 0) {
      return `has a condition on ${JSON.stringify(key)} whose operator and values do not go together`;
    }
  }
  return undefined;
}

const UNITS: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** The seconds of a duration as in Go; nothing for one that an argument gives. */
export function seconds(duration: string | undefined): number | undefined {
  const parts = [...(duration ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}

/** A count or a limit as a number; nothing for one that an argument gives. */
export function limit(value: number | string | undefined, otherwise: number): number | undefined {
  if (value === undefined) {
    return otherwise;
  }
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

import { lookBackSeconds } from './look-back';
import { openQuote } from './promql-text';
import type { QueryContext } from './query';
import { Refusal } from './refusal';
import type { MetricPlan } from '../plan';

/** The language that a text is written in: it decides how values are escaped. `plain` is what no provider reads. */
export type Language = 'promql' | 'wildcards' | 'quoted' | 'plain';

const NAMES = ['namespace', 'workload', 'service'] as const;
const ALL = [...NAMES, 'pods', 'interval'] as const;

/**
 * A text with the placeholders of `Metric.query` replaced. Two opening braces that are none of them
 * are refused: each engine would read them as a placeholder of its own.
 */
export function substituted(text: string, context: QueryContext, metric: MetricPlan, language: Language): string {
  const known: readonly string[] = language === 'plain' ? NAMES : ALL;
  let result = '';
  let read = 0;
  for (const match of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const name = match[1].trim();
    if (!known.includes(name)) {
      throw unknown(match[0], known);
    }
    result += literal(text.slice(read, match.index), known);
    const value = valueOf(name as typeof ALL[number], context, metric, language, text.slice(0, match.index));
    if (result.endsWith('{') && value.startsWith('{')) {
      throw new Refusal(`the placeholder ${match[0]} stands right behind a brace, where the engine cannot tell its own from it`);
    }
    result += value;
    read = match.index + match[0].length;
  }
  return result + literal(text.slice(read), known);
}

function literal(text: string, known: readonly string[]): string {
  if (text.includes('{{')) {
    throw unknown('{{', known);
  }
  return text;
}

function unknown(what: string, known: readonly string[]): Refusal {
  return new Refusal(`${JSON.stringify(what)} is no placeholder`, known.map(name => `{{${name}}}`));
}

function valueOf(name: typeof ALL[number], context: QueryContext, metric: MetricPlan, language: Language, before: string): string {
  switch (name) {
    case 'interval': return context.interval ?? `${lookBackSeconds(metric)}s`;
    case 'pods': return language === 'wildcards' ? wildcard(context.pods) : escaped(name, context.pods, language, before);
    case 'service': return escaped(name, serviceOf(context), language, before);
    default: return escaped(name, context[name], language, before);
  }
}

/** The Service of the new version, where there is one. */
export function serviceOf(context: QueryContext): string {
  if (context.service === undefined) {
    throw new Refusal('the new version has no Service of its own');
  }
  return context.service;
}

function escaped(name: string, value: string, language: Language, before: string): string {
  const own = outsidePlaceholders(value);
  if (/["'`\n\r]/.test(own)) {
    throw new Refusal(`the value of {{${name}}} contains a quote or a line break`);
  }
  if (!own.includes('\\')) {
    return value;
  }
  if (language === 'promql') {
    const quote = openQuote(before);
    return quote === '`' ? value : mapOutsidePlaceholders(value, part => part.replace(/\\/g, '\\\\'));
  }
  throw new Refusal(`the value of {{${name}}} contains a backslash`);
}

/** Names of pods as a pattern with `*` at its end, for languages without regular expressions. */
export function wildcard(pods: string): string {
  const start = /^(.*[^\\])\.\*$/.exec(pods)?.[1];
  if (start === undefined || !/^[a-z0-9-]*$/.test(outsidePlaceholders(start))) {
    throw new Refusal('the pods of the new version are known by a regular expression only, which the provider does not read');
  }
  return `${start}*`;
}

function outsidePlaceholders(value: string): string {
  return value.replace(/\{\{[^{}]*\}\}/g, '');
}

/** Maps what is no placeholder of the engine. */
export function mapOutsidePlaceholders(value: string, map: (part: string) => string): string {
  return value.split(/(\{\{[^{}]*\}\})/).map((part, i) => i % 2 === 1 ? part : map(part)).join('');
}

import { Language, substituted } from './placeholders';
import type { QueryContext } from './query';
import { Refusal } from './refusal';
import type { MetricPlan } from '../plan';

/** The query of `Metric.query`, with its placeholders replaced; refuses what is built in where nothing sound exists. */
export function ownQuery(metric: MetricPlan, context: QueryContext, provider: string, reason: string, language: Language = 'quoted'): string {
  if (metric.measure.kind !== 'query') {
    throw new Refusal(`there is no built-in query of ${metric.measure.kind} for ${provider}: ${reason}`);
  }
  return substituted(metric.measure.query.trim(), context, metric, language);
}

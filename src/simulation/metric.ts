import { compileCondition, Condition, EvaluationError } from './expression';
import * as messages from './messages';
import type { Sample } from './metric-series';
import type { Judged } from './plan';
import { Json, object } from './read';
import { AnalysisVerdict } from './timeline';
import { show } from '../core/diagnostics/problem';

/** What the provider hands to the conditions: a list for Prometheus and others, a number, or an object with fields. */
interface Shape {
  readonly ofNumber: (value: number) => unknown;
  /** What stands for no data; undefined where the provider makes an error of it. */
  readonly noData?: unknown;
}

const LIST: Shape = { ofNumber: value => [value], noData: [] };
const NUMBER: Shape = { ofNumber: value => value };

/** The shape of results, by provider (the processResponse functions under metricproviders/). */
function shapeOf(provider: Json, fields: readonly string[], where: string): Shape {
  const kinds = Object.keys(provider).filter(key => provider[key] !== undefined && provider[key] !== null);
  if (kinds.length !== 1) {
    throw messages.invalidMetric.error(where, { metric: kinds, fault: 'is not one provider', remedy: 'Write exactly one provider.' });
  }
  const names = [...new Set(fields)];
  const record: Shape = { ofNumber: value => Object.fromEntries(names.map(field => [field, value])) };
  const numberOrRecord = names.length > 0 ? record : NUMBER;
  switch (kinds[0]) {
    case 'prometheus': {
      const query = object(provider.prometheus, where).query;
      // An instant query gives a list of values; scalar() gives the value itself.
      return typeof query === 'string' && /^\s*scalar\s*\(/.test(query) ? NUMBER : LIST;
    }
    case 'graphite': return LIST;
    case 'influxdb': return { ofNumber: value => [value] };
    case 'datadog': return { ...NUMBER, noData: null };
    case 'wavefront': return NUMBER;
    case 'job': return NUMBER;
    case 'web': return numberOrRecord;
    case 'newRelic': return record;
    case 'cloudWatch': return { ofNumber: value => [{ Id: 'simulated', Values: [value] }], noData: [{ Id: 'simulated', Values: [] }] };
    default:
      throw messages.unsupported.error(where, { what: `A metric of the provider ${kinds[0]}`, remedy: 'Leave the metric out of the simulation, or use another provider.' });
  }
}

/** How a metric sees a sample: through its provider and its conditions (utils/evaluate/evaluate.go). */
export function judgeOf(metric: Json, where: string): (sample: Sample) => Judged {
  const provider = object(metric.provider, `${where}.provider`);
  const condition = (key: string): Condition | undefined => {
    const value = metric[key];
    return value === undefined || value === null || value === '' ? undefined : compileCondition(value, `${where}.${key}`);
  };
  const success = condition('successCondition');
  const failure = condition('failureCondition');
  const numbers = [...(success?.numbers ?? []), ...(failure?.numbers ?? [])];
  const fields = [...(success?.fields ?? []), ...(failure?.fields ?? [])];
  const shape = shapeOf(provider, fields, where);
  const isJob = provider.job !== undefined && provider.job !== null;

  const verdictOn = (result: unknown): AnalysisVerdict => {
    try {
      return evaluate(result, success, failure);
    } catch (e) {
      if (e instanceof EvaluationError) {
        return AnalysisVerdict.ERROR;
      }
      throw e;
    }
  };
  const judged = (result: unknown, value?: number): Judged => ({ verdict: verdictOn(result), value, result: shown(result) });
  const ofNumber = (value: number): Judged => {
    if (isJob) {
      return { verdict: value > 0 ? AnalysisVerdict.SUCCESSFUL : AnalysisVerdict.FAILED, value, result: value > 0 ? 'job succeeded' : 'job failed' };
    }
    if (new Set(fields).size > 1 && shape !== LIST && shape !== NUMBER) {
      throw messages.invalidScenario.error(where, { value, fault: `cannot stand for the fields ${[...new Set(fields)].join(', ')}`, remedy: 'Write MetricSeries.result({ … }) with all fields.' });
    }
    return judged(shape.ofNumber(value), value);
  };
  const wanted = (verdict: AnalysisVerdict): Judged => {
    if (isJob || (new Set(fields).size <= 1 && (success || failure))) {
      for (const value of candidates(numbers)) {
        const found = ofNumber(value);
        if (found.verdict === verdict) {
          return found;
        }
      }
    }
    return { verdict, result: verdict === AnalysisVerdict.SUCCESSFUL ? 'passes' : 'fails' };
  };
  let passing: Judged | undefined;
  let failing: Judged | undefined;
  let last: Sample | undefined;
  let known: Judged | undefined;

  const judge = (sample: Sample): Judged => {
    switch (sample.kind) {
      case 'value': return ofNumber(sample.value);
      case 'result': return judged(sample.value);
      case 'none': return shape.noData === undefined ? { verdict: AnalysisVerdict.ERROR, result: 'no data' } : judged(shape.noData);
      case 'error': return { verdict: AnalysisVerdict.ERROR, result: sample.message };
      case 'passing': return (passing ??= wanted(AnalysisVerdict.SUCCESSFUL));
      case 'failing': return (failing ??= wanted(AnalysisVerdict.FAILED));
    }
  };
  return sample => {
    if (sample !== last || !known) { // constant series give the same object each time
      known = judge(sample);
      last = sample;
    }
    return known;
  };
}

function evaluate(result: unknown, success?: Condition, failure?: Condition): AnalysisVerdict {
  const succeeded = success?.holds(result);
  const failed = failure?.holds(result);
  if (failed ?? (success ? !succeeded : false)) {
    return AnalysisVerdict.FAILED;
  }
  return succeeded ?? true ? AnalysisVerdict.SUCCESSFUL : AnalysisVerdict.INCONCLUSIVE;
}

/** Values that a condition with these numbers might tell apart: plain ones first, then both sides of each number. */
function candidates(numbers: readonly number[]): number[] {
  return [1, 0, ...numbers.flatMap(number => [number, number + Math.max(Math.abs(number) / 100, 1e-6),
    number - Math.max(Math.abs(number) / 100, 1e-6)]), 100, -1, 1e9];
}

function shown(result: unknown): string {
  if (typeof result === 'number') {
    return String(result);
  }
  if (Array.isArray(result)) {
    return `[${result.slice(0, 10).map(shown).join(', ')}${result.length > 10 ? ', …' : ''}]`;
  }
  return show(result);
}

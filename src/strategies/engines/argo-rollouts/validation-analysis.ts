import { AnalysisTemplateSpecJson, MetricJson, MetricRuleJson } from './json-types';
import * as messages from './messages';
import { reported, Say } from './report';
import { declarationRules } from './validation-arguments';
import { limit } from './values';
import { Finding } from '../../../core/diagnostics/finding';

/** What the controller refuses of an AnalysisTemplate (utils/analysis/factory.go), and conditions that do not expect missing data. */
export function analysisTemplateRules(where: string, spec: AnalysisTemplateSpecJson): Finding[] {
  return reported(where, say => {
    const { metrics = [], templates = [], args = [] } = spec;
    if (metrics.length === 0 && templates.length === 0) {
      say(messages.noMetrics, 'spec.metrics', 'is empty');
    }
    metrics.forEach((metric, i) => {
      if (metrics.findIndex(({ name }) => name === metric.name) < i) {
        say(messages.sameMetric, `spec.metrics[${i}].name`, 'is given twice', metric.name);
      }
      metricRules(say, `spec.metrics[${i}]`, metric);
    });
    declarationRules(say, 'spec', args);
    const used = [...JSON.stringify(metrics).matchAll(/\{\{\s*args\.([^{}\s]+?)\s*\}\}/g)].map(([, name]) => name);
    for (const name of new Set(used.filter(each => !args.some(arg => arg.name === each)))) {
      say(messages.undeclaredArgument, 'spec.args', `does not have ${JSON.stringify(name)}, which a metric uses`);
    }
    const names = templates.length > 0 ? undefined : metrics.map(({ name }) => name);
    metricNameRules(say, 'spec.dryRun', spec.dryRun, names);
    metricNameRules(say, 'spec.measurementRetention', spec.measurementRetention, names);
  });
}

/**
 * Rules that name metrics by a regular expression.
 *
 * @param names the names of the metrics, unless some are not known
 */
export function metricNameRules(say: Say, path: string, rules: MetricRuleJson[] = [], names?: string[]): void {
  rules.forEach(({ metricName }, i) => {
    const at = `${path}[${i}].metricName`;
    if (rules.findIndex(other => other.metricName === metricName) < i) {
      say(messages.idleRule, at, 'is given twice', metricName);
    }
    const isMatch = matcher(metricName);
    if (isMatch === 'never' || (names && isMatch !== 'unknown' && !names.some(name => isMatch.test(name)))) {
      say(messages.idleRule, at, isMatch === 'never' ? 'is no regular expression' : 'matches no metric', metricName);
    }
  });
}

/** An expression of Go as one of JavaScript, where both mean the same. One that Go cannot read matches nothing. */
function matcher(expression: string): RegExp | 'never' | 'unknown' {
  if (/\(\?|\\[AzZpPQECaxhvHVK0-9]|\[\[:/.test(expression)) {
    return 'unknown';
  }
  try {
    return new RegExp(expression);
  } catch {
    return 'never';
  }
}

function metricRules(say: Say, path: string, metric: MetricJson): void {
  countRules(say, path, metric);
  const providers = Object.entries(metric.provider).flatMap(([name, config]) => name === 'plugin' ? Object.keys(config) : [name]);
  if (providers.length !== 1) {
    say(messages.oneProvider, `${path}.provider`, providers.length === 0 ? 'is empty' : `is ${providers.join(' and ')} at once`);
  }
  queryRules(say, `${path}.provider`, metric.provider);
  if (metric.provider.prometheus && !metric.provider.prometheus.rangeQuery) {
    guardRules(say, path, metric);
  }
}

/** What an argument gives is looked at when it is run. */
function countRules(say: Say, path: string, metric: MetricJson): void {
  const count = limit(metric.count, 0);
  const failures = limit(metric.failureLimit, 0);
  const successes = limit(metric.consecutiveSuccessLimit, 0);
  const inconclusive = limit(metric.inconclusiveLimit, 0);
  if (failures === -1 && successes === 0) {
    say(messages.nothingDecides, `${path}.failureLimit`, 'is switched off, and so is consecutiveSuccessLimit', -1);
  }
  if (count !== undefined && count > 0) {
    const least = Math.max(failures ?? 0, 0) + (successes ?? 0);
    if (count < least) {
      say(messages.countBelowLimits, `${path}.count`, `is less than the limits of failures and successes together, ${least}`, count);
    }
    if (count < (inconclusive ?? 0)) {
      say(messages.countBelowInconclusive, `${path}.count`, `is less than inconclusiveLimit, ${inconclusive}`, count);
    }
  }
  if (count !== undefined && count > 1 && !metric.interval) {
    say(messages.intervalNeeded, `${path}.interval`, `is missing, and count is ${count}`);
  }
}

function queryRules(say: Say, path: string, { datadog, web, cloudWatch }: Record<string, any>): void {
  const refuse = (provider: string, fault: string) => say(messages.invalidQuery, `${path}.${provider}`, fault);
  if (datadog) {
    const queries = Object.keys(datadog.queries ?? {}).length;
    const isFirst = (datadog.apiVersion ?? 'v1') === 'v1';
    const faults = {
      'has neither query nor queries': !datadog.query && queries === 0,
      'has both query and queries': datadog.query && queries > 0,
      'has queries, which need apiVersion v2': isFirst && !datadog.query && queries > 0,
      'has a formula without queries': datadog.formula && queries === 0,
      'has several queries without a formula': !datadog.formula && queries > 1,
      'has an aggregator, which needs apiVersion v2': isFirst && datadog.aggregator,
      'has a Secret in the namespace without a name': datadog.secretRef?.namespaced && !datadog.secretRef.name,
    };
    Object.entries(faults).filter(([, isSo]) => isSo).forEach(([fault]) => refuse('datadog', fault));
  }
  if (web?.body && web.jsonBody !== undefined) {
    refuse('web', 'has both body and jsonBody');
  }
  if (web && (web.body || web.jsonBody !== undefined) && (web.method ?? 'GET') === 'GET') {
    refuse('web', 'has a body with the method GET');
  }
  cloudWatch?.metricDataQueries.forEach((query: any, i: number) => {
    if ((query.expression === undefined) === (query.metricStat === undefined)) {
      refuse(`cloudWatch.metricDataQueries[${i}]`, query.expression === undefined ? 'has neither expression nor metricStat' : 'has both expression and metricStat');
    }
  });
}

/** A value of a Prometheus result is read only where there is one, and is compared only if it is a number. */
function guardRules(say: Say, path: string, { successCondition, failureCondition }: MetricJson): void {
  Object.entries({ successCondition, failureCondition }).forEach(([field, condition]) => {
    if (!condition || !/\bresult\s*\[/.test(condition)) {
      return;
    }
    const missing = [/\blen\s*\(/.test(condition) ? '' : 'len(result)', /\bisNaN\s*\(/.test(condition) ? '' : 'isNaN(result[0])'].filter(guard => guard !== '');
    if (missing.length > 0) {
      say(messages.noGuard, `${path}.${field}`, `reads the result without ${missing.join(' and ')}`, condition);
    }
  });
}

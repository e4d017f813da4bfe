import { Duration } from 'cdk8s';
import * as messages from './messages';
import { MetricSeries } from './metric-series';
import { PodBehavior } from './pod-behavior';
import type { ScenarioProps } from './scenario';
import { ScenarioAction } from './scenario-action';
import { DEEPEST } from './values';

type Json = Record<string, unknown>;

/** The props that a scenario file describes. Every fault is found with its place in the file. */
export function scenarioFromJson(json: unknown): ScenarioProps {
  const file = object(typeof json === 'string' ? parse(json) : json, 'scenario', [
    'initialDeployment', 'replicas', 'pods', 'stablePods', 'metrics', 'actions', 'requestsPerSecond', 'limit',
  ]);
  return {
    initialDeployment: file.initialDeployment as boolean | undefined,
    replicas: file.replicas as number | undefined,
    pods: optional(file.pods, pods => behavior(pods, 'pods')),
    stablePods: optional(file.stablePods, pods => behavior(pods, 'stablePods')),
    metrics: optional(file.metrics, all => {
      const metrics = object(all, 'metrics');
      return Object.fromEntries(Object.entries(metrics).map(([name, series]) => [name, metric(series, `metrics.${name}`)]));
    }),
    actions: optional(file.actions, all => items(all, 'actions').map((one, i) => action(one, `actions[${i}]`))),
    requestsPerSecond: file.requestsPerSecond as number | undefined,
    limit: optional(file.limit, limit => duration(limit, 'limit')),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    throw messages.invalidScenario.error('scenario', { value: text, fault: `is no JSON (${(e as Error).message})`, remedy: 'Write a JSON object.' });
  }
}

function behavior(value: unknown, where: string): PodBehavior {
  const kind = typeof value === 'string' ? value : object(value, where, ['behavior', 'startup', 'readyFor', 'up', 'down']).behavior;
  const json = typeof value === 'string' ? {} : (value as Json);
  const time = (key: string): Duration | undefined => optional(json[key], given => duration(given, `${where}.${key}`));
  const only = (...keys: string[]): void => void object(json, where, ['behavior', ...keys]);
  switch (kind) {
    case 'ready':
    case undefined: // a start-up time alone
      only('startup');
      return PodBehavior.ready({ startup: time('startup') });
    case 'crashLoop':
      only('startup', 'readyFor');
      return PodBehavior.crashLoop({ startup: time('startup'), readyFor: time('readyFor') });
    case 'neverReady':
      only();
      return PodBehavior.neverReady();
    case 'flapping':
      only('startup', 'up', 'down');
      return PodBehavior.flapping({ startup: time('startup'), up: time('up'), down: time('down') });
    default:
      throw invalid(`${where}.behavior`, kind, 'is no behaviour of pods', 'Write ready, crashLoop, neverReady or flapping.');
  }
}

function metric(value: unknown, where: string): MetricSeries {
  if (!Array.isArray(value)) {
    return segment(value, where, []);
  }
  if (value.length === 0) {
    throw invalid(where, value, 'is empty', 'Write at least one series.');
  }
  return value.slice(1).reduce<MetricSeries>((before, one, i) => {
    const place = `${where}[${i + 1}]`;
    return before.followedBy(duration(object(one, place).after, `${place}.after`), segment(one, place, ['after']));
  }, segment(value[0], `${where}[0]`, []));
}

function segment(value: unknown, where: string, more: string[], depth = 0): MetricSeries {
  if (depth > DEEPEST) {
    throw invalid('metrics', 'series', 'stands in a series without end', 'Write the series once.'); // a ring of YAML aliases
  }
  switch (value) {
    case 'passing': return MetricSeries.passing();
    case 'failing': return MetricSeries.failing();
    case 'noData': return MetricSeries.noData();
    case 'providerError': return MetricSeries.providerError();
  }
  if (typeof value === 'number') {
    return MetricSeries.constant(value);
  }
  const json = object(value, where, [...more, 'value', 'series', 'from', 'to', 'at', 'points', 'mean', 'deviation', 'seed', 'error', 'result']);
  const only = (...keys: string[]): void => void object(value, where, [...more, ...keys]);
  const number = (key: string): number => {
    if (typeof json[key] !== 'number') {
      throw invalid(`${where}.${key}`, json[key], 'is no number', 'Write a number, for example 0.99.');
    }
    return json[key];
  };
  if ('series' in json) {
    only('series');
    return segment(json.series, `${where}.series`, [], depth + 1);
  } else if ('value' in json) {
    only('value');
    return MetricSeries.constant(number('value'));
  } else if ('points' in json) {
    only('points');
    return MetricSeries.points(items(json.points, `${where}.points`).map((one, i) => {
      const place = `${where}.points[${i}]`;
      const point = object(one, place, ['at', 'value']);
      return { at: duration(point.at, `${place}.at`), value: point.value as number };
    }));
  } else if ('from' in json || 'to' in json) {
    only('from', 'to', 'at');
    return MetricSeries.step({ from: number('from'), to: number('to'), at: duration(json.at, `${where}.at`) });
  } else if ('mean' in json) {
    only('mean', 'deviation', 'seed');
    return MetricSeries.noise({ mean: number('mean'), deviation: number('deviation'), seed: json.seed as number | undefined });
  } else if ('error' in json) {
    only('error');
    return MetricSeries.providerError(String(json.error));
  } else if ('result' in json) {
    only('result');
    return MetricSeries.result(json.result);
  }
  throw invalid(where, value, 'says no values', 'Write a number, "passing", { from, to, at }, { points }, { mean, deviation } or { error }.');
}

function action(value: unknown, where: string): ScenarioAction {
  const json = object(value, where, ['at', 'do', 'replicas', 'pods']);
  const only = (...keys: string[]): void => void object(value, where, ['at', 'do', ...keys]);
  const at = duration(json.at, `${where}.at`);
  switch (json.do) {
    case 'scale':
      only('replicas');
      return ScenarioAction.scale(at, json.replicas as number);
    case 'deploy':
      only('pods');
      return ScenarioAction.deploy(at, { pods: optional(json.pods, pods => behavior(pods, `${where}.pods`)) });
  }
  only();
  switch (json.do) {
    case 'promote': return ScenarioAction.promote(at);
    case 'promoteFull': return ScenarioAction.promoteFull(at);
    case 'abort': return ScenarioAction.abort(at);
    case 'retry': return ScenarioAction.retry(at);
    case 'pause': return ScenarioAction.pause(at);
    case 'resume': return ScenarioAction.resume(at);
    case 'rollback': return ScenarioAction.rollback(at);
    case 'restartController': return ScenarioAction.restartController(at);
    default: throw invalid(`${where}.do`, json.do, 'is no action', 'Write promote, promoteFull, abort, retry, pause, resume, scale, deploy, rollback or restartController.');
  }
}

/** `90s`, `5m`, `1h30m`, `2d`, `500ms`, or a number of seconds. */
function duration(value: unknown, where: string): Duration {
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) {
    return Duration.millis(Math.round(value * 1000));
  }
  const parts = typeof value === 'string' && value.length <= 40 ? /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(value) : null;
  if (parts === null || value === '') {
    throw invalid(where, value, 'is no duration', 'Write for example "90s", "5m" or "1h30m".');
  }
  const [days, hours, minutes, seconds, millis] = parts.slice(1).map(part => Number(part ?? 0));
  return Duration.millis(Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + millis));
}

function object(value: unknown, where: string, known?: string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(where, value, 'is no object', 'Write an object with keys and values.');
  }
  for (const key of known ? Object.keys(value) : []) {
    if (!known!.includes(key)) {
      throw messages.unknownKey.error(where, { key, known: known! });
    }
  }
  return value as Json;
}

function items(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) {
    throw invalid(where, value, 'is no list', 'Write a list: [ … ].');
  }
  return value;
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

function invalid(where: string, value: unknown, fault: string, remedy: string): Error {
  return messages.invalidScenario.error(where, { value, fault, remedy });
}

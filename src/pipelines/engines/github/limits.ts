import * as messages from './messages';
import type { Report } from './report';
import type { PipelineGraph } from '../../graph';

const FILE_BYTES = 512_000;
const EXPRESSION_LENGTH = 21_000;
const EDGES = 4000;

/** What GitHub takes no more of. */
export function checkLimits(graph: PipelineGraph, file: string, data: unknown, report: Report): void {
  const size = writtenSize(data);
  if (size > FILE_BYTES) {
    report.find(messages.tooLarge.at(graph.path, { what: `The file ${file}`, size, limit: FILE_BYTES, unit: 'bytes' }));
  }
  const long = longestExpression(data);
  if (long > EXPRESSION_LENGTH) {
    report.find(messages.tooLarge.at(graph.path, { what: 'A text with expressions', size: long, limit: EXPRESSION_LENGTH, unit: 'characters' }));
  }
  const edges = graph.jobs.reduce((sum, job) => sum + job.needs.length, 0);
  if (edges > EDGES) {
    report.find(messages.manyNeeds.at(graph.path, { jobs: graph.jobs.length, edges }));
  }
}

/** How large data becomes as YAML: each line with its indentation. Close, without printing it twice. */
function writtenSize(data: unknown, depth = 0): number {
  const indent = 2 * depth;
  if (Array.isArray(data)) {
    return data.reduce<number>((sum, item) => sum + indent + 2 + writtenSize(item, depth + 1), 0);
  }
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data).reduce((sum, [key, value]) => sum + indent + Buffer.byteLength(key) + 3 + writtenSize(value, depth + 1), 0);
  }
  const text = String(data);
  return Buffer.byteLength(text) + (text.split('\n').length - 1) * indent;
}

function longestExpression(data: unknown): number {
  if (typeof data === 'string') {
    return data.includes('${{') ? data.length : 0;
  }
  return typeof data === 'object' && data !== null ? Object.values(data).reduce<number>((longest, value) => Math.max(longest, longestExpression(value)), 0) : 0;
}

/** Finds keys that are alike but for case: GitHub refuses them. */
export function checkKeys(graph: PipelineGraph, data: unknown, report: Report): void {
  const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
  const look = (value: unknown, at: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    const path = at[0] === 'jobs' ? paths.get(at[1]) ?? graph.path : graph.path;
    if (!Array.isArray(value)) {
      findAlike(Object.keys(value), at.join('.') || 'the file', path, report);
    }
    Object.entries(value).forEach(([key, inner]) => look(inner, [...at, key]));
  };
  look(data, []);
  for (const job of graph.jobs) {
    job.steps.forEach(step => findAlike(step.outputs, `the outputs of step ${step.id}`, job.path, report));
  }
}

function findAlike(names: readonly string[], where: string, path: string, report: Report): void {
  const known = new Map<string, string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    const one = known.get(lower);
    if (one === undefined) {
      known.set(lower, name);
    } else {
      report.find(messages.sameKeys.at(path, { where, one, other: name }));
    }
  }
}

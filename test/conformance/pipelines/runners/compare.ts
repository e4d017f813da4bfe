import { legsOf, span, type Leg, type Trace } from './trace';
import type { PipelineGraph } from '../../../../src/pipelines/graph';
import type { RunReport } from '../../../pipelines/interpreter';

/** What the interpreter made of a pipeline, and what the scripts wrote down there. */
export interface Reference {
  readonly graph: PipelineGraph;
  readonly report: RunReport;
  readonly lines: string[];
  readonly artifacts: string[];
}

const NOTHING: Leg = { starts: 0, ended: false, says: [] };

/** Where a system did something else than the interpreter. */
export function differences(reference: Reference, trace: Trace): string[] {
  return [...conclusion(reference, trace), ...legs(reference, trace), ...order(reference, trace), ...artifacts(reference, trace)];
}

function conclusion({ report }: Reference, trace: Trace): string[] {
  const expected = report.conclusion === 'success' ? 'success' : 'failure';
  return trace.conclusion === expected ? [] : [`the run came to ${trace.conclusion}, not ${expected}`];
}

function legs(reference: Reference, trace: Trace): string[] {
  const [wanted, found] = [legsOf(reference.lines), legsOf(trace.lines)];
  const ended = new Set([...reference.report.jobs.values()].flatMap(job => job.legs).filter(leg => leg.result === 'cancelled').map(leg => leg.leg));
  return [...new Set([...wanted.keys(), ...found.keys(), ...ended])].sort().flatMap(name => {
    const [want, is] = [wanted.get(name) ?? NOTHING, found.get(name) ?? NOTHING];
    // What is ended on the way may have come as far as it likes, but not to its end.
    if (ended.has(name)) return is.ended ? [`${name} came to its end, though it should have been ended before`] : [];
    return [
      ...want.starts !== is.starts ? [`${name} began ${is.starts} times, not ${want.starts}`] : [],
      ...want.ended !== is.ended ? [`${name} ${is.ended ? 'came' : 'did not come'} to its end`] : [],
      ...sorted(want.says) !== sorted(is.says) ? [`${name} said ${sorted(is.says)}, not ${sorted(want.says)}`] : [],
    ];
  });
}

function sorted(texts: readonly string[]): string {
  return JSON.stringify([...texts].sort());
}

/** A leg begins after everything that any job it needs has done. */
function order({ graph, report }: Reference, trace: Trace): string[] {
  const spans = new Map([...report.jobs.values()].flatMap(job => job.legs).map(({ leg }) => [leg, span(trace.lines, leg)]));
  const namesOf = (id: string) => report.jobs.get(id)!.legs.map(({ leg }) => leg);
  return graph.jobs.flatMap(job => job.needs.flatMap(edge => namesOf(edge.job).flatMap(before => namesOf(job.id).flatMap(after => {
    const [first, second] = [spans.get(before), spans.get(after)];
    return first && second && second.from < first.to ? [`${after} began before ${before} was through`] : [];
  }))));
}

/** A system may hand over files of its own beside those of the user. */
function artifacts(reference: Reference, trace: Trace): string[] {
  const missing = reference.artifacts.filter(name => !trace.artifacts.includes(name));
  return missing.length === 0 ? [] : [`the artifacts lack ${missing.join(', ')}; they hold ${JSON.stringify(trace.artifacts)}`];
}

import * as messages from './messages';
import type { Report } from './report';
import { native } from '../../gaps';
import type { PatchNode, PipelineGraph } from '../../graph';
import { patchedWith } from '../../patched';

type Data = Record<string, unknown>;

/** The workflow with what the user changes in it. */
export function patched(workflow: Data, graph: PipelineGraph, report: Report): Data {
  return graph.patches.filter(patch => patch.system === 'github').reduce((data, patch) => applied(data, patch, graph, report), workflow);
}

function applied(workflow: Data, patch: PatchNode, graph: PipelineGraph, report: Report): Data {
  const prefix = patch.job === undefined ? '' : `/jobs/${patch.job}`;
  const path = graph.jobs.find(job => job.id === patch.job)?.path ?? graph.path;
  let data = workflow;
  for (const { op, path: at, value } of patch.operations) {
    const whole = `${prefix}${at}`;
    const refuse = (fault: string) => report.find(messages.patchFailed.at(path, { path: whole, reason: patch.reason, fault }));
    if (/(^|\/)(__proto__|constructor|prototype)(\/|$)/.test(whole)) {
      refuse('names what is no data');
      continue;
    }
    try {
      const result = patchedWith(data, { op, path: whole, value });
      if (typeof result !== 'object' || result === null || Array.isArray(result)) {
        refuse('leaves no workflow');
        continue;
      }
      data = result as Data;
      report.row(native(`change of ${whole}`, patch.reason, patch.job));
    } catch {
      refuse('is not there');
    }
  }
  return data;
}

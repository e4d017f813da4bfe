import type { Tree } from '../documents';
import type { Verdict } from '../report';
import { run } from '../workshop';

/** Runs a program that reads a request and writes a report, both as JSON. */
export function ask([program, ...args]: string[], tree: Pick<Tree, 'documents'>, request: (documents: object[]) => unknown): Verdict {
  const documents = tree.documents.map(({ file, object, text }) => ({ file, object, text }));
  const report = JSON.parse(run({ program, args, input: JSON.stringify(request(documents)) }));
  const known: string[] = report.known ?? [];
  return { checked: known.length, known, findings: report.findings ?? [], notes: report.notes ?? [] };
}

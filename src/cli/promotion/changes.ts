import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import type { FileChanges } from './apply';
import { printable } from '../../core/diagnostics/printable';
import type { PlannedFile } from '../../core/files/paths';
import { concealed, withoutSecrets } from '../diff/conceal';
import { FiledObject, kindOf, matchObjects, nameOf, ObjectPair } from '../diff/objects';
import { structuralDiff } from '../diff/structure';
import { fullPathText, valueText } from '../diff/values';

/** A field that comes, goes or becomes another. */
export interface FieldChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** An object that comes, goes or becomes another. */
export interface ObjectChange {
  readonly workload?: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** `Deployment checkout`. */
  readonly object: string;
  /** The fields that differ, when both are there. */
  readonly fields: FieldChange[];
}

/** Whose a file is that stands on disk. */
type WorkloadOf = (file: string) => string | undefined;

/** What the files of a change say that those on disk do not, and the other way round; values that may be secret are hidden. */
export function changesOf(base: string, files: PlannedFile[], { written, removed }: FileChanges, workloadOf: WorkloadOf): ObjectChange[] {
  const planned = new Map(files.map(file => [file.path, file]));
  const touched = [...written, ...removed];
  const byWorkload = new Map<string | undefined, string[]>();
  for (const file of touched) {
    const workload = planned.get(file)?.workload ?? workloadOf(file);
    byWorkload.set(workload, [...byWorkload.get(workload) ?? [], file]);
  }
  return [...byWorkload].sort(([a = ''], [b = '']) => a < b ? -1 : 1).flatMap(([workload, own]) => {
    const before = own.flatMap(file => objectsIn(file, standing(path.join(base, file))));
    const after = own.flatMap(file => objectsIn(file, planned.get(file)?.content ?? ''));
    return matchObjects(before, after, { before: text => text, after: text => text }).flatMap(pair => changeOf(pair, workload));
  });
}

function changeOf({ before, after }: ObjectPair, workload: string | undefined): ObjectChange[] {
  const filed = (after ?? before)!;
  const object = printable([kindOf(filed) || 'file', nameOf(filed) || filed.file].join(' '));
  const whose = workload === undefined ? {} : { workload };
  if (before === undefined || after === undefined) {
    return [{ ...whose, kind: before === undefined ? 'added' : 'removed', object, fields: [] }];
  }
  const [old, now] = kindOf(filed) === 'Secret' ? concealed(before.object, after.object) : [before.object, after.object];
  const fields = structuralDiff(old, now).map(withoutSecrets).map((change): FieldChange => ({
    kind: change.kind,
    path: fullPathText(change.path),
    ...(change.kind === 'added' ? {} : { before: valueText(change.before) }),
    ...(change.kind === 'removed' ? {} : { after: valueText(change.after) }),
  }));
  return fields.length === 0 ? [] : [{ ...whose, kind: 'changed', object, fields }];
}

function objectsIn(file: string, text: string): FiledObject[] {
  if (!/\.ya?ml$/.test(file)) {
    return [];
  }
  try {
    return parseAllDocuments(text).map(document => document.toJS()).filter(object => typeof object === 'object' && object !== null).map(object => ({ object, file }));
  } catch {
    return []; // a file of somebody else's making: it is named among the files
  }
}

function standing(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { misuse } from './failure';
import * as messages from './messages';
import { readManifests } from './ownership';
import type { OwnedFile } from '../core/files/manifest';

type Manifest = Record<string, any>;

/** A workload in an environment, as a synth would write it. */
export interface PreviewedWorkload {
  readonly workload: string;
  readonly environment: string;
  /** Its objects. */
  readonly own: Manifest[];
  /** Analysis templates beside it that it may refer to. */
  readonly shared: Manifest[];
}

/** Files of one platform in the folder of a preview. */
export interface PreviewedPlatform {
  readonly name: string;
  /** The folder that the paths of its files are relative to. */
  readonly base: string;
  readonly files: ReadonlyArray<OwnedFile & { readonly path: string }>;
}

/** All that a preview has written, platform by platform. */
export function previewedPlatforms(folder: string): PreviewedPlatform[] {
  return fs.readdirSync(folder).sort().flatMap(name => platformsIn(path.join(folder, name)));
}

/**
 * Finds a workload among what a preview has written.
 *
 * @param folder where the manifests and the record of them are
 * @param workload its name. An unknown one is misuse
 * @param environment the name of an environment, or none for the last one on the road of the workload
 */
export function findWorkload(folder: string, workload: string, environment: string | undefined): PreviewedWorkload {
  const platform = platformOf(previewedPlatforms(folder), workload);
  const chosen = environmentOf(platform, workload, environment);
  const here = platform.files.filter(file => file.environment === chosen || file.environment === undefined);
  const isOwn = (file: OwnedFile) => file.environment === chosen && file.workload === workload;
  return {
    workload,
    environment: chosen,
    own: here.filter(isOwn).flatMap(file => objectsIn(platform.base, file.path)),
    shared: here.filter(file => !isOwn(file)).flatMap(file => objectsIn(platform.base, file.path, 'AnalysisTemplate')).filter(object => /AnalysisTemplate$/.test(String(object.kind))),
  };
}

function platformsIn(base: string): PreviewedPlatform[] {
  return [...readManifests(base).values()].map(manifest => ({
    name: String(manifest.platform),
    base,
    files: [...manifest.files].map(([file, owned]) => ({ ...owned, path: file })),
  }));
}

function platformOf(platforms: PreviewedPlatform[], workload: string): PreviewedPlatform {
  const found = platforms.filter(platform => platform.files.some(file => file.workload === workload));
  if (found.length === 0) {
    throw misuse(messages.unknownWorkload(workload, unique(platforms.flatMap(platform => platform.files.map(file => file.workload)))));
  }
  if (found.length > 1) {
    throw misuse(messages.severalPlatforms(workload, found.map(platform => platform.name)));
  }
  return found[0];
}

function environmentOf(platform: PreviewedPlatform, workload: string, given: string | undefined): string {
  const known = unique(platform.files.filter(file => file.workload === workload).map(file => file.environment));
  if (given === undefined) {
    return lastOf(platform, workload, known);
  }
  if (!known.includes(given)) {
    const all = unique(platform.files.map(file => file.environment));
    throw misuse(all.includes(given) ? messages.notInEnvironment(workload, given, known) : messages.unknownEnvironment(given, all));
  }
  return given;
}

/** The environment that takes the most promotions to come to. */
function lastOf(platform: PreviewedPlatform, workload: string, environments: string[]): string {
  const stages = environments.map(environment => stageOf(platform, environment));
  const last = environments.filter((_, i) => stages[i] === Math.max(...stages));
  if (last.length > 1) {
    throw misuse(messages.severalFinal(workload, last));
  }
  return last[0];
}

/** The stage of an environment, as its PriorityClass has it: what is nearer to the end of the road is scheduled first. */
function stageOf(platform: PreviewedPlatform, environment: string): number {
  const classes = platform.files
    .filter(file => file.environment === environment && file.workload === undefined && path.posix.basename(file.path).startsWith('PriorityClass.'))
    .flatMap(file => objectsIn(platform.base, file.path));
  return Math.max(0, ...classes.map(object => Number(object.value)).filter(Number.isFinite));
}

/** The objects of a file; of one without the given word none. */
function objectsIn(folder: string, file: string, word = ''): Manifest[] {
  if (!/\.ya?ml$/.test(file)) {
    return [];
  }
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  return text.includes(word) ? parseAllDocuments(text).map(document => document.toJS() as Manifest | null).filter(object => object !== null) : [];
}

function unique(names: ReadonlyArray<string | undefined>): string[] {
  return [...new Set(names.flatMap(name => name ?? []))].sort();
}

import { printable } from '../../core/diagnostics/printable';
import type { OwnershipManifest } from '../../core/files/manifest';
import { ExitCode, failure, misuse } from '../failure';
import { FileGroup, groupFiles, kindsOf } from '../inventory';
import type { Io } from '../io';
import * as messages from '../messages';
import { readManifests } from '../ownership';
import { renderTable } from '../table';
import { warn } from '../text';

/** The options of `fairway list`, as commander gives them. */
export interface ListOptions {
  readonly environment?: string;
  readonly json?: boolean;
}

/** A platform with those of its files that are asked for. */
interface Listed {
  readonly manifest: string;
  readonly platform: string;
  readonly groups: FileGroup[];
}

/** `fairway list`: what is owned, from the ownership manifests alone; the program is not run. */
export function list(io: Io, { environment, json }: ListOptions): ExitCode {
  const manifests = readManifests(io.cwd);
  if (manifests.size === 0) {
    throw failure(messages.nothingSynthesized());
  }
  const all = [...manifests].map(([manifest, content]): Listed => ({
    manifest,
    platform: String(content.platform),
    groups: groupFiles(content),
  }));
  const listed = environment === undefined ? all : onlyOf(environment, all);
  warnOfInterruption(io, manifests);
  io.out.write(json ? asJson(listed) : asTable(listed, io.out.columns));
  return ExitCode.FINE;
}

function onlyOf(environment: string, all: Listed[]): Listed[] {
  const listed = all
    .map(platform => ({ ...platform, groups: platform.groups.filter(g => g.environment === environment) }))
    .filter(platform => platform.groups.length > 0);
  if (listed.length === 0) {
    const known = new Set(all.flatMap(p => p.groups).flatMap(g => g.environment ?? []));
    throw misuse(messages.unknownEnvironment(environment, [...known].sort()));
  }
  return listed;
}

function warnOfInterruption(io: Io, manifests: Map<string, OwnershipManifest>): void {
  for (const [file, { pending }] of manifests) {
    if (pending.size > 0) {
      warn(io.err, messages.interruptedSynth(file));
    }
  }
}

function asTable(listed: Listed[], width: number | undefined): string {
  const hasSeveral = listed.length > 1;
  const rows = listed.flatMap(({ platform, groups }) => groups.map(group => [
    ...(hasSeveral ? [platform] : []),
    group.environment ?? `(${group.place})`,
    group.workload ?? '-',
    String(group.files.length),
    kindsAsText(group.files),
  ].map(printable)));
  return renderTable([[...(hasSeveral ? ['PLATFORM'] : []), 'ENVIRONMENT', 'WORKLOAD', 'FILES', 'KINDS'], ...rows], width);
}

function kindsAsText(files: string[]): string {
  return Object.entries(kindsOf(files)).map(([kind, count]) => count === 1 ? kind : `${kind} (${count})`).join(', ') || '-';
}

/** The shape is versioned; fields are only ever added. */
function asJson(listed: Listed[]): string {
  return JSON.stringify({
    version: 1,
    platforms: listed.map(({ manifest, platform, groups }) => ({
      platform,
      manifest,
      files: groups.reduce((sum, g) => sum + g.files.length, 0),
      groups: groups.map(({ environment, workload, place, files }) => ({ environment, workload, place, kinds: kindsOf(files), files })),
    })),
  }, null, 2) + '\n';
}

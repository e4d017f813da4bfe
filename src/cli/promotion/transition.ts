import {
  FormerPlatform, FormerRelease, HISTORY, PlatformRelease, Release, ReleaseRecord, ReleaseState, RolledBack,
} from '../../environments/release-state';

/*
 * How release states change. A digest, or a revision, stands once in an entry: as what runs, or in its history, the latest first.
 *
 *   promote C:   B [A]      → C [B, A]
 *   roll back:   C [B, A]   → B [C✗, A]     what is left by a rollback is marked
 *   once more:   B [C✗, A]  → A [B✗, C✗]    what is marked is never come back to by itself
 *   promote D:   B [C✗, A]  → D [B, C✗, A]
 *   promote C:   B [C✗, A]  → C [B, A]      unless somebody means it
 */

/** What runs, with the others behind it. */
interface Entry<Former> {
  readonly history?: Former[];
}

/** Another release of a workload. The one that ran is remembered if its digest is known. */
export function withRelease(state: ReleaseState, workload: string, release: Release, former: FormerRelease | undefined): ReleaseState {
  const record = state.workloads[workload];
  return withRecord(state, workload, { ...release, ...behind(formerly(record) ?? former, record, each => each.digest !== release.digest) });
}

/** Another program for an environment. */
export function withPlatform(state: ReleaseState, platform: PlatformRelease): ReleaseState {
  return { ...state, platform: { ...platform, ...behind(formerly(state.platform), state.platform, each => each.revision !== platform.revision) } };
}

/** An earlier release of a workload, again. */
export function withFormerRelease(state: ReleaseState, workload: string, { rolledBack, ...release }: FormerRelease, now: RolledBack): ReleaseState {
  const record = state.workloads[workload];
  return withRecord(state, workload, {
    ...release,
    since: now.at,
    ...behind({ ...formerly(record)!, rolledBack: now }, record, each => each.digest !== release.digest),
  });
}

/** An earlier program, again. */
export function withFormerPlatform(state: ReleaseState, { rolledBack, ...platform }: FormerPlatform, now: RolledBack): ReleaseState {
  const current = state.platform!;
  const history = behind({ ...formerly(current)!, rolledBack: now }, current, each => each.revision !== platform.revision);
  return { ...state, platform: { ...platform, since: now.at, ...history } };
}

/** What a rollback comes back to by itself: the latest one that no rollback has left. */
export function previous<T extends { readonly rolledBack?: RolledBack }>(entry: Entry<T> | undefined): T | undefined {
  return entry?.history?.find(each => each.rolledBack === undefined);
}

/** The releases of a workload that somebody may mean: by the beginning of the digest or of the commit, seven digits at least, or by tag. */
export function releasesNamed<T extends FormerRelease>(releases: T[], name: string): T[] {
  const begins = (text: string | undefined) => /^[a-f0-9]{7,}$/.test(name) && text?.startsWith(name);
  const digest = /^sha256:([a-f0-9]{7,64})$/.exec(name)?.[1];
  return releases.filter(each => each.tag === name || begins(each.source?.commit) || begins(each.digest.slice('sha256:'.length))
    || (digest !== undefined && each.digest.startsWith(`sha256:${digest}`)));
}

/** The programs that somebody may mean, by the beginning of the commit. */
export function revisionsNamed<T extends { readonly revision: string }>(platforms: T[], name: string): T[] {
  return /^[a-f0-9]{7,64}$/.test(name) ? platforms.filter(each => each.revision.startsWith(name)) : [];
}

function withRecord(state: ReleaseState, workload: string, record: ReleaseRecord): ReleaseState {
  return { ...state, workloads: { ...state.workloads, [workload]: record } };
}

function formerly<T extends object>(entry: (T & { readonly history?: unknown }) | undefined): Omit<T, 'history'> | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const { history, ...rest } = entry;
  return rest;
}

function behind<T>(latest: T | undefined, entry: Entry<T> | undefined, stays: (each: T) => boolean): { history?: T[] } {
  const history = [...latest === undefined ? [] : [latest], ...entry?.history ?? []].filter(stays).slice(0, HISTORY);
  return history.length === 0 ? {} : { history };
}

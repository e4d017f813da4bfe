import type { FormerPlatform, FormerRelease, ReleaseState } from '../../environments/release-state';
import { misuse } from '../failure';
import { instantText } from './gates';
import * as messages from './messages';
import { Move, Plan, PlatformMove, Refusal } from './plan';
import type { States } from './state-files';
import { previous, releasesNamed, revisionsNamed, withFormerPlatform, withFormerRelease } from './transition';
import type { Workspace } from './workspace';

/** What is asked for. */
export interface RollbackRequest {
  readonly workloads: string[];
  readonly platform?: boolean;
  readonly environment: string;
  /** The release that is to come back: the beginning of a digest or commit, or a tag. */
  readonly to?: string;
  readonly reason?: string;
}

/** Throws for options that do not go together, before the program runs. */
export function checkRollbackRequest({ workloads, platform, to, reason }: RollbackRequest): void {
  if (workloads.length === 0 && !platform) {
    throw misuse(messages.nothingToRollBack());
  }
  if (workloads.length > 0 && platform) {
    throw misuse(messages.doNotGoTogether(['names of workloads', '--platform']));
  }
  const repeated = workloads.find((workload, i) => workloads.indexOf(workload) !== i);
  if (repeated !== undefined) {
    throw misuse(messages.repeatedWorkload(repeated));
  }
  for (const [option, value] of Object.entries({ '--to': to, '--reason': reason })) {
    if (value?.trim() === '') {
      throw misuse(messages.emptyOption(option));
    }
  }
}

/** What is to be done to come back to an earlier release. No gate stops it. Reads, and writes nothing. */
export function planRollback(workspace: Workspace, states: States, request: RollbackRequest, now: Date): Plan {
  return new Rollback(workspace, states.get(request.environment)!, request, now).plan();
}

class Rollback {
  private readonly moves: Move[] = [];
  private readonly already: string[] = [];
  private readonly refusals: Refusal[] = [];
  private state: ReleaseState;

  public constructor(
    private readonly workspace: Workspace,
    private readonly former: ReleaseState,
    private readonly request: RollbackRequest,
    private readonly now: Date,
  ) {
    this.state = former;
  }

  public plan(): Plan {
    const { environment } = this.request;
    this.request.workloads.forEach(workload => this.rollBack(workload));
    const platform = this.request.platform ? this.rollBackPlatform() : undefined;
    const isIdle = this.moves.length === 0 && platform === undefined;
    const { approvals } = this.workspace.model.environments.get(environment)!.protection;
    return {
      environment,
      moves: this.moves,
      platform,
      already: this.already,
      notes: [],
      gates: [],
      refusals: this.refusals,
      approvals: isIdle || approvals === undefined ? undefined : { teams: approvals.teams, count: approvals.count ?? 1 },
      state: this.state,
      scope: { environment, ...(platform === undefined ? { workloads: this.moves.map(move => move.workload) } : {}) },
      revision: this.state.platform?.revision,
    };
  }

  private rollBack(workload: string): void {
    const { environment, to } = this.request;
    const record = this.former.workloads[workload];
    if (!this.workspace.model.workloads.get(workload)!.has(environment)) {
      this.refuse(workload, messages.doesNotRunIn(workload, environment), messages.letItRun());
      return;
    }
    if (record === undefined) {
      this.refuse(workload, messages.noRelease(workload, environment), messages.changeProgram());
      return;
    }
    const { history = [], ...current } = record;
    const all: FormerRelease[] = [current, ...history];
    const chosen = to === undefined ? previous(record) : only(to, workload, releasesNamed(all, to), all, labelOf);
    if (chosen === undefined) {
      this.refuse(workload, messages.nothingBefore(workload, environment), messages.nameOne(history.map(each => shortDigest(each.digest))));
    } else if (chosen.digest === current.digest) {
      this.already.push(messages.alreadyThere(workload, current.digest, environment));
    } else {
      this.state = withFormerRelease(this.state, workload, chosen, this.mark());
      this.moves.push({ workload, release: this.state.workloads[workload], former: current });
    }
  }

  private rollBackPlatform(): PlatformMove | undefined {
    const { environment, to } = this.request;
    const { platform } = this.former;
    if (platform === undefined) {
      this.refuse(undefined, messages.notPinned(environment), messages.revertProgram());
      return undefined;
    }
    const { history = [], ...current } = platform;
    const all: FormerPlatform[] = [current, ...history];
    const label = ({ revision }: FormerPlatform) => revision.slice(0, 12);
    const chosen = to === undefined ? previous(platform) : only(to, 'the platform', revisionsNamed(all, to), all, label);
    if (chosen === undefined) {
      this.refuse(undefined, messages.nothingBefore('the platform', environment), messages.nameOne(history.map(label)));
      return undefined;
    }
    if (chosen.revision === current.revision) {
      this.already.push(messages.alreadyThere(undefined, current.revision, environment));
      return undefined;
    }
    this.state = withFormerPlatform(this.state, chosen, this.mark());
    return { revision: chosen.revision, former: current.revision };
  }

  private mark(): { at: string; reason?: string } {
    const { reason } = this.request;
    return { at: instantText(this.now), ...(reason === undefined ? {} : { reason }) };
  }

  private refuse(subject: string | undefined, message: string, remedy: string): void {
    this.refusals.push({ subject, message, remedy });
  }
}

/** The one that is meant. None, or more than one, is misuse. */
function only<T>(name: string, subject: string, found: T[], known: T[], label: (each: T) => string): T {
  if (found.length === 0) {
    throw misuse(messages.noReleaseNamed(name, subject, known.map(label)));
  }
  if (found.length > 1) {
    throw misuse(messages.severalNamed(name, subject, found.map(label)));
  }
  return found[0];
}

function labelOf({ tag, digest }: FormerRelease): string {
  return tag === undefined ? shortDigest(digest) : `${tag} (${shortDigest(digest)})`;
}

function shortDigest(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}

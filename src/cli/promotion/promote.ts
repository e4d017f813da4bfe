import type { FormerRelease, Release, ReleaseState } from '../../environments/release-state';
import { Image } from '../../images/image';
import { failure, misuse } from '../failure';
import { Gate, gatesOf, instantText, Subject } from './gates';
import * as messages from './messages';
import type { EnvironmentModel } from './model';
import { Move, Plan, PlatformMove, Refusal } from './plan';
import type { States } from './state-files';
import { withPlatform, withRelease } from './transition';
import type { Workspace } from './workspace';
import { FairwayError } from '../../core/diagnostics/fairway-error';

/** What is asked for. */
export interface PromoteRequest {
  readonly workloads: string[];
  readonly all?: boolean;
  readonly platform?: boolean;
  readonly from?: string;
  readonly to: string;
  readonly image?: string;
  readonly commit?: string;
  readonly sourceRepository?: string;
  readonly passed?: string[];
}

/** Throws for options that do not go together, before the program runs. */
export function checkPromoteRequest(request: PromoteRequest): void {
  const { workloads, all, platform, image, commit, sourceRepository, from, passed = [] } = request;
  const kinds = [...workloads.length > 0 ? ['names of workloads'] : [], ...all ? ['--all'] : [], ...platform ? ['--platform'] : []];
  if (kinds.length === 0) {
    throw misuse(messages.nothingToPromote());
  }
  if (kinds.length > 1) {
    throw misuse(messages.doNotGoTogether(kinds));
  }
  const repeated = workloads.find((workload, i) => workloads.indexOf(workload) !== i);
  if (repeated !== undefined) {
    throw misuse(messages.repeatedWorkload(repeated));
  }
  if ((image === undefined) !== (commit === undefined) || (sourceRepository !== undefined && image === undefined)) {
    throw misuse(messages.imageNeedsCommit());
  }
  if (image !== undefined && workloads.length !== 1) {
    throw misuse(messages.imageForOne());
  }
  if (image !== undefined && from !== undefined) {
    throw misuse(messages.doNotGoTogether(['--image', '--from']));
  }
  if (commit !== undefined && !/^[a-f0-9]{7,64}$/.test(commit)) {
    throw misuse(messages.noCommit(commit));
  }
  for (const [option, values] of Object.entries({ '--passed': passed, '--source-repository': sourceRepository === undefined ? [] : [sourceRepository] })) {
    if (values.some(value => value.trim() === '')) {
      throw misuse(messages.emptyOption(option));
    }
  }
}

/** The image of a release that enters. Throws for one that is none, or that has no digest. */
export function enteredImage(reference: string): Image & { readonly digest: string } {
  let image: Image;
  try {
    image = Image.parse(reference);
  } catch (e) {
    throw FairwayError.isFairwayError(e) ? misuse(messages.imageRefused(reference, e.findings.map(f => `${f.message} ${f.remedy}`).join(' '))) : e;
  }
  if (image.digest === undefined) {
    throw misuse(messages.imageWithoutDigest(reference));
  }
  return image as Image & { readonly digest: string };
}

/** What is to be done to promote something. Reads, and writes nothing. */
export async function planPromotion(workspace: Workspace, states: States, request: PromoteRequest, now: Date): Promise<Plan> {
  return new Promotion(workspace, states, request, now).plan();
}

class Promotion {
  private readonly target: EnvironmentModel;
  private readonly former: ReleaseState;
  private readonly from?: string;
  private readonly since: string;
  private readonly passed?: string[];
  private readonly moves: Move[] = [];
  private readonly already: string[] = [];
  private readonly notes: string[] = [];
  private readonly refusals: Refusal[] = [];
  private readonly subjects: Subject[] = [];
  private state: ReleaseState;

  public constructor(
    private readonly workspace: Workspace,
    private readonly states: States,
    private readonly request: PromoteRequest,
    private readonly now: Date,
  ) {
    this.target = workspace.model.environments.get(request.to)!;
    this.former = states.get(request.to)!;
    this.state = this.former;
    this.since = instantText(now);
    this.passed = request.passed && request.passed.length > 0 ? [...new Set(request.passed)].sort() : undefined;
    this.from = request.image === undefined ? this.sourceOf(request) : undefined;
  }

  public async plan(): Promise<Plan> {
    const { request, from } = this;
    let platform: PlatformMove | undefined;
    if (request.image !== undefined) {
      await this.enter(request.workloads[0], enteredImage(request.image));
    } else if (this.isOnTheRoad(from!)) {
      platform = request.all || request.platform ? this.movePlatform(from!) : undefined;
      for (const workload of request.all ? this.common(from!) : request.workloads) {
        await this.move(workload, from!);
      }
    }
    const { approvals } = this.target.protection;
    const isIdle = this.moves.length === 0 && platform === undefined;
    return {
      environment: request.to,
      from,
      moves: this.moves,
      platform,
      already: this.already,
      notes: this.notes,
      gates: isIdle ? [] : this.gates(),
      refusals: this.refusals,
      approvals: isIdle || approvals === undefined ? undefined : { teams: approvals.teams, count: approvals.count ?? 1 },
      state: this.state,
      scope: { environment: request.to, ...(platform === undefined ? { workloads: this.moves.map(move => move.workload) } : {}) },
      revision: this.state.platform?.revision,
    };
  }

  private gates(): Gate[] {
    const { target, former: state, subjects, now, request: { passed = [] } } = this;
    return gatesOf({ target, state, subjects, passed, now });
  }

  private sourceOf({ from, to }: PromoteRequest): string {
    const { promotedFrom } = this.target;
    if (from !== undefined) {
      if (!this.workspace.model.environments.has(from)) {
        throw misuse(messages.noSuchEnvironment(from, [...this.workspace.model.environments.keys()].sort()));
      }
      return from;
    }
    if (promotedFrom.length === 0) {
      throw misuse(messages.noSource(to));
    }
    if (promotedFrom.length > 1) {
      throw misuse(messages.severalSources(to, promotedFrom));
    }
    return promotedFrom[0];
  }

  private isOnTheRoad(from: string): boolean {
    const { name, promotedFrom } = this.target;
    const isOn = promotedFrom.includes(from);
    if (!isOn) {
      this.refuse(undefined, messages.notPromotedFrom(name, from, promotedFrom), messages.followTheRoad(promotedFrom));
    }
    return isOn;
  }

  private common(from: string): string[] {
    const there = this.workspace.model.workloadsIn(from);
    return this.workspace.model.workloadsIn(this.request.to).filter(workload => there.includes(workload));
  }

  /** A release that enters the road. */
  private async enter(workload: string, image: Image & { readonly digest: string }): Promise<void> {
    const { promotedFrom, name } = this.target;
    if (promotedFrom.length > 0) {
      this.refuse(undefined, messages.notTheRoadsBegin(name, promotedFrom), messages.promoteFrom(promotedFrom[0]));
      return;
    }
    const declared = this.workspace.model.workloads.get(workload)!.get(name);
    if (declared === undefined) {
      this.refuse(workload, messages.doesNotRunIn(workload, name), messages.letItRun());
      return;
    }
    if (declared.image !== image.repository) {
      this.refuse(workload, messages.otherRepository(image.repository, declared.image), messages.otherRepositoryRemedy());
      return;
    }
    const { commit, sourceRepository } = this.request;
    await this.take(workload, {
      image: declared.image,
      digest: image.digest,
      ...(image.tag === undefined ? {} : { tag: image.tag }),
      source: { commit: commit!, ...(sourceRepository === undefined ? {} : { repository: sourceRepository }) },
    });
  }

  /** What runs in the source, to the target. */
  private async move(workload: string, from: string): Promise<void> {
    const images = this.workspace.model.workloads.get(workload)!;
    const absent = [from, this.request.to].filter(environment => !images.has(environment));
    if (absent.length > 0) {
      absent.forEach(environment => this.refuse(workload, messages.doesNotRunIn(workload, environment), messages.letItRun()));
      return;
    }
    const running = await this.running(workload, from);
    const { digest } = running;
    if (digest === undefined) {
      const entersThere = this.workspace.model.environments.get(from)!.promotedFrom.length === 0;
      this.refuse(workload, messages.noDigest(workload, from, running.tag), messages.giveDigest(from, entersThere));
      return;
    }
    const { tag, source } = running;
    await this.take(workload, {
      image: images.get(this.request.to)!.image,
      digest,
      ...(tag === undefined ? {} : { tag }),
      ...(source === undefined ? {} : { source }),
    });
  }

  private async take(workload: string, release: Pick<Release, 'image' | 'digest' | 'tag' | 'source'>): Promise<void> {
    const { digest } = release;
    const record = this.former.workloads[workload];
    if (record?.digest === digest && record.image === release.image) {
      this.already.push(messages.alreadyThere(workload, digest, this.request.to));
      return;
    }
    const left = record?.history?.find(each => each.digest === digest)?.rolledBack;
    if (left !== undefined) {
      this.notes.push(messages.wasRolledBack(workload, digest, this.request.to, left.at, left.reason));
    }
    const declared = record === undefined ? await this.running(workload, this.request.to) : undefined;
    const former = declared?.digest === undefined ? undefined
      : { image: declared.image, digest: declared.digest, ...(declared.tag === undefined ? {} : { tag: declared.tag }) };
    const full: Release = {
      ...release,
      since: this.since,
      ...(this.from === undefined ? {} : { from: this.from }),
      ...(this.passed === undefined ? {} : { passed: this.passed }),
    };
    this.moves.push({ workload, release: full, former: record ?? former });
    this.state = withRelease(this.state, workload, full, former);
    const sources = this.target.promotedFrom.filter(environment => this.workspace.model.workloads.get(workload)!.has(environment));
    this.subjects.push({
      name: workload,
      version: digest,
      sources: await Promise.all(sources.map(async environment => {
        const there = await this.running(workload, environment);
        return { environment, version: there.digest, since: there.since };
      })),
    });
  }

  /** What a workload runs in an environment: what its release state says, else what the program says that renders it. */
  private async running(workload: string, environment: string): Promise<Omit<FormerRelease, 'digest'> & { readonly digest?: string }> {
    const state = this.states.get(environment)!;
    const record = state.workloads[workload];
    if (record !== undefined) {
      return record;
    }
    const model = await this.workspace.modelOf(state);
    return model?.workloads.get(workload)?.get(environment) ?? { image: '' };
  }

  private movePlatform(from: string): PlatformMove | undefined {
    const { workspace } = this;
    const { git } = workspace;
    const source = this.states.get(from)!.platform;
    const revision = source?.revision ?? git.head();
    if (revision === undefined) {
      throw failure(messages.noHead());
    }
    if (!git.has(revision)) {
      throw failure(messages.noSuchCommit(revision));
    }
    const current = this.former.platform?.revision;
    if (current !== undefined && this.isSameProgram(current, revision)) {
      this.already.push(messages.alreadyThere(undefined, current, this.request.to));
      return undefined;
    }
    if (source === undefined) {
      const dirty = workspace.changesSince(revision);
      if (dirty.length > 0) {
        this.refuse(undefined, messages.dirtyProgram(dirty), messages.commitFirst());
      }
    }
    this.state = withPlatform(this.state, { revision, since: this.since, from });
    this.subjects.push({
      name: 'platform',
      version: revision,
      sources: this.target.promotedFrom.map(environment => {
        const there = this.states.get(environment)!.platform;
        const other = there?.revision ?? git.head()!;
        // What follows every synth cannot have run a commit before that was made.
        return { environment, version: this.isSameProgram(other, revision) ? revision : other, since: there?.since ?? git.timeOf(other) };
      }),
    });
    return { revision, former: current };
  }

  private isSameProgram(a: string, b: string): boolean {
    return a === b || (this.workspace.git.has(a) && this.workspace.changesSince(a, b).length === 0);
  }

  private refuse(subject: string | undefined, message: string, remedy: string): void {
    this.refusals.push({ subject, message, remedy });
  }
}

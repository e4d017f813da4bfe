import { freeName } from '../../../core/free-name';
import type { ContextName, EventName, InputNode, TriggerNode } from '../../graph';

const NAMES: Readonly<Record<EventName, string>> = {
  push: 'push',
  tag: 'push',
  pullRequest: 'pull_request',
  mergeQueue: 'merge_group',
  schedule: 'schedule',
  manual: 'workflow_dispatch',
  call: 'workflow_call',
  release: 'release',
};

const RUN_URL = 'format(\'{0}/{1}/actions/runs/{2}\', github.server_url, github.repository, github.run_id)';

/** What is known of the events that start one workflow. */
export class Events {
  private readonly kinds: Set<EventName>;
  private asked = false;

  /** @param isCalled whether a workflow of the same pipeline starts it, with inputs, for the events of that */
  public constructor(triggers: readonly TriggerNode[], private readonly inputs: readonly InputNode[], private readonly isCalled = false) {
    this.kinds = new Set(triggers.map(trigger => trigger.kind));
  }

  public has(event: EventName): boolean {
    return this.kinds.has(event);
  }

  /** Whether something starts it that gives no inputs. */
  public get startsWithoutInputs(): boolean {
    return !this.isCalled && [...this.kinds].some(kind => kind !== 'manual' && kind !== 'call');
  }

  /**
   * The input that tells a call from the event of the caller, which is what `github.event_name` says in a called workflow. Undefined when nobody asked.
   */
  public get callInput(): string | undefined {
    return this.asked ? this.callName : undefined;
  }

  private get callName(): string {
    return freeName('called', new Set(this.inputs.map(input => input.name)), '_');
  }

  /** Whether the run was started by an event: an expression, or what is certain. */
  public is(event: EventName): string | boolean {
    if (!this.kinds.has(event)) {
      return false;
    }
    if (this.kinds.size === 1) {
      return true;
    }
    if (!this.kinds.has('call')) {
      return this.named(event);
    }
    this.asked = true;
    return event === 'call' ? `inputs.${this.callName}` : `!inputs.${this.callName} && ${this.named(event)}`;
  }

  /** Whether the run is about a pull request, whoever calls the workflow. */
  public get isPullRequest(): string | boolean {
    return this.kinds.has('call') ? 'github.event_name == \'pull_request\'' : this.is('pullRequest');
  }

  /** A context as an expression; an empty string where there is none. */
  public context(name: ContextName): string {
    switch (name) {
      case 'repository': return 'github.repository';
      case 'sha': return 'github.sha';
      case 'baseSha': return this.baseSha();
      case 'ref': return 'github.ref';
      // The ref of a pull request is no branch of anybody (`refs/pull/1/merge`).
      case 'branch': return this.mayBe('pullRequest')
        ? 'github.event_name != \'pull_request\' && github.ref_type == \'branch\' && github.ref_name || \'\''
        : this.mayBe('tag') || this.mayBe('release') || this.mayBe('manual') ? 'github.ref_type == \'branch\' && github.ref_name || \'\'' : 'github.ref_name';
      case 'tag': return 'github.ref_type == \'tag\' && github.ref_name || \'\'';
      case 'defaultBranch': return 'github.event.repository.default_branch';
      case 'event': return this.eventName();
      case 'changeNumber': return 'github.event.pull_request.number';
      case 'changeTitle': return 'github.event.pull_request.title';
      case 'sourceBranch': return 'github.head_ref';
      case 'targetBranch': return 'github.base_ref';
      case 'actor': return 'github.actor';
      case 'runId': return 'github.run_id';
      case 'runNumber': return 'github.run_number';
      case 'runUrl': return RUN_URL;
    }
  }

  private named(event: EventName): string {
    const named = `github.event_name == '${NAMES[event]}'`;
    const other = event === 'push' ? 'tag' : event === 'tag' ? 'push' : undefined;
    return other !== undefined && this.kinds.has(other) ? `${named} && github.ref_type == '${event === 'push' ? 'branch' : 'tag'}'` : named;
  }

  private mayBe(event: EventName): boolean {
    return this.kinds.has(event) || this.kinds.has('call');
  }

  /** What was pushed onto is 40 zeros for a new ref, which `created` tells. */
  private baseSha(): string {
    const known = [
      ...this.mayBe('pullRequest') ? ['github.event.pull_request.base.sha'] : [],
      ...this.mayBe('mergeQueue') ? ['github.event.merge_group.base_sha'] : [],
      ...this.mayBe('push') || this.mayBe('tag') ? ['!github.event.created && github.event.before'] : [],
    ];
    return known.length === 0 ? '\'\'' : [...known, '\'\''].join(' || ');
  }

  private eventName(): string {
    const kinds = [...this.kinds];
    const last = kinds.pop();
    return [...kinds.map(kind => `${this.is(kind)} && '${kind}'`), `'${last}'`].join(' || ');
  }
}

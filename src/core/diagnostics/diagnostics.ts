import { IConstruct } from 'constructs';
import { FairwayError } from './fairway-error';
import { Finding, Severity } from './finding';
import { show } from './problem';
import * as messages from '../messages';

/** Looks at what is described and says what is wrong with it. Runs once, before anything is written. */
export interface ICheck {
  /** The findings, none when all is well. */
  check(): Finding[];
}

interface Acknowledgement {
  readonly code: string;
  readonly reason: string;
}

interface Attached {
  readonly acknowledgements: Acknowledgement[];
  /** Codes that are not said of this construct, because its model says the same. */
  readonly superseded: Set<string>;
  readonly checks: ICheck[];
}

const ATTACHED = Symbol.for('cdk8s-fairway.Diagnostics');

/** The checks and acknowledgements of a construct and of everything below it. */
export class Diagnostics {
  /** The diagnostics of a construct. */
  public static of(scope: IConstruct): Diagnostics {
    return new Diagnostics(scope);
  }

  /**
   * The findings that an error of this library carries: one from a constructor, all from a synth.
   *
   * @param error what was caught
   * @returns nothing for any other error
   */
  public static findingsOf(error: any): Finding[] {
    return FairwayError.isFairwayError(error) ? [...error.findings] : [];
  }

  /**
   * Everything that is found in the tree below `root`: the checks of this library and of the user,
   * and the validations that any construct carries. Warnings that are acknowledged say so.
   *
   * @param found what is known of the tree already, to be acknowledged in the same way
   * @param isAsked which constructs are asked; all of them without it
   * @internal
   */
  public static _collect(root: IConstruct, found: Finding[] = [], isAsked?: (construct: IConstruct) => boolean): Finding[] {
    const findings: Finding[] = [...found];
    const acknowledged: Array<Acknowledgement & { scope: IConstruct; used: boolean }> = [];
    for (const construct of root.node.findAll()) {
      const attached = attachedTo(construct);
      attached?.acknowledgements.forEach(a => acknowledged.push({ ...a, scope: construct, used: false }));
      if (isAsked?.(construct) === false) {
        continue;
      }
      attached?.checks.forEach(check => findings.push(...runCheck(construct, check).filter(finding => !attached.superseded.has(finding.code))));
      findings.push(...guarded(construct, () => construct.node.validate().map(message => messages.validationFailed.at(construct, { message }))));
    }
    const settled = findings.map(finding => {
      const matching = finding.severity === Severity.WARNING
        ? acknowledged.filter(a => a.code === finding.code && isWithin(finding.path, a.scope.node.path))
        : [];
      matching.forEach(a => a.used = true);
      const innermost = matching.at(-1); // the tree is walked from the outside in
      return innermost ? { ...finding, acknowledged: innermost.reason } : finding;
    });
    const idle = isAsked ? [] : acknowledged.filter(a => !a.used).map(a => messages.idleAcknowledgement.at(a.scope, { code: a.code }));
    return [...settled, ...idle];
  }

  /**
   * Says that the checks below `root` are collected, so that no validation repeats them.
   *
   * @internal
   */
  public static _collectsBelow(root: IConstruct): void {
    Object.defineProperty(root, COLLECTED, { value: true });
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts the warnings of a code at this construct and below. An acknowledgement that matches
   * nothing is itself a warning (FW102); errors cannot be acknowledged.
   *
   * @param code the code of the warning, for example `FW302`
   * @param reason why it is right here; shown with every report. Must not be empty
   */
  public acknowledge(code: string, reason: string): void {
    if (!/^[A-Z]{2,}[A-Z0-9-]*\d+$/.test(code) || reason.trim() === '') {
      throw messages.emptyAcknowledgement.error(this.scope, { code, reason });
    }
    attach(this.scope).acknowledgements.push({ code, reason: reason.trim() });
  }

  /**
   * Leaves a warning about an object to the model that the object was made from, which says the same
   * in the words of its user.
   *
   * @internal
   */
  public _leaveToModel(code: string): void {
    attach(this.scope).superseded.add(code);
  }

  /**
   * Adds a check that runs over the finished tree.
   *
   * @param check the check; when it throws, that is a finding too
   */
  public addCheck(check: ICheck): void {
    const scope = this.scope;
    attach(scope).checks.push(check);
    // In a plain cdk8s app nobody collects checks: there the construct's own validation runs them.
    if (!isCollected(scope)) {
      scope.node.addValidation({
        validate: () => isCollected(scope) ? [] : runCheck(scope, check)
          .filter(f => f.severity === Severity.ERROR)
          .map(f => `${f.code}: ${f.message} ${f.remedy}`),
      });
    }
  }
}

const COLLECTED = Symbol.for('cdk8s-fairway.DiagnosticsCollected');

function isCollected(scope: IConstruct): boolean {
  return COLLECTED in scope.node.root;
}

function attachedTo(scope: IConstruct): Attached | undefined {
  return (scope as unknown as Record<symbol, Attached>)[ATTACHED];
}

function attach(scope: IConstruct): Attached {
  const existing = attachedTo(scope);
  if (existing) {
    return existing;
  }
  const attached: Attached = { acknowledgements: [], superseded: new Set(), checks: [] };
  Object.defineProperty(scope, ATTACHED, { value: attached });
  return attached;
}

function runCheck(scope: IConstruct, check: ICheck): Finding[] {
  return guarded(scope, () => check.check());
}

function guarded(scope: IConstruct, find: () => Finding[]): Finding[] {
  try {
    return [...find()];
  } catch (e) {
    if (FairwayError.isFairwayError(e)) {
      return e.findings;
    }
    // A check that fails must not pass for one that found nothing.
    return [messages.checkFailed.at(scope, { error: e instanceof Error ? e.message : show(e) })];
  }
}

function isWithin(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

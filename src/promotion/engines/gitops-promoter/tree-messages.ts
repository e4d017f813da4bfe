import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW950 to FW956: GitOps Promoter, several objects together. Sources name files of argoproj-labs/gitops-promoter 0.36.
 */

export const unknownGate = problem<{ field: string; key: string; known: string[] }>({
  code: 'FW950',
  severity: Severity.ERROR,
  title: 'A commit status that nothing reports',
  explanation: 'Without a CommitStatus of this key for the commit, the phase is pending (internal/controller/changetransferpolicy_controller.go): the promotion waits for ever. '
    + 'Checked where the tree has gates of the strategy.',
}, a => ({
  message: `The ${a.field} of the PromotionStrategy waits for ${show(a.key)}, which no gate in the tree reports.${didYouMean(a.key, a.known)}`,
  remedy: 'Declare a gate with this key, or say isExternal: true when something else reports it.',
}));

export const idleGate = problem<{ kind: string; key: string; strategy: string }>({
  code: 'FW951',
  severity: Severity.WARNING,
  title: 'A gate that nobody waits for',
  explanation: 'A gate counts only where the PromotionStrategy lists its key among the active or the proposed commit statuses.',
}, a => ({ message: `The ${a.kind} reports ${show(a.key)}, for which the PromotionStrategy ${show(a.strategy)} does not wait.`, remedy: 'List the key in the strategy, or remove the gate.' }));

export const wrongSide = problem<{ kind: string; key: string; side: string; listed: string }>({
  code: 'FW952',
  severity: Severity.ERROR,
  title: 'A gate on the other side of the promotion',
  explanation: 'ArgoCDCommitStatus and TimedCommitStatus report on the commit that runs, ScheduledCommitStatus and GitCommitStatus on the one that is proposed, WebRequestCommitStatus as its reportOn says '
    + '(internal/controller, internal/utils/environments.go). For the other commit there is never a status, and the promotion waits for ever.',
}, a => ({
  message: `The ${a.kind} reports ${show(a.key)} on the ${a.side} commit, and the PromotionStrategy waits for it among the ${a.listed} commit statuses only.`,
  remedy: `List the key in ${a.side}CommitStatuses.`,
}));

export const unknownBranch = problem<{ kind: string; field: string; branch: string; known: string[] }>({
  code: 'FW953',
  severity: Severity.ERROR,
  title: 'A gate for a branch that the strategy does not have',
  explanation: 'The controllers of the gates pass over a branch that is no environment of the strategy, and report nothing for it.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} is ${show(a.branch)}, which is no environment of the strategy.${didYouMean(a.branch, a.known)}`,
  remedy: `Its environments are ${list(a.known)}.`,
}));

export const sameGate = problem<{ kind: string; key: string; other: string }>({
  code: 'FW954',
  severity: Severity.ERROR,
  title: 'Two gates with one key',
  explanation: 'Two CommitStatuses of one key for one commit are an error (internal/controller/changetransferpolicy_controller.go, TooManyMatchingShaError).',
}, a => ({ message: `The ${a.kind} reports ${show(a.key)}, and so does ${show(a.other)}.`, remedy: 'Give each its own key, and list both in the strategy.' }));

export const missingObject = problem<{ kind: string; field: string; what: string; name: string }>({
  code: 'FW955',
  severity: Severity.WARNING,
  title: 'An object of GitOps Promoter that is not in the tree',
  explanation: 'Objects name one another in their own namespace. One that is missing stops everything behind it.',
}, a => ({ message: `The ${a.field} of the ${a.kind} names the ${a.what} ${show(a.name)}, which is not declared beside it.`, remedy: 'Declare it in the same namespace, or acknowledge that it is applied from elsewhere.' }));

export const uncoveredBranch = problem<{ kind: string; key: string; branch: string }>({
  code: 'FW956',
  severity: Severity.ERROR,
  title: 'An environment that waits for a gate that leaves it out',
  explanation: 'A TimedCommitStatus reports only for the branches that it lists (internal/controller/timedcommitstatus_controller.go). Where the strategy waits for its key in another environment, the promotion after it waits for ever.',
}, a => ({ message: `The strategy waits for ${show(a.key)} in ${show(a.branch)}, which the ${a.kind} leaves out.`, remedy: 'List the branch in the gate, or the key in the environments that have it.' }));

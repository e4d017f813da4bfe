import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW900 to FW919: the engines of promotion.
 */

export const invalidOption = problem<{ engine: string; option: string; value: unknown; fault: string }>({
  code: 'FW900',
  severity: Severity.ERROR,
  title: 'An option of a promotion engine that cannot be',
  explanation: 'The options of an engine are checked when it is made: one that is misspelt would do nothing, and a gate might stand open.',
}, a => ({ message: `The option ${show(a.option)} of ${a.engine} is ${show(a.value)}, which ${a.fault}.`, remedy: 'See the options of PromotionEngine in API.md.' }));

export const unheldGate = problem<{ engine: string; environment: string; part: string; gate: string; how: string }>({
  code: 'FW901',
  severity: Severity.ERROR,
  title: 'A gate that nobody holds',
  explanation: 'Each gate of an environment must be held by somebody. What the engine does not hold would let every release through, though the program says otherwise.',
}, a => ({
  message: `${a.engine} does not hold a gate of ${show(a.environment)}, ${a.part}: ${a.how}.`,
  remedy: `Choose another engine, take the gate out, or say who holds it: heldElsewhere: { ${a.gate}: 'a required check of the pull request' }.`,
}));

export const gap = problem<{ engine: string; part: string; how: string }>({
  code: 'FW902',
  severity: Severity.WARNING,
  title: 'What an engine of promotion does not do as it is described',
  explanation: 'Engines differ in what they move, and how. Where that makes no release less safe, it is a warning.',
}, a => ({ message: `${a.engine} does not do all of ${show(a.part)}: ${a.how}.`, remedy: 'Choose another engine, or acknowledge FW902 with why it is right here.' }));

export const idleGate = problem<{ environment: string; gate: string }>({
  code: 'FW903',
  severity: Severity.WARNING,
  title: 'A gate that looks back where nothing is before',
  explanation: 'Soak time, health and analysis are asked of the environments that a release comes from. Where releases enter the road there are none, and the gate is always open.',
}, a => ({ message: `The gate ${show(a.gate)} of ${show(a.environment)} has nothing to look at: releases enter there.`, remedy: 'Give the environment a promotedFrom, or move the gate to the next one.' }));

export const idleHolder = problem<{ engine: string; gate: string; fault: string }>({
  code: 'FW904',
  severity: Severity.WARNING,
  title: 'A holder of a gate that needs none',
  explanation: '`heldElsewhere` says who holds a gate that the engine does not hold. One that no environment has, or that the engine holds, is forgotten there, and hides a gap that comes later.',
}, a => ({ message: `heldElsewhere of ${a.engine} names ${show(a.gate)}, ${a.fault}.`, remedy: 'Remove the entry.' }));

export const approvalsBeyondFile = problem<{ environment: string; what: string; remedy: string }>({
  code: 'FW905',
  severity: Severity.WARNING,
  title: 'Approvals that CODEOWNERS cannot demand',
  explanation: 'CODEOWNERS says who is asked. On GitHub one owner is enough whatever the number, and on Gitea owners are asked and not waited for: '
    + 'the number is a setting of the branch (docs.github.com, About code owners; docs.gitea.com, Code Owners).',
}, a => ({ message: `CODEOWNERS cannot demand the approvals of ${show(a.environment)}: ${a.what}.`, remedy: a.remedy }));

export const noBranch = problem<{ environments: string[] }>({
  code: 'FW906',
  severity: Severity.ERROR,
  title: 'An environment without a branch, for GitOps Promoter',
  explanation: 'GitOps Promoter moves a release by merging the branch of an environment (docs/architecture.md). On one branch with a folder for each environment there is nothing to merge.',
}, a => ({ message: `GitOps Promoter needs a branch for each environment; ${list(a.environments)} ${a.environments.length === 1 ? 'has' : 'have'} none.`, remedy: 'Write branch: \'environment/prod\' for each environment, or choose another PromotionEngine.' }));

export const noChain = problem<{ fault: string }>({
  code: 'FW907',
  severity: Severity.ERROR,
  title: 'A road with forks, for GitOps Promoter',
  explanation: 'The environments of a PromotionStrategy are a line: each is promoted from the one before it, and there is no other order (docs/roadmap.md).',
}, a => ({ message: `GitOps Promoter moves releases along one line: ${a.fault}.`, remedy: 'Make the environments of a fork regions of one environment, or choose PromotionEngine.kargo().' }));

export const noReleaseState = problem<{ environment: string; file: string }>({
  code: 'FW908',
  severity: Severity.WARNING,
  title: 'A release state that Kargo does not find',
  explanation: 'A promotion of Kargo reads the release state of the environment, and writes it with the new release in it. Where there is no file, the promotion fails at its first step.',
}, a => ({
  message: `There is no ${show(a.file)}: promotions of Kargo into ${show(a.environment)} fail.`,
  remedy: `Commit it once: {"version": 1, "environment": "${a.environment}", "workloads": {}}, or let fairway promote make it.`,
}));

export const differentImages = problem<{ engine: string; workload: string; environment: string; image: string; expected: string }>({
  code: 'FW909',
  severity: Severity.ERROR,
  title: 'A workload whose image changes on the road',
  explanation: 'What is promoted is the digest of one image. Where a later environment has another repository, that digest may not be there, and nothing has tested what is.',
}, a => ({ message: `${show(a.workload)} is ${show(a.image)} in ${show(a.environment)}, and ${show(a.expected)} where its releases enter: ${a.engine} moves one image.`, remedy: 'Use one repository in all environments, with a pull-through mirror where registries differ.' }));

export const missingLines = problem<{ file: string; environment: string; lines: string[] }>({
  code: 'FW910',
  severity: Severity.WARNING,
  title: 'A workload that the automation has no line for',
  explanation: 'An ImageUpdateAutomation changes lines that carry a mark, and never adds one (fluxcd.io/flux/guides/image-update). A workload without a line stays at its image.',
}, a => ({
  message: `Flux moves nothing in ${show(a.environment)} that has no marked line in ${show(a.file)}.`,
  remedy: `Write ${a.lines.slice(0, 4).join(', below it ')}${a.lines.length > 4 ? `, and ${a.lines.length - 4} more,` : ''} into ${a.file}.`,
}));

export const noRepository = problem<{ engine: string }>({
  code: 'FW911',
  severity: Severity.ERROR,
  title: 'A promotion engine without a repository',
  explanation: 'What moves releases changes the repository that holds them. Which one that is belongs to the platform.',
}, a => ({ message: `${a.engine} has no repository to change that it can reach by https or ssh.`, remedy: 'Give new Platform({ repository: \'https://github.com/acme/platform\', … }).' }));

export const nothingToPromote = problem<{ engine: string; fault: string }>({
  code: 'FW912',
  severity: Severity.WARNING,
  title: 'A promotion engine with nothing to do',
  explanation: 'A release moves from one environment to the next. Without environments, or without workloads in them, there is nothing that moves.',
}, a => ({ message: `${a.engine} has nothing to promote: ${a.fault}.`, remedy: 'Declare environments and workloads, or remove the engine.' }));

export const otherTruth = problem<{ engine: string; environment: string; what: string; fault: string }>({
  code: 'FW913',
  severity: Severity.WARNING,
  title: 'A release state that the engine works against',
  explanation: 'Who moves releases must move what decides. A release state that names something else than the engine moves makes the environment run what nothing has tested there.',
}, a => ({ message: `The release state of ${show(a.environment)} ${a.what}: ${a.fault}.`, remedy: 'Take it out of the release state, or choose an engine that moves release states: PromotionEngine.pullRequests().' }));

export const takenNamespace = problem<{ project: string; environment: string }>({
  code: 'FW914',
  severity: Severity.ERROR,
  title: 'A project of Kargo in the namespace of workloads',
  explanation: 'Kargo makes the namespace of a Project, and refuses one that somebody else has made. The namespaces of workloads deny all traffic that is not declared.',
}, a => ({ message: `The project ${show(a.project)} of Kargo would be the namespace of workloads in ${show(a.environment)}.`, remedy: 'Give the project another name: PromotionEngine.kargo({ project: \'shop-promotion\' }).' }));

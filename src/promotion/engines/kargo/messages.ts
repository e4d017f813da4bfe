import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW920 to FW932: Kargo, one object on its own. Sources name files of akuity/kargo 1.11.
 */

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW920',
  severity: Severity.ERROR,
  title: 'A field that Kargo needs is missing',
  explanation: 'The custom resource definitions of Kargo (charts/kargo/resources/crds) or the schema of the step '
    + '(pkg/promotion/runner/builtin/schemas) demand the field.',
}, a => ({ message: `The ${a.kind} has no ${a.field}.`, remedy: `Give a ${a.field} that is not empty.` }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW921',
  severity: Severity.ERROR,
  title: 'A field of a Kargo object that is refused',
  explanation: 'The custom resource definitions, the webhooks (pkg/webhook/kubernetes, pkg/subscription) and the schemas of the steps '
    + '(pkg/promotion/runner/builtin/schemas) give every field a type, and some of them a form. A step of a wrong form is found out only while Freight is promoted.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the field says.' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW922',
  severity: Severity.ERROR,
  title: 'A field that Kargo does not have, or ignores',
  explanation: 'The API server drops fields that are not in the custom resource definition, without a word; a step refuses them while Freight is promoted. '
    + '`autoRollback`, `promotionWindows` and `targets` are read by Kargo Enterprise only. `allowTags` and `ignoreTags` make every discovery fail since 1.11 '
    + '(pkg/image/tag_based_selector.go).',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what this library does not offer is set with addJsonPatch or PromotionStep.custom.',
}));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW923',
  severity: Severity.ERROR,
  title: 'A duration that Kargo refuses',
  explanation: 'Durations of Warehouses and Stages are of hours, minutes and seconds (`^([0-9]+(\\.[0-9]+)?(s|m|h))+$` in the custom resource definitions); '
    + 'those of steps and retries are what Go reads.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no duration that Kargo reads: ${show(a.value)}.`, remedy: 'Write for example 90s, 5m or 1h30m.' }));

export const invalidSelection = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW924',
  severity: Severity.ERROR,
  title: 'A selection of artifacts that finds nothing',
  explanation: 'Constraints are read by Masterminds/semver (pkg/validation/validation.go), patterns by the regular expressions of Go, which know neither look-around nor '
    + 'back-references (pkg/image/tag_based_selector.go). `Digest` follows one mutable tag, which the constraint names (pkg/subscription/image.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write a constraint such as ^1.2.0, a pattern such as ^v1\\., or with Digest the name of a tag.' }));

export const invalidExpression = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW925',
  severity: Severity.ERROR,
  title: 'An expression that Kargo cannot read',
  explanation: 'Expressions stand between `${{` and the next `}}`, or between `${%` and the next `%}` (pkg/expressions/json_templates.go). '
    + 'They are compiled only when the step runs. The `if` of a step must come to true or false (pkg/promotion/evaluator.go, ShouldSkip): a text without an expression does not.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write ${{ expression }}, with as many closing as opening brackets; use ${% %} where }} stands inside.' }));

export const idleField = problem<{ kind: string; field: string; reason: string }>({
  code: 'FW926',
  severity: Severity.WARNING,
  title: 'A field that has no effect here',
  explanation: 'Which fields count depends on another field of the same object: `branch` on the selection by branch, constraints on SemVer, patterns on the selection by tags, '
    + 'the soak time and the availability on other Stages (api/v1alpha1: warehouse_types.go, stage_types.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} has no effect: ${a.reason}.`, remedy: 'Leave it out, or change what it depends on.' }));

export const duplicate = problem<{ kind: string; field: string; value: string }>({
  code: 'FW927',
  severity: Severity.ERROR,
  title: 'Something that may occur once, twice',
  explanation: 'The webhooks refuse a repository, an origin, a step alias, a receiver or a promotion policy that is declared twice '
    + '(pkg/webhook/kubernetes: warehouse, stage, promotion_steps.go, external, projectconfig). Of two variables of one name the later one wins.',
}, a => ({ message: `The ${a.field} of the ${a.kind} has ${show(a.value)} twice.`, remedy: 'Remove one of them, or rename it.' }));

export const exclusiveFields = problem<{ kind: string; field: string; fields: string[]; given: string[] }>({
  code: 'FW928',
  severity: Severity.ERROR,
  title: 'Fields of which one is wanted',
  explanation: 'The schemas of the steps (pkg/promotion/runner/builtin/schemas) and the webhook of receivers (pkg/webhook/kubernetes/external/validation.go) take one of these fields.',
}, a => ({
  message: `The ${a.field === '' ? 'description' : a.field} of the ${a.kind} has ${a.given.length === 0 ? 'none' : list(a.given)} of the fields ${list(a.fields)}.`,
  remedy: a.given.length === 0 ? 'Give one of them.' : 'Keep one of them.',
}));

export const wrongName = problem<{ kind: string; what: string; value: unknown; fault: string }>({
  code: 'FW929',
  severity: Severity.ERROR,
  title: 'A name that Kargo keeps, or prescribes',
  explanation: 'The namespace of a Project has its name, and so has the ProjectConfig in it (pkg/webhook/kubernetes/projectconfig). The only ClusterConfig is named `cluster` (pkg/api/cluster_config.go). '
    + 'Steps without an alias are called `step-0`, `step-1` and so on (pkg/promotion/local_engine.go, ReservedStepAliasRegex), and `::` joins the aliases of a task and its steps.',
}, a => ({ message: `The ${a.what} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Use the name that is prescribed, or one that is free.' }));

export const unknownInExpression = problem<{ kind: string; field: string; reference: string; known: string[] }>({
  code: 'FW930',
  severity: Severity.ERROR,
  title: 'An expression that refers to what is not there',
  explanation: 'The outputs of a step are known by its alias, and to later steps only (pkg/promotion/evaluator.go). What is not there is nil: '
    + 'the promotion fails at the step, or writes `null` into a file.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} refers to ${show(a.reference)}, which nothing before it gives.${didYouMean(a.reference, a.known)}`,
  remedy: a.known.length === 0 ? 'Give an earlier step this alias, or declare the variable.' : `Known here: ${list(a.known)}.`,
}));

export const noSource = problem<{ field: string; origin: unknown }>({
  code: 'FW931',
  severity: Severity.ERROR,
  title: 'Freight that comes from nowhere',
  explanation: 'A Stage takes Freight right from the Warehouse (`direct`), or once it is verified in other Stages. With neither, no Freight is ever available to it.',
}, a => ({ message: `The ${a.field} of the Stage takes the Freight of ${show(a.origin)} from nowhere.`, remedy: 'Give direct: true, or the names of the stages before it.' }));

export const invalidUpstream = problem<{ field: string; fault: string; stages: string[] }>({
  code: 'FW932',
  severity: Severity.ERROR,
  title: 'A selection policy that needs one Stage upstream',
  explanation: '`MatchUpstream` promotes what the one Stage upstream has now; the webhook refuses it with `direct`, and with none or several Stages (pkg/webhook/kubernetes/stage/webhook.go).',
}, a => ({ message: `The ${a.field} of the Stage has the selection policy MatchUpstream ${a.fault}.`, remedy: 'Name exactly one Stage and no direct source, or use NewestFreight.' }));

import { isTemplate, membersRead, parseTemplate, textsIn } from './expressions';
import * as messages from './messages';
import type { PromotionStep, Variable } from './promotion-step';
import { STEP_CONFIGS } from './step-shapes';
import { objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, duration, flag, GO_DURATION, json, listOf, made, plain, struct, text, textOrEmpty, textThat, whole } from '../../../core/shape';

/*
 * What the webhooks refuse of steps, and what the promotion would fail at (pkg/webhook/kubernetes/promotion_steps.go, pkg/promotion).
 */

export const VARIABLES: Check = all(
  listOf(struct({ name: textThat(value => /^[a-zA-Z_]\w*$/.test(value), 'is no name of a variable'), value: textOrEmpty }, ['name'])),
  distinct(messages.duplicate, variable => variable.name),
  (at, value) => textsIn(value, at.field).forEach(({ field, text: each }) => checkTemplate({ ...at, field }, each)),
);

const alias: Check = (at, value) => {
  text(at, value);
  const fault = /^(step|task)-\d+$/.test((value as string).trim()) ? 'is kept for steps without an alias'
    : (value as string).includes('::') ? 'has :: in it' : (value as string) !== (value as string).trim() ? 'has spaces around it' : undefined;
  if (fault !== undefined) {
    throw messages.wrongName.error(at.path, { kind: at.kind, what: at.field, value, fault });
  }
};

/** An `if`: it must come to true or false. */
const condition: Check = (at, value) => {
  text(at, value);
  if (!isTemplate(value) && !['true', 'false'].includes((value as string).trim())) {
    throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault: 'has no expression in ${{ }}, and is neither true nor false' });
  }
};

const OPTIONS = struct({
  as: alias,
  if: condition,
  continueOnError: flag,
  retry: struct({ timeout: duration(GO_DURATION), errorThreshold: whole(1) }),
  vars: VARIABLES,
});

const TASK_OPTIONS = struct({ as: alias, vars: VARIABLES });

/** Steps that stand in a Stage, which may run tasks, or in a task, which may not. */
export function steps(areTasksAllowed: boolean): Check {
  return all(
    listOf((at, value) => checkStep(at, value, areTasksAllowed), 1),
    distinct(messages.duplicate, ({ _options }: PromotionStep) => _options.as),
  );
}

function checkStep(at: At, value: unknown, areTasksAllowed: boolean): void {
  made('PromotionStep', '_options')(at, value);
  const { _uses, _task, _config, _options, _isCustom } = value as PromotionStep;
  if (_task !== undefined) {
    if (!areTasksAllowed) {
      throw messages.invalidField.error(at.path, { kind: at.kind, field: at.field, value: _task.name, fault: 'runs a task, which only a Stage may' });
    }
    objectName({ ...at, field: `${at.field}.task.name` }, _task.name);
    TASK_OPTIONS(at, _options);
    return;
  }
  text({ ...at, field: `${at.field}.uses` }, _uses);
  OPTIONS(at, _options);
  const inConfig = { ...at, field: `${at.field}.config` };
  if (!_isCustom) {
    STEP_CONFIGS[_uses](inConfig, _config ?? {});
  } else if (_config !== undefined) {
    struct(Object.fromEntries(Object.keys(Object(_config)).map(key => [key, () => undefined])))(inConfig, _config);
    json(inConfig, _config);
  }
}

function checkTemplate(at: At, value: string): string[] {
  const { expressions, fault } = parseTemplate(value);
  if (fault !== undefined) {
    throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
  return expressions;
}

/**
 * Throws FW925 and FW930 for expressions in steps that have been checked.
 *
 * @param vars the variables that all steps know; nothing where whoever runs the steps may give more
 */
export function checkExpressions(at: At, list: PromotionStep[], vars: Variable[] | undefined): void {
  const aliases: string[] = [];
  list.forEach((step, i) => {
    const { as, if: on, vars: own = [] } = step._options;
    const known = vars === undefined ? undefined : [...vars, ...own].map(variable => variable.name);
    const { config } = plain(step);
    const texts = [...textsIn(own, `${at.field}[${i}].vars`), ...textsIn(on, `${at.field}[${i}].if`), ...textsIn(config, `${at.field}[${i}].config`)];
    for (const { field, text: each } of texts) {
      for (const expression of checkTemplate({ ...at, field }, each)) {
        const outputs = membersRead(expression, 'outputs').filter(member => !isKnown(member, aliases, i));
        const unknown = outputs[0] !== undefined ? `outputs.${outputs[0]}`
          : known === undefined ? undefined : membersRead(expression, 'vars').filter(member => !known.includes(member)).map(member => `vars.${member}`)[0];
        if (unknown !== undefined) {
          const names = outputs[0] !== undefined ? aliases.map(name => `outputs.${name}`) : (known ?? []).map(name => `vars.${name}`);
          throw messages.unknownInExpression.error(at.path, { kind: at.kind, field, reference: unknown, known: names });
        }
      }
    }
    aliases.push(...(as === undefined ? [] : [as]));
  });
}

/** Steps without an alias are known by their places, the steps of a task by the alias of the task. */
function isKnown(member: string, aliases: string[], index: number): boolean {
  const [own] = member.split('::');
  const place = /^(?:step|task)-(\d+)$/.exec(own);
  return aliases.includes(own) || (place !== null && Number(place[1]) < index);
}

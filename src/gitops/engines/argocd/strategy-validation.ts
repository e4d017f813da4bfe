import { ApplicationSetProps, MatchOperator, StrategyType } from './application-set-props';
import * as own from './messages';
import { at, words } from './shapes';
import { anything, listOf, oneOf, struct, text } from '../../../core/shape';

const STRATEGY = struct({
  type: oneOf(StrategyType),
  rollingSync: struct({
    steps: listOf(struct({
      matchExpressions: listOf(struct({ key: text, operator: oneOf(MatchOperator), values: words }, ['key', 'operator', 'values'])),
      maxUpdate: anything,
    })),
  }, ['steps']),
  deletionOrder: anything,
});

/** Throws FW512, FW517, FW518 and FW535 for a strategy that the controller would not follow. */
export function checkStrategy(path: string, { strategy, template }: ApplicationSetProps): void {
  if (strategy === undefined) {
    return;
  }
  STRATEGY(at(path, 'strategy'), strategy);
  const refuse = (fault: string, value: unknown) => own.invalidStrategy.error(path, { fault, value });
  const { type = StrategyType.ALL_AT_ONCE, rollingSync, deletionOrder } = strategy;
  const steps = rollingSync?.steps ?? [];
  if (type === StrategyType.ROLLING_SYNC && steps.length === 0) {
    throw refuse('is RollingSync without steps', rollingSync);
  }
  if (type !== StrategyType.ROLLING_SYNC && rollingSync !== undefined) {
    throw refuse('has steps, and is not RollingSync', type);
  }
  if (type !== StrategyType.ROLLING_SYNC && deletionOrder === 'Reverse') {
    throw refuse('has an order of deletion without steps', deletionOrder);
  }
  const { automated } = template.syncPolicy ?? {};
  if (type === StrategyType.ROLLING_SYNC && automated !== undefined && automated.enabled !== false) {
    throw refuse('is RollingSync, and the template has automated sync, which is switched off', automated);
  }
  for (const { matchExpressions = [], maxUpdate } of steps) {
    const empty = matchExpressions.find(({ values }) => values.length === 0);
    if (empty) {
      throw refuse('has a condition without values', empty);
    }
    if (maxUpdate !== undefined && !isLimit(maxUpdate)) {
      throw refuse('has a maxUpdate that is neither a whole number from 0 nor a share such as 25%', maxUpdate);
    }
  }
}

/** intstr.GetScaledValueFromIntOrPercent; above 100% it would be no limit at all. */
function isLimit(value: unknown): boolean {
  if (typeof value === 'string') {
    return /^\d{1,3}%$/.test(value) && Number.parseInt(value, 10) <= 100;
  }
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 31;
}

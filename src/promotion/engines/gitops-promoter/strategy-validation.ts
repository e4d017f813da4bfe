import { expression } from './expressions';
import * as messages from './messages';
import type { PromotionStrategyProps } from './promotion-strategy';
import { branch, statusKey } from './scm-validation';
import { metadata, objectName } from '../../../core/object-shape';
import { all, At, distinct, flag, listOf, struct, text } from '../../../core/shape';

const statuses = all(listOf(struct({ key: statusKey, isExternal: flag }, ['key'])), distinct(messages.duplicate, selector => selector.key));
const COMMON = { activeCommitStatuses: statuses, proposedCommitStatuses: statuses, activePath: text };

const SHAPE = struct({
  ...COMMON,
  metadata,
  gitRepositoryRef: objectName,
  environments: all(listOf(struct({ ...COMMON, branch, autoMerge: flag }, ['branch']), 1, 1000), distinct(messages.duplicate, environment => environment.branch)),
  pullRequest: struct({ labelsExpression: expression }, ['labelsExpression']),
}, ['gitRepositoryRef', 'environments']);

/** Throws FW940 to FW942, FW945, FW946 and FW948. */
export function checkStrategy(path: string, props: Partial<PromotionStrategyProps>): void {
  const at: At = { path, kind: 'PromotionStrategy', field: '', messages };
  SHAPE(at, props);
  const branches = props.environments!.map(environment => environment.branch);
  const proposed = branches.map(each => `${each}-next`).find(each => branches.includes(each));
  if (proposed !== undefined) {
    throw messages.duplicate.error(path, { kind: at.kind, field: 'environments', value: proposed });
  }
}

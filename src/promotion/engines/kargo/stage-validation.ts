import * as messages from './messages';
import { AnalysisTemplateKind, AvailabilityStrategy, SelectionPolicy } from './stage-props';
import type { FreightRequest, StageProps } from './stage-props';
import { checkExpressions, steps, VARIABLES } from './steps-validation';
import { DURATION } from './warehouse-validation';
import type { Finding } from '../../../core/diagnostics/finding';
import { metadata, namespaceName, objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, duration, flag, listOf, mapOf, oneOf, struct, text, textOrEmpty } from '../../../core/shape';

/*
 * What the webhook would refuse of a Stage (pkg/webhook/kubernetes/stage), and what would never come to it.
 */

const request: Check = all(
  struct({
    origin: struct({ name: objectName }, ['name']),
    sources: struct({
      direct: flag,
      stages: all(listOf(objectName), distinct(messages.duplicate, stage => stage)),
      requiredSoakTime: duration(DURATION),
      availabilityStrategy: oneOf(AvailabilityStrategy),
      autoPromotionOptions: struct({ selectionPolicy: oneOf(SelectionPolicy) }),
    }),
  }, ['origin', 'sources']),
  (at, value) => checkSources(at, value as FreightRequest),
);

function checkSources(at: At, { origin, sources: { direct, stages = [], autoPromotionOptions } }: FreightRequest): void {
  if (direct !== true && stages.length === 0) {
    throw messages.noSource.error(at.path, { field: at.field, origin: origin.name });
  }
  if (autoPromotionOptions?.selectionPolicy === SelectionPolicy.MATCH_UPSTREAM && (direct === true || stages.length !== 1)) {
    const fault = direct === true ? 'and takes Freight directly' : `and ${stages.length} Stages before it`;
    throw messages.invalidUpstream.error(at.path, { field: at.field, fault, stages });
  }
}

const someText = mapOf(textOrEmpty);

const SHAPE = struct({
  metadata,
  requestedFreight: all(listOf(request, 1), distinct(messages.duplicate, ({ origin }: FreightRequest) => origin.name)),
  promotionTemplate: struct({ steps: steps(true), vars: VARIABLES }, ['steps']),
  verification: struct({
    analysisTemplates: listOf(struct({ name: objectName, kind: oneOf(AnalysisTemplateKind) }, ['name']), 1),
    args: all(listOf(struct({ name: text, value: textOrEmpty }, ['name', 'value'])), distinct(messages.duplicate, argument => argument.name)),
    analysisRunMetadata: struct({ labels: someText, annotations: someText }),
  }, ['analysisTemplates']),
  vars: VARIABLES,
  shard: namespaceName,
}, ['requestedFreight']);

/** Throws FW920 to FW923, FW925 and FW927 to FW932. */
export function checkStage(path: string, props: Partial<StageProps>): void {
  const at: At = { path, kind: 'Stage', field: '', messages };
  SHAPE(at, props);
  const { promotionTemplate, vars = [] } = props;
  if (promotionTemplate !== undefined) {
    checkExpressions({ ...at, field: 'promotionTemplate.steps' }, promotionTemplate.steps, [...vars, ...promotionTemplate.vars ?? []]);
  }
}

/** What has no effect: FW926. */
export function stageWarnings(path: string, { requestedFreight }: StageProps): Finding[] {
  return requestedFreight.flatMap(({ sources }, i) => {
    const reason = (sources.stages ?? []).length === 0 ? 'the Freight comes from no other Stage' : undefined;
    return ['requiredSoakTime', 'availabilityStrategy']
      .filter(field => reason !== undefined && sources[field as keyof typeof sources] !== undefined)
      .map(field => messages.idleField.at(path, { kind: 'Stage', field: `requestedFreight[${i}].sources.${field}`, reason: reason! }));
  });
}

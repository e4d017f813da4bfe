import { AntiAffinityJson, RolloutSpecJson } from './json-types';
import * as messages from './messages';
import { reported, Say } from './report';
import { servicesOf } from './services';
import { argumentRules } from './validation-arguments';
import { canaryRules } from './validation-canary';
import { podRules } from './validation-pods';
import { dig, isEmpty, selectorFault, selects } from './values';
import { RolloutsVersion } from './version';
import { Finding } from '../../../core/diagnostics/finding';

/** What the controller refuses of a Rollout, what would cause an outage, and what is legal and unwise. */
export function rolloutRules(where: string, spec: RolloutSpecJson, version: RolloutsVersion): Finding[] {
  return reported(where, say => {
    specRules(say, spec);
    const { canary, blueGreen } = spec.strategy;
    if ((canary === undefined) === (blueGreen === undefined)) {
      return say(messages.oneStrategy, 'spec.strategy', canary ? 'has both canary and blueGreen' : 'has neither canary nor blueGreen');
    }
    if (canary) {
      canaryRules(say, spec, canary, version);
    } else {
      blueGreenRules(say, spec);
    }
    podRules(say, spec);
    return strategyRules(say, spec);
  });
}

function specRules(say: Say, { template, workloadRef, selector, minReadySeconds = 0, progressDeadlineSeconds = 600 }: RolloutSpecJson): void {
  if ((template === undefined) === (workloadRef === undefined)) {
    say(messages.oneTemplate, 'spec', template ? 'has both template and workloadRef' : 'has neither template nor workloadRef');
  }
  if (selector) {
    const labels = dig(template, 'metadata', 'labels') ?? {};
    const fault = isEmpty(selector) ? 'is empty' : selectorFault(selector);
    if (fault) {
      say(messages.invalidSelector, 'spec.selector', fault, selector);
    } else if (template && !selects(selector, labels)) {
      say(messages.invalidSelector, 'spec.selector', `does not match the labels ${JSON.stringify(labels)} of the template`, selector);
    }
  } else if (template) {
    say(messages.invalidSelector, 'spec.selector', 'is missing');
  }
  if (progressDeadlineSeconds <= minReadySeconds) {
    say(messages.shortDeadline, 'spec.progressDeadlineSeconds', `is not more than minReadySeconds, ${minReadySeconds}`, progressDeadlineSeconds);
  }
  if (workloadRef?.scaleDown !== undefined && workloadRef.scaleDown !== 'never') {
    say(messages.scaleDownOnce, 'spec.workloadRef.scaleDown', 'acts on the first revision alone', workloadRef.scaleDown);
  }
}

function blueGreenRules(say: Say, { strategy }: RolloutSpecJson): void {
  const { activeService, previewService, prePromotionAnalysis, postPromotionAnalysis } = strategy.blueGreen!;
  const path = 'spec.strategy.blueGreen';
  if (activeService === previewService) {
    say(messages.sameBlueGreenServices, `${path}.previewService`, 'is also the activeService', previewService);
  }
  argumentRules(say, `${path}.prePromotionAnalysis`, prePromotionAnalysis?.args);
  argumentRules(say, `${path}.postPromotionAnalysis`, postPromotionAnalysis?.args);
}

/** What canary and blue-green have in common. */
function strategyRules(say: Say, { strategy, revisionHistoryLimit = 10, progressDeadlineAbort, minReadySeconds = 0 }: RolloutSpecJson): void {
  const kind = strategy.canary ? 'canary' : 'blueGreen';
  const path = `spec.strategy.${kind}`;
  const { scaleDownDelayRevisionLimit: waiting = 0, abortScaleDownDelaySeconds, antiAffinity } = strategy[kind]!;
  if (waiting > revisionHistoryLimit) {
    say(messages.revisionLimit, `${path}.scaleDownDelayRevisionLimit`, `is more than revisionHistoryLimit, ${revisionHistoryLimit}`, waiting);
  }
  if (antiAffinity) {
    antiAffinityRules(say, `${path}.antiAffinity`, antiAffinity);
  }
  if (abortScaleDownDelaySeconds === 0) {
    say(messages.keptForEver, `${path}.abortScaleDownDelaySeconds`, 'keeps the pods of an aborted version for ever', 0);
  }
  if (progressDeadlineAbort !== true) {
    say(messages.noAbort, 'spec.progressDeadlineAbort', 'is not true: a rollout that is stuck is not undone');
  }
  if (minReadySeconds < 10 && servicesOf(strategy).length > 0) {
    say(messages.hastyReady, 'spec.minReadySeconds', 'is less than 10', minReadySeconds);
  }
}

function antiAffinityRules(say: Say, path: string, rule: AntiAffinityJson): void {
  const preferred = rule.preferredDuringSchedulingIgnoredDuringExecution;
  const required = rule.requiredDuringSchedulingIgnoredDuringExecution;
  if ((preferred === undefined) === (required === undefined)) {
    say(messages.invalidAntiAffinity, path, preferred ? 'is both required and preferred' : 'is neither required nor preferred');
  }
  if (preferred && (preferred.weight < 1 || preferred.weight > 100)) {
    say(messages.invalidAntiAffinity, `${path}.preferredDuringSchedulingIgnoredDuringExecution.weight`, 'is not from 1 to 100', preferred.weight);
  }
}

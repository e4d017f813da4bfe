import { ExperimentSpecJson } from './json-types';
import * as messages from './messages';
import { reported } from './report';
import { metricNameRules } from './validation-analysis';
import { declarationRules } from './validation-arguments';
import { dig, isEmpty, selectorFault, selects } from './values';
import { Finding } from '../../../core/diagnostics/finding';

/** What the controller refuses of an Experiment (utils/conditions/experiments.go, VerifyExperimentSpec). */
export function experimentRules(where: string, spec: ExperimentSpecJson): Finding[] {
  return reported(where, say => {
    const { templates, analyses = [], progressDeadlineSeconds = 600 } = spec;
    templates.forEach(({ name, selector, template, minReadySeconds = 0 }, i) => {
      const path = `spec.templates[${i}]`;
      if (!name || templates.findIndex(other => other.name === name) < i) {
        say(messages.sameExperimentTemplate, `${path}.name`, name ? 'is given twice' : 'is missing', name);
      }
      const fault = !selector ? 'is missing' : isEmpty(selector) ? 'is empty' : selectorFault(selector);
      const isTaken = templates.findIndex(other => JSON.stringify(other.selector) === JSON.stringify(selector)) < i;
      if (fault) {
        say(messages.experimentSelector, `${path}.selector`, fault, selector);
      } else if (!selects(selector!, dig(template, 'metadata', 'labels') ?? {})) {
        say(messages.experimentSelector, `${path}.selector`, 'does not match the labels of the template', selector);
      } else if (isTaken) {
        say(messages.experimentSelector, `${path}.selector`, 'is also that of another template', selector);
      }
      if (minReadySeconds > progressDeadlineSeconds) {
        say(messages.experimentDeadline, `${path}.minReadySeconds`, `is more than progressDeadlineSeconds, ${progressDeadlineSeconds}`, minReadySeconds);
      }
    });
    analyses.forEach((analysis, i) => declarationRules(say, `spec.analyses[${i}]`, analysis.args, { needValues: true }));
    metricNameRules(say, 'spec.dryRun', spec.dryRun);
    metricNameRules(say, 'spec.measurementRetention', spec.measurementRetention);
  });
}

import type { ApiObject } from 'cdk8s';
import type { Canary } from './canary';
import type { CanaryMetric } from './canary-metric';
import { useOf } from './query';
import type { ObjectReference } from './reference';
import { namespaceOf } from './tree-check';
import type { Tree } from './tree-index';
import * as messages from './tree-messages';
import type { CanaryAlert } from './webhook';
import type { Finding } from '../../../core/diagnostics/finding';

/*
 * The templates and alert providers that a Canary refers to.
 */

/** FW688 to FW691. What is not in the tree is taken for what somebody else has applied. */
export function checkCanaryMetrics(tree: Tree, canary: Canary): Finding[] {
  const { metrics = [], alerts = [] } = canary._props.analysis._props;
  return [
    ...metrics.filter((metric: CanaryMetric) => metric._source === 'template').flatMap((metric: CanaryMetric) => ofMetric(tree, canary, metric)),
    ...alerts.flatMap(({ providerRef }: CanaryAlert) => elsewhere(tree, canary, 'AlertProvider', providerRef)),
  ];
}

/** Providers that start with the interval of the metric (constructors in pkg/metrics/providers). */
const WITH_INTERVAL = ['cloudwatch', 'datadog', 'dynatrace', 'newrelic', 'splunk'];

function ofMetric(tree: Tree, canary: Canary, { _props }: CanaryMetric): Finding[] {
  const { name: metric, templateRef, templateVariables = {}, interval } = _props;
  const [template] = refer(tree, canary, 'MetricTemplate', templateRef);
  if (template === undefined) {
    return elsewhere(tree, canary, 'MetricTemplate', templateRef);
  }
  const { query, provider } = tree.json(template)?.spec ?? {};
  if (typeof query !== 'string') {
    return [];
  }
  const use = useOf(query);
  const given = Object.keys(templateVariables);
  const why = WITH_INTERVAL.includes(provider?.type) ? `the provider ${provider.type}` : use.functions.includes('interval') ? 'the query' : undefined;
  const idle = use.isComplete ? given.filter(variable => !use.variables.includes(variable)) : [];
  const at = { template: template.name, metric };
  return [
    ...use.variables.filter(variable => !given.includes(variable)).map(variable => messages.missingVariable.at(canary, { ...at, variable })),
    ...idle.map(variable => messages.idleVariable.at(canary, { ...at, variable })),
    ...(interval === undefined && why !== undefined ? [messages.missingInterval.at(canary, { ...at, why })] : []),
  ];
}

function refer(tree: Tree, canary: Canary, kind: string, { name, namespace }: ObjectReference): ApiObject[] {
  return tree.find(canary, 'flagger.app', kind, name, namespace ?? namespaceOf(canary));
}

function elsewhere(tree: Tree, canary: Canary, kind: string, reference: ObjectReference): Finding[] {
  if (refer(tree, canary, kind, reference).length > 0) {
    return [];
  }
  const other = tree.all(canary, kind).find(object => object.apiGroup === 'flagger.app' && object.name === reference.name);
  return other === undefined ? [] : [messages.otherNamespace.at(canary, {
    what: kind, name: reference.name, namespace: reference.namespace ?? namespaceOf(canary), found: namespaceOf(other),
  })];
}

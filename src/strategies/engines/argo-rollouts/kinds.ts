import { ApiObject } from 'cdk8s';
import { treeFindings } from './checks';
import { analysisTemplateSpec } from './shapes-analysis';
import { experimentSpec, rolloutSpec } from './shapes-rollout';
import { findingsIn, Kind } from './spec';
import { Tree } from './tree';
import { analysisTemplateRules } from './validation-analysis';
import { experimentRules } from './validation-experiment';
import { rolloutRules } from './validation-rollout';
import { RolloutsVersion } from './version';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { Severity } from '../../../core/diagnostics/finding';

/*
 * The kinds of objects, with all that is known of each.
 */

export { specOf } from './spec';

export const ROLLOUT: Kind = { shape: rolloutSpec, rules: rolloutRules };

export const ANALYSIS_TEMPLATE: Kind = { shape: analysisTemplateSpec, rules: analysisTemplateRules };

export const EXPERIMENT: Kind = { shape: experimentSpec, rules: experimentRules };

/** Looks at an object again when the tree is finished, patches included, and at what stands around it. */
export function watch(object: ApiObject, kind: Kind, version: RolloutsVersion): void {
  Diagnostics.of(object).addCheck({
    check: () => {
      const tree = Tree.around(object);
      const { spec } = tree.write(object).json;
      const own = findingsIn(object.node.path, kind, spec, version);
      return own.some(finding => finding.severity === Severity.ERROR) ? own : [...own, ...treeFindings(object, spec, tree)];
    },
  });
}

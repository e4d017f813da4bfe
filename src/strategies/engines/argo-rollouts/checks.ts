import { ApiObject } from 'cdk8s';
import { analysisChecks, experimentChecks } from './checks-analysis';
import { availabilityChecks } from './checks-availability';
import { configChecks } from './checks-config';
import { routeChecks } from './checks-routes';
import { serviceChecks } from './checks-services';
import { reported } from './report';
import { surroundings } from './surroundings';
import { Tree } from './tree';
import { Finding } from '../../../core/diagnostics/finding';

/** What does not go together with other objects. Those that are not in the tree are left out. */
export function treeFindings(object: ApiObject, spec: any, tree: Tree): Finding[] {
  if (object.kind !== 'Rollout' && object.kind !== 'Experiment') {
    return [];
  }
  return reported(object.node.path, say => {
    if (object.kind === 'Experiment') {
      return experimentChecks(say, object, spec, tree);
    }
    const around = surroundings(object, spec, tree);
    return [serviceChecks, routeChecks, analysisChecks, availabilityChecks, configChecks].forEach(check => check(say, around));
  });
}

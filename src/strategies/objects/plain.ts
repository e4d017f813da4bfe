import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { RolloutTarget } from '../target';
import { deployment, DeploymentOptions } from './deployment';
import { ingress } from './ingress';
import { route } from './route';
import { service } from './service';

/**
 * A target without any progressive delivery: a Deployment, one Service, one route. The same on
 * every engine.
 */
export function deliverPlainly(chart: Construct, target: RolloutTarget, options: DeploymentOptions = {}): void {
  new ApiObject(chart, 'deployment', deployment(target, options));
  if (target.service) {
    new ApiObject(chart, 'service', service(target, target.service, target.name));
    deliverRoute(chart, target, target.name);
  }
}

/** The way in from outside, by the Gateway of the environment or else by its ingress controller. All of it leads to one Service. */
export function deliverRoute(chart: Construct, target: RolloutTarget, backend: string): void {
  const { service: reached, environment: { gateway, ingress: controller } } = target;
  if (!reached || reached.hosts.length === 0) {
    return;
  }
  if (gateway) {
    new ApiObject(chart, 'route', route(target, reached, gateway, [{ service: backend, port: reached.port, weight: 1 }]));
  } else if (controller) {
    new ApiObject(chart, 'ingress', ingress(target, reached, controller, backend));
  }
}

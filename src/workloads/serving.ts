import type { Finding } from '../core/diagnostics/finding';
import type { Platform } from '../core/platform';
import type { Environment } from '../environments';
import { WorkloadGraph } from './graph';
import * as messages from './messages';
import type { ServicePlan } from './plan';
import { Probe } from './probe';
import { ServingProps } from './service-props';
import type { Workload } from './workload';

/** What is called, in an environment. */
export function servicePlan(
  workload: Workload, platform: Platform, environment: Environment, serving: ServingProps, hosts: string[], tlsSecret?: string,
): ServicePlan {
  const { port, servicePort, readiness, liveness, startup, protocol } = serving;
  return {
    port,
    servicePort: servicePort ?? port,
    portName: protocol ?? readiness._protocol(),
    readiness,
    liveness: liveness ?? Probe.tcp(),
    startup,
    callers: WorkloadGraph.of(platform).callersOf(workload)
      .filter(w => w.runsIn(environment))
      .map(w => ({ name: w.name, namespace: environment.namespaceOf(w.name) })),
    hosts,
    tlsSecret: hosts.length > 0 ? tlsSecret : undefined,
  };
}

/** A caller that is let in. Throws FW405 for what is no name, FW106 after `lower()`. */
export function acceptedBy(workload: Workload, platform: Platform, caller: string): string {
  if (typeof caller !== 'string') {
    throw messages.unknownWorkload.error(workload, { what: 'The caller', workload: caller, known: [], fault: 'is no name' });
  }
  platform._refuseWhenLowered(workload, `caller ${JSON.stringify(caller)}`);
  return caller;
}

/** Callers that do not exist. */
export function unknownCallers(workload: Workload, platform: Platform, callers: string[]): Finding[] {
  const graph = WorkloadGraph.of(platform);
  return callers
    .filter(caller => !graph.tryFind(caller))
    .map(caller => messages.unknownWorkload.at(workload, { what: 'The caller', workload: caller, known: graph.names }));
}

import { CanaryJson, VirtualServiceJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { destinationsOf } from './services';
import { Surroundings } from './surroundings';
import { dig, mapsOf } from './values';

/** The routes of VirtualServices (rollout/trafficrouting/istio/istio.go, ValidateHTTPRoutes, ValidateTlsRoutes and ValidateTcpRoutes). */
export function virtualServiceChecks(say: Say, { rollout, tree, namespace }: Surroundings, canary: CanaryJson): void {
  const { istio, managedRoutes = [] } = canary.trafficRouting!;
  const given: Array<[string, VirtualServiceJson | undefined]> = [
    ['virtualService', istio?.virtualService],
    ...(istio?.virtualServices ?? []).map((each, i): [string, VirtualServiceJson] => [`virtualServices[${i}]`, each]),
  ];
  for (const [field, wanted] of given) {
    const [name, ...rest] = (wanted?.name ?? '').split('.'); // <name>.<namespace> (utils/istio/istio.go)
    const found = wanted && tree.find(rollout, 'networking.istio.io', 'VirtualService', name, rest.length > 0 ? rest.join('.') : namespace);
    if (found) {
      const refuse = (fault: string) => say(messages.invalidVirtualService, `spec.strategy.canary.trafficRouting.istio.${field}.name`, fault, wanted.name);
      const routes = routesOf(found.json, wanted, managedRoutes.map(route => route.name));
      routes.faults.forEach(refuse);
      routes.toWeigh.flatMap(route => destinationFaults(route, canary)).forEach(refuse);
    }
  }
}

/** The routes that get weights, and what is wrong with how they are named. */
function routesOf(virtualService: any, wanted: VirtualServiceJson, managed: string[]): { toWeigh: any[]; faults: string[] } {
  const [http, tls, tcp] = ['http', 'tls', 'tcp'].map(kind => mapsOf(dig(virtualService, 'spec', kind)));
  if (http.length + tls.length + tcp.length === 0) {
    return { toWeigh: [], faults: ['has no routes'] };
  }
  const faults: string[] = [];
  const toWeigh: any[] = [];
  const choose = (kind: string, routes: any[], names: string[], match: (name: string) => any[]) => {
    if (names.length === 0) {
      toWeigh.push(...routes.slice(0, 1));
      return routes.length > 1 ? void faults.push(`has ${routes.length} ${kind} routes, and none is named`) : undefined;
    }
    return names.forEach(name => {
      const matching = match(name);
      toWeigh.push(...matching);
      if (matching.length === 0) {
        faults.push(`has no ${kind} route ${name}`);
      }
    });
  };
  const own = http.filter(route => !managed.includes(route.name));
  if (http.length > 0) {
    choose('HTTP', own, (wanted.routes ?? []).map(name => JSON.stringify(name)), name => http.filter(route => JSON.stringify(route.name) === name).slice(0, 1));
  }
  if (tls.length > 0) {
    choose('TLS', tls, (wanted.tlsRoutes ?? []).map(route => describe(route.port, route.sniHosts)), text => tls.filter(route => describeRoute(route, true) === text));
  }
  if (tcp.length > 0) {
    choose('TCP', tcp, (wanted.tcpRoutes ?? []).map(route => describe(route.port)), text => tcp.filter(route => describeRoute(route, false) === text));
  }
  return { toWeigh, faults };
}

function describe(port = 0, sniHosts: string[] = []): string {
  return `of port ${port}${sniHosts.length > 0 ? ` for ${[...new Set(sniHosts)].sort().join(', ')}` : ''}`;
}

/** A route by what it matches; one with several ports can never be named. */
function describeRoute(route: any, withHosts: boolean): string {
  const matches = mapsOf(route.match);
  const ports = [...new Set(matches.map(match => match.port ?? 0))];
  const hosts = matches.flatMap(match => Array.isArray(match.sniHosts) ? match.sniHosts : []);
  return ports.length > 1 ? '' : describe(ports[0], withHosts ? hosts : []);
}

function destinationFaults(route: any, canary: CanaryJson): string[] {
  const destinations = mapsOf(route.route).map(each => dig(each, 'destination'));
  const rule = canary.trafficRouting!.istio!.destinationRule;
  const which = route.name ? `a route ${JSON.stringify(route.name)}` : 'a route';
  if (rule) {
    return [rule.canarySubsetName, rule.stableSubsetName]
      .filter(subset => !destinations.some(destination => dig(destination, 'subset') === subset))
      .map(subset => `has ${which} without the subset ${JSON.stringify(subset)}`);
  }
  const hosts = destinations.map(destination => String(dig(destination, 'host')).split('.')[0]);
  return destinationsOf(canary)
    .filter(service => service !== undefined && !hosts.includes(service))
    .map(service => `has ${which} without the Service ${JSON.stringify(service)}`);
}

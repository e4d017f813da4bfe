import { Manifest, partOf } from './objects';
import { isMapping, SharedNames } from './structure';

/*
 * Whether a NetworkPolicy lets more through than another. A policy allows; rules and peers add up; a rule without peers, or without
 * ports, allows all of them; and what a policy does not isolate is open (k8s.io/api/networking/v1, NetworkPolicySpec).
 */

type Json = Record<string, any>;

/** What a rule allows: one peer and one port; nothing stands for all of them. */
interface Allowance {
  readonly peer?: Json;
  readonly port?: Json;
}

const DIRECTIONS = [['Ingress', 'ingress', 'from'], ['Egress', 'egress', 'to']] as const;

/**
 * What the policy `after` lets through and `before` does not, one phrase for each direction. A policy that comes in addition counts for
 * what it allows.
 *
 * @param names what both call the same
 */
export function openings(before: Manifest | undefined, after: Manifest | undefined, names: SharedNames): string[] {
  const shared = { before: renamed(before, text => names.before(text)), after: renamed(after, text => names.after(text)) };
  return DIRECTIONS.flatMap(([type, rules, peers]) => {
    if (before !== undefined && isolates(before, type) && !(after !== undefined && isolates(after, type))) {
      return [`${rules} is no longer restricted`];
    }
    if (before !== undefined && !isolates(before, type)) {
      return [];
    }
    const old = { plain: allowances(before, rules, peers), shared: allowances(shared.before, rules, peers) };
    const now = { plain: allowances(after, rules, peers), shared: allowances(shared.after, rules, peers) };
    const isNew = now.plain.some((allowance, i) => !old.plain.some(o => covers(o, allowance)) && !old.shared.some(o => covers(o, now.shared[i])));
    return isNew ? [`more ${rules} is allowed`] : [];
  });
}

function renamed(object: Manifest | undefined, name: (text: string) => string): Manifest | undefined {
  const inside = (value: unknown): unknown => typeof value === 'string' ? name(value)
    : Array.isArray(value) ? value.map(inside)
      : isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, v]) => [key, inside(v)])) : value;
  return inside(object) as Manifest | undefined;
}

function isolates(policy: Manifest, type: 'Ingress' | 'Egress'): boolean {
  const types: unknown = partOf(policy, 'spec', 'policyTypes');
  return Array.isArray(types) ? types.includes(type) : type === 'Ingress' || listAt(policy, 'egress').length > 0;
}

function allowances(policy: Manifest | undefined, rules: string, peers: string): Allowance[] {
  return listAt(policy, rules).flatMap(rule => {
    const all = (field: string): Array<Json | undefined> => listOf(partOf(rule, field)).length > 0 ? listOf(partOf(rule, field)) : [undefined];
    return all(peers).flatMap(peer => all('ports').map(port => ({ peer, port })));
  });
}

function covers(wide: Allowance, narrow: Allowance): boolean {
  return (wide.peer === undefined || (narrow.peer !== undefined && coversPeer(wide.peer, narrow.peer)))
    && (wide.port === undefined || (narrow.port !== undefined && coversPort(wide.port, narrow.port)));
}

function coversPeer(wide: Json, narrow: Json): boolean {
  if (wide.ipBlock !== undefined || narrow.ipBlock !== undefined) {
    const excepted = (peer: Json): unknown[] => [partOf(peer, 'ipBlock', 'except') ?? []].flat();
    return partOf(wide, 'ipBlock', 'cidr') === partOf(narrow, 'ipBlock', 'cidr') && excepted(wide).every(block => excepted(narrow).includes(block));
  }
  return (wide.namespaceSelector === undefined) === (narrow.namespaceSelector === undefined)
    && selects(wide.namespaceSelector, narrow.namespaceSelector) && selects(wide.podSelector, narrow.podSelector);
}

/** Whether all that the one selector selects is selected by the other; no selector, and an empty one, select everything. */
function selects(wide: unknown, narrow: unknown): boolean {
  const requirements = (selector: unknown) => [
    ...Object.entries((partOf(selector as Json, 'matchLabels') ?? {}) as Json).map(([key, value]) => JSON.stringify([key, value])),
    ...listOf(partOf(selector as Json, 'matchExpressions')).map(expression => JSON.stringify(Object.entries(expression).sort())),
  ];
  const given = requirements(narrow);
  return requirements(wide).every(requirement => given.includes(requirement));
}

function coversPort(wide: Json, narrow: Json): boolean {
  const range = ({ port, endPort }: Json) => [port, endPort ?? port] as unknown[];
  const [from, to] = range(wide);
  const [first, last] = range(narrow);
  return (wide.protocol ?? 'TCP') === (narrow.protocol ?? 'TCP') && (
    from === undefined || (from === first && to === last)
    || ([from, to, first, last].every(n => typeof n === 'number') && Number(from) <= Number(first) && Number(last) <= Number(to))
  );
}

function listAt(policy: Manifest | undefined, rules: string): Json[] {
  return listOf(partOf(policy, 'spec', rules));
}

function listOf(x: unknown): Json[] {
  return Array.isArray(x) ? x.filter(isMapping) : [];
}

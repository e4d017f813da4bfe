import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { CommitStatusSelector, PromotionStrategy, PromotionStrategyProps } from './promotion-strategy';
import type { GitRepository } from './scm-objects';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';
import { namespaceOf, ObjectIndex } from '../../objects';

const GROUP = 'promoter.argoproj.io';
const GATES = ['ArgoCDCommitStatus', 'TimedCommitStatus', 'ScheduledCommitStatus', 'GitCommitStatus', 'WebRequestCommitStatus'];

type Side = 'active' | 'proposed';

interface Gate extends ApiObject {
  readonly _gate: { readonly key: string; readonly strategy: string; readonly side: Side; readonly branches?: string[] };
}

/** All that no object can see alone: FW950 to FW956. */
export function checkTree(root: IConstruct): Finding[] {
  const index = new ObjectIndex(root);
  const gates = GATES.flatMap(kind => index.all(GROUP, kind)).filter((object): object is Gate => '_gate' in object);
  const byStrategy = new Map<string, Gate[]>();
  for (const gate of gates) {
    const key = placeOf(gate, gate._gate.strategy);
    byStrategy.set(key, [...byStrategy.get(key) ?? [], gate]);
  }
  const strategies = index.all(GROUP, 'PromotionStrategy').filter((object): object is PromotionStrategy => '_props' in object);
  const repositories = index.all(GROUP, 'GitRepository').filter((object): object is GitRepository => '_props' in object);
  return [
    ...repositories.flatMap(repository => checkProvider(index, repository)),
    ...strategies.flatMap(strategy => [
      ...missing(index, strategy, 'gitRepositoryRef', 'GitRepository', strategy._props.gitRepositoryRef),
      ...checkKeys(strategy, byStrategy.get(placeOf(strategy, strategy.name)) ?? []),
    ]),
    ...gates.flatMap(gate => missing(index, gate, 'promotionStrategyRef', 'PromotionStrategy', gate._gate.strategy)),
    ...[...byStrategy.values()].flatMap(sameKeys),
    ...strategies.flatMap(strategy => (byStrategy.get(placeOf(strategy, strategy.name)) ?? []).flatMap(gate => checkGate(strategy, gate))),
  ];
}

function placeOf(object: ApiObject, strategy: string): string {
  return JSON.stringify([namespaceOf(object), strategy]);
}

function missing(index: ObjectIndex, object: ApiObject, field: string, what: string, name: string): Finding[] {
  const isThere = index.find(GROUP, what, namespaceOf(object), name) !== undefined;
  return isThere ? [] : [messages.missingObject.at(object, { kind: object.kind, field, what, name })];
}

function checkProvider(index: ObjectIndex, repository: GitRepository): Finding[] {
  const { name, kind } = repository._props.scmProviderRef;
  const isThere = kind === 'ClusterScmProvider' && index.all(GROUP, kind).some(other => other.name === name);
  return isThere ? [] : missing(index, repository, 'scmProviderRef', kind!, name);
}

type Listing = Pick<PromotionStrategyProps, 'activeCommitStatuses' | 'proposedCommitStatuses'>;

function listed({ activeCommitStatuses, proposedCommitStatuses }: Listing, side: Side): CommitStatusSelector[] {
  return (side === 'active' ? activeCommitStatuses : proposedCommitStatuses) ?? [];
}

type Place = [field: string, selectors: CommitStatusSelector[]];

/** FW950: only where the tree has gates at all; else they are all applied from elsewhere. */
function checkKeys(strategy: PromotionStrategy, gates: Gate[]): Finding[] {
  const known = [...new Set(gates.map(gate => gate._gate.key))];
  const places: Place[] = (['active', 'proposed'] as const).flatMap(side => [
    [`${side}CommitStatuses`, listed(strategy._props, side)] as Place,
    ...strategy._props.environments.map((environment, i): Place => [`environments[${i}].${side}CommitStatuses`, listed(environment, side)]),
  ]);
  return known.length === 0 ? [] : places.flatMap(([field, selectors]) => selectors
    .filter(({ key, isExternal }) => isExternal !== true && !known.includes(key))
    .map(({ key }) => messages.unknownGate.at(strategy, { field, key, known })));
}

function sameKeys(gates: Gate[]): Finding[] {
  const first = new Map<string, Gate>();
  return gates.flatMap(gate => {
    const id = `${gate._gate.side} ${gate._gate.key}`;
    const other = first.get(id);
    first.set(id, other ?? gate);
    return other === undefined ? [] : [messages.sameGate.at(gate, { kind: gate.kind, key: gate._gate.key, other: other.node.path })];
  });
}

/** FW951, FW952, FW953 and FW956. */
function checkGate({ name, _props }: PromotionStrategy, gate: Gate): Finding[] {
  const { key, side, branches } = gate._gate;
  const other: Side = side === 'active' ? 'proposed' : 'active';
  const { environments } = _props;
  const waits = (where: Listing, on: Side) => listed(where, on).some(selector => selector.key === key);
  const waiting = environments.filter(environment => waits(_props, side) || waits(environment, side)).map(environment => environment.branch);
  if (waiting.length === 0) {
    const isOther = waits(_props, other) || environments.some(environment => waits(environment, other));
    return [isOther
      ? messages.wrongSide.at(gate, { kind: gate.kind, key, side, listed: other })
      : messages.idleGate.at(gate, { kind: gate.kind, key, strategy: name })];
  }
  const known = environments.map(environment => environment.branch);
  // Nobody waits for what runs in the last environment.
  const needed = waiting.filter(branch => side === 'proposed' || branch !== known[known.length - 1]);
  return branches === undefined ? [] : [
    ...branches.flatMap((branch, i) => {
      const field = `environments[${i}].branch`;
      return known.includes(branch) ? [] : [messages.unknownBranch.at(gate, { kind: gate.kind, field, branch, known })];
    }),
    ...needed.filter(branch => !branches.includes(branch)).map(branch => messages.uncoveredBranch.at(gate, { kind: gate.kind, key, branch })),
  ];
}

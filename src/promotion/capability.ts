import { PromotionGate } from './gate';
import * as messages from './messages';
import type { Road, RoadEnvironment } from './road';
import { CapabilityRow, Support } from '../core/capability';
import { Finding } from '../core/diagnostics/finding';

/** How an engine carries out one part of a road. */
export interface PromotionRow extends CapabilityRow {
  /** The gate, if the part is one. */
  readonly gate?: PromotionGate;
  /** Whose gate it is. */
  readonly environment?: RoadEnvironment;
}

/** Who holds gates that the engine does not hold, by gates. */
export type Holders = Readonly<Record<string, string>>;

export function native(part: string, how: string): PromotionRow {
  return { part, support: Support.NATIVE, how, matters: true };
}

export function emulated(part: string, how: string): PromotionRow {
  return { part, support: Support.EMULATED, how, matters: true };
}

/** Something that the engine does not do, and that makes no release less safe. */
export function dropped(part: string, how: string): PromotionRow {
  return { part, support: Support.UNSUPPORTED, how, matters: false };
}

export function unsupported(part: string, how: string): PromotionRow {
  return { part, support: Support.UNSUPPORTED, how, matters: true };
}

/** The rows of every gate on the road, by what an engine says of one. */
export function gateRows(road: Road, rowOf: (environment: RoadEnvironment, gate: PromotionGate, part: string) => PromotionRow): PromotionRow[] {
  return road.environments.flatMap(environment =>
    environment.gates.map(gate => ({ ...rowOf(environment, gate, partOf(environment, gate)), gate, environment })));
}

/** The shape of the road, in rows that every engine answers. */
export interface ShapeAnswers {
  readonly fork: (part: string) => PromotionRow;
  readonly join: (part: string) => PromotionRow;
  readonly entries: (part: string) => PromotionRow;
}

export function shapeRows(road: Road, { fork, join, entries }: ShapeAnswers): PromotionRow[] {
  const names = road.environments.filter(environment => environment.sources.length === 0).map(environment => environment.name);
  return [
    ...(names.length > 1 ? [entries(`releases enter in ${names.join(' and ')}`)] : []),
    ...road.environments.filter(environment => environment.next.length > 1).map(({ name, next }) => fork(`${name} leads to ${next.join(' and ')}`)),
    ...road.environments.filter(environment => environment.sources.length > 1).map(({ name, sources }) => join(`${name} comes from ${sources.join(' and ')}`)),
  ];
}

/** What the rows leave open, as findings. */
export function promotionFindings(engine: string, where: string, road: Road, rows: PromotionRow[], holders: Holders): Finding[] {
  const needed = new Set(rows.filter(isOpen).map(row => row.gate));
  return [
    ...rows.flatMap(row => {
      const { part, how, gate, environment } = row;
      if (isOpen(row)) {
        const args = { engine, environment: environment!.name, part, gate: gate!, how };
        return Object.hasOwn(holders, gate!) ? [] : [messages.unheldGate.at(environment!.path, args)];
      }
      return row.support === Support.UNSUPPORTED || row.support === Support.APPROXIMATED ? [messages.gap.at(where, { engine, part, how })] : [];
    }),
    ...road.environments.flatMap(({ name, path, idleGates }) => idleGates.map(gate => messages.idleGate.at(path, { environment: name, gate }))),
    ...Object.keys(holders).filter(gate => !needed.has(gate as PromotionGate)).map(gate => messages.idleHolder.at(where, {
      engine, gate, fault: rows.some(row => row.gate === gate) ? 'which the engine holds' : 'which no environment has',
    })),
  ];
}

/** A gate that the engine leaves open. */
export function isOpen({ gate, support, matters }: PromotionRow): boolean {
  return gate !== undefined && support === Support.UNSUPPORTED && matters;
}

/** A gate in words. */
function partOf({ name, protection }: RoadEnvironment, gate: PromotionGate): string {
  const { approvals, soakTime, allowedTimes = [], requireAnalysis = [] } = protection;
  switch (gate) {
    case PromotionGate.APPROVALS: return `${name}: ${approvals!.count ?? 1} approval${(approvals!.count ?? 1) === 1 ? '' : 's'} of ${approvals!.teams.join(' or ')}`;
    case PromotionGate.SOAK_TIME: return `${name}: soak time of ${soakTime!.toHumanString()}`;
    case PromotionGate.ALLOWED_TIMES: return `${name}: ${allowedTimes.length === 1 ? 'an allowed time' : `${allowedTimes.length} allowed times`}`;
    case PromotionGate.FREEZES: return `${name}: freezes`;
    case PromotionGate.HEALTH: return `${name}: health before`;
    case PromotionGate.ANALYSIS: return `${name}: analysis before, ${requireAnalysis.join(' and ')}`;
  }
}

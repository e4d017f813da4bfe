import { Construct } from 'constructs';
import { Holders, isOpen, PromotionRow, promotionFindings } from './capability';
import { PromotionGate } from './gate';
import * as messages from './messages';
import { Road, roadOf } from './road';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import type { Finding } from '../core/diagnostics/finding';
import { isMap } from '../core/metadata';
import { Phase, Platform } from '../core/platform';
import { PlatformExtension } from '../core/platform-extension';
import { isRepository } from '../gitops/application-source';

/** What an engine of promotion works with. */
export interface Site {
  readonly platform: Platform;
  readonly road: Road;
  /** What its own charts and files stand in. */
  readonly scope: Construct;
}

const BACKENDS = new WeakMap<Platform, PromotionBackend>();

/** What moves releases along the road. */
export abstract class PromotionBackend extends PlatformExtension {
  /** The engine of a platform, if one was given. */
  public static tryOf(platform: Platform): PromotionBackend | undefined {
    return BACKENDS.get(platform);
  }

  public readonly _role = 'promotion';

  /** What it is called in messages: `Kargo`. */
  public abstract readonly title: string;

  /** What becomes of a release that is taken back, in one sentence. */
  public abstract readonly rollback: string;

  /** Who holds what it does not hold itself. */
  public abstract readonly holders: Holders;

  public _attach(platform: Platform): void {
    BACKENDS.set(platform, this);
    this.checkPlatform(platform);
    const scope = new Construct(platform, 'promotion');
    platform._onLower(Phase.PROMOTION, () => {
      const site = { platform, scope, road: roadOf(platform) };
      if (site.road.environments.some(environment => environment.workloads.length > 0) && this.canLower(site)) {
        this.lower(site);
      }
    });
    Diagnostics.of(scope).addCheck({ check: () => platform._isWhole ? this.check({ platform, scope, road: roadOf(platform) }) : [] });
  }

  /** How it carries out each part of the road. */
  public abstract capabilities(site: Site): PromotionRow[];

  /** Makes its objects and files. */
  protected abstract lower(site: Site): void;

  /** Throws for a platform that it cannot work for. */
  protected checkPlatform(_: Platform): void {}

  /** Throws FW911 for a platform without a repository, for an engine that writes to it. */
  protected demandRepository({ repository }: Platform): void {
    if (repository === undefined || !isRepository(repository)) {
      throw messages.noRepository.error('', { engine: this.title });
    }
  }

  /** What it finds wrong, beyond what it cannot do. */
  protected findings(_: Site): Finding[] {
    return [];
  }

  /** Whether its objects can be made at all; where they cannot, a finding says why. */
  protected canLower(_: Site): boolean {
    return true;
  }

  private check(site: Site): Finding[] {
    const { road, scope } = site;
    const where = scope.node.path;
    if (!road.environments.some(environment => environment.workloads.length > 0)) {
      const fault = road.environments.length === 0 ? 'there is no environment' : 'no workload runs in an environment';
      return [messages.nothingToPromote.at(where, { engine: this.title, fault })];
    }
    return [...promotionFindings(this.title, where, road, this.capabilities(site), this.holders), ...this.findings(site)];
  }
}

/** How a row is said, with the one who holds a gate in place of the engine. */
export function supportOf(row: PromotionRow, holders: Holders): [support: string, how: string] {
  const isHeld = isOpen(row) && Object.hasOwn(holders, row.gate!);
  return isHeld ? ['held elsewhere', holders[row.gate!]] : [row.support, row.how];
}

/** A copy of the holders of gates. Throws FW900 for gates that do not exist, and for reasons that say nothing. */
export function checkedHolders(engine: string, holders: unknown): Holders {
  const refuse = (value: unknown, fault: string) => messages.invalidOption.error('', { engine, option: 'heldElsewhere', value, fault });
  if (holders === undefined) {
    return {};
  }
  if (!isMap(holders)) {
    throw refuse(holders, 'is no map of gates to reasons');
  }
  for (const [gate, reason] of Object.entries(holders as object)) {
    if (!Object.values<string>(PromotionGate).includes(gate)) {
      throw refuse(gate, `is none of ${Object.values(PromotionGate).join(', ')}`);
    }
    if (typeof reason !== 'string' || reason.trim() === '' || /\p{C}/u.test(reason)) {
      throw refuse(reason, `is no line of text that says who holds ${gate}`);
    }
  }
  return { ...holders as Holders };
}

/** Throws FW900 for options that are no map, or have one that does not exist. */
export function checkOptions(engine: string, options: unknown, known: string[]): void {
  if (!isMap(options)) {
    throw messages.invalidOption.error('', { engine, option: 'options', value: options, fault: 'is no map of options' });
  }
  const unknown = Object.keys(options as object).find(option => !known.includes(option));
  if (unknown !== undefined) {
    throw messages.invalidOption.error('', { engine, option: unknown, value: (options as Record<string, unknown>)[unknown], fault: `is none of its options: ${known.join(', ')}` });
  }
}

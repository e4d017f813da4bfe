import { Construct } from 'constructs';
import { PromotionBackend, supportOf } from './backend';
import { roadOf } from './road';
import { supportTable } from '../core/capability';
import { Platform } from '../core/platform';

/** What moves the releases of a platform, to be read by people. */
export class Promotions {
  /**
   * The promotions of a platform.
   *
   * @param platform the platform, or a construct in one. Throws FW110 outside of one
   */
  public static of(platform: Construct): Promotions {
    return new Promotions(Platform.ofConstruct(platform));
  }

  private constructor(private readonly platform: Platform) {}

  /**
   * How the engine carries out the road of this platform: a table of each gate and each part of the road, whether it is
   * native, emulated, held elsewhere or unsupported, and how; and a sentence on what becomes of a rollback. The
   * model is lowered for it: what is declared afterwards is refused (FW106).
   */
  public explain(): string {
    this.platform.lower();
    const backend = PromotionBackend.tryOf(this.platform);
    if (backend === undefined) {
      return `${this.platform.name} has no engine of promotion: whoever runs fairway promote moves releases, and it holds the gates that it sees.\n`;
    }
    const road = roadOf(this.platform);
    const rows = backend.capabilities({ platform: this.platform, road, scope: this.platform })
      .map(row => [row.part, ...supportOf(row, backend.holders)] as const);
    const way = road.environments.map(({ name, sources }) => sources.length === 0 ? name : `${sources.join(' and ')} to ${name}`).join(', ');
    return `${this.platform.name} (${way}): ${backend.title}\n${supportTable(rows)}\nOn a rollback: ${backend.rollback}\n`;
  }
}

import type { StrategyComparison } from '../comparison';
import * as messages from './messages';
import { checkText } from './timeline-report';

/** What is known of a comparison beside its figures. */
export interface ComparisonReportProps {
  /**
   * What stands above.
   *
   * @default 'Comparison of strategies'
   */
  readonly title?: string;

  /**
   * What happens in the scenario, in a sentence.
   *
   * @default - nothing is said
   */
  readonly scenario?: string;
}

/** What strategies cost and spare in one scenario, as a picture: time, exposure, extra pods, time to the abort. */
export class ComparisonReport {
  private readonly comparison: StrategyComparison;
  private readonly title: string;
  private readonly scenario?: string;

  /**
   * @param comparison strategies in one scenario. Throws FW825 for anything else
   * @param props title and scenario. Throws FW825 for what is no text
   */
  public constructor(comparison: StrategyComparison, props: ComparisonReportProps = {}) {
    if (!Array.isArray((comparison as StrategyComparison | undefined | null)?.rows)) {
      throw messages.invalidReport.error('', { what: 'comparison', value: comparison, fault: 'is no StrategyComparison', remedy: 'Write new StrategyComparison({ simulations }).' });
    }
    this.comparison = comparison;
    this.title = checkText('title', props?.title) ?? 'Comparison of strategies';
    this.scenario = checkText('scenario', props?.scenario);
  }

  /** Bars for each strategy, as SVG: with the same comparison the same bytes, and no address in them. */
  public toSvg(): string {
    // Loaded when it is asked for.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { comparisonSvg } = require('./comparison') as typeof import('./comparison');
    return comparisonSvg(this.title, this.scenario, this.comparison.rows);
  }

  /** A page with the bars and a table below. */
  public toHtml(): string {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { comparisonHtml } = require('./comparison') as typeof import('./comparison');
    return comparisonHtml(this.title, this.scenario, this.comparison.rows);
  }
}

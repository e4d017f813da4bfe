import type { Timeline } from '../timeline';
import type { Caption } from './figure';
import * as messages from './messages';

/** What is known of a rollout beside its timeline. */
export interface TimelineReportProps {
  /**
   * What stands above.
   *
   * @default - the name of the timeline
   */
  readonly title?: string;

  /**
   * What happens in the scenario, in a sentence.
   *
   * @default - nothing is said
   */
  readonly scenario?: string;

  /**
   * What each step of the canary is, in a few words: `5 %`, `pause 10 min`.
   *
   * @default - steps are numbered
   */
  readonly steps?: string[];

  /**
   * The number that decides on a metric, by the name of the metric: a line in the picture.
   *
   * @default - no lines
   */
  readonly thresholds?: Record<string, number>;
}

/** Widths of text, and whether there are colours. */
export interface TextReportOptions {
  /**
   * How many characters a line has at most, from 60 to 160.
   *
   * @default 100
   */
  readonly width?: number;

  /**
   * Whether the text has ANSI colours.
   *
   * @default false
   */
  readonly color?: boolean;
}

/**
 * A timeline as a picture, a page or text, for a pull request, a runbook or a test report. The same
 * timeline gives the same bytes; nothing in them needs a network.
 */
export class TimelineReport {
  private readonly timeline: Timeline;
  private readonly caption: Caption;

  /**
   * @param timeline the result of a simulation. Throws FW825 for anything else
   * @param props title, scenario, steps and thresholds. Throws FW825 for what is no text or no number
   */
  public constructor(timeline: Timeline, props: TimelineReportProps = {}) {
    this.timeline = checkTimeline('timeline', timeline);
    const { title, scenario, steps, thresholds } = props ?? {};
    this.caption = {
      title: checkText('title', title) ?? timeline.name,
      scenario: checkText('scenario', scenario),
      steps: checkSteps(steps),
      thresholds: checkThresholds(thresholds),
    };
  }

  /** A picture as SVG: phase, steps, traffic, pods and measurements over one axis of time. */
  public toSvg(): string {
    // Loaded when it is asked for: most simulations are run by tests, which look at figures.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { timelineSvg } = require('./chart') as typeof import('./chart');
    return timelineSvg(this.timeline, this.caption);
  }

  /** A page with the picture, the figures and tables of what happened and what was measured. It prints well. */
  public toHtml(): string {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { timelineHtml } = require('./html') as typeof import('./html');
    return timelineHtml(this.timeline, this.caption);
  }

  /**
   * Text for a terminal: a small chart, what happened, what was measured, and what it means.
   *
   * @param options width and colours. Throws FW825 for a width that is no number
   */
  public toText(options: TextReportOptions = {}): string {
    const { width = 100, color = false } = options ?? {};
    if (typeof width !== 'number' || Number.isNaN(width)) {
      throw messages.invalidReport.error('', { what: 'width', value: width, fault: 'is no number', remedy: 'Write a number of characters, such as 100.' });
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { timelineText } = require('./text') as typeof import('./text');
    return timelineText(this.timeline, this.caption, width, color);
  }
}

/** Throws FW825 for what is no timeline; one of another copy of the library is one, too. */
export function checkTimeline(what: string, timeline: Timeline): Timeline {
  const given = timeline as Timeline | undefined | null;
  if (typeof given !== 'object' || given === null || !Array.isArray(given.states) || !Array.isArray(given.events) || typeof given.summary !== 'object') {
    throw messages.invalidReport.error('', { what, value: timeline, fault: 'is no Timeline', remedy: 'Give what Simulation.run() returns.' });
  }
  return timeline;
}

/** Throws FW825 for what is no text. */
export function checkText(what: string, text: unknown): string | undefined {
  if (text !== undefined && text !== null && typeof text !== 'string') {
    throw messages.invalidReport.error('', { what, value: text, fault: 'is no text', remedy: `Write the ${what} as text, or leave it out.` });
  }
  return text || undefined;
}

function checkSteps(steps: unknown): string[] {
  if (steps === undefined || steps === null) {
    return [];
  }
  if (!Array.isArray(steps) || steps.some(step => typeof step !== 'string')) {
    throw messages.invalidReport.error('', { what: 'list of steps', value: steps, fault: 'is no list of texts', remedy: 'Write for example [\'5 %\', \'pause 10 min\'].' });
  }
  return [...steps as string[]];
}

function checkThresholds(thresholds: unknown): Record<string, number> {
  if (thresholds === undefined || thresholds === null) {
    return {};
  }
  if (typeof thresholds !== 'object' || Array.isArray(thresholds) || Object.values(thresholds).some(number => !Number.isFinite(number))) {
    throw messages.invalidReport.error('', { what: 'thresholds', value: thresholds, fault: 'is no map of metrics to numbers', remedy: 'Write for example { \'success-rate\': 0.99 }.' });
  }
  return Object.assign(Object.create(null) as Record<string, number>, thresholds);
}

import { AnalysisVerdict, RolloutPhase, SimulationOutcome } from '../timeline';

/*
 * Colours that people with any colour vision tell apart (Okabe and Ito), and that keep their order of
 * brightness in black and white. Whatever has a colour has a shape, a pattern or a word, too.
 */

const COLORS = {
  back: '#ffffff',
  ink: '#1b2733',
  soft: '#5b6875',
  line: '#c9d1d9',
  faint: '#eef1f4',
  stable: '#0072b2',
  canary: '#e69f00',
  older: '#8a949e',
  good: '#00795a',
  bad: '#c1440e',
  odd: '#8f4b7a',
};

const DARK = {
  back: '#14191f',
  ink: '#e8edf2',
  soft: '#a3b0bd',
  line: '#3c4753',
  faint: '#232b34',
  stable: '#4aa8e0',
  canary: '#f2b632',
  older: '#8a949e',
  good: '#35c29a',
  bad: '#ff7a45',
  odd: '#d795c0',
};

const variables = (colors: Record<string, string>): string => Object.entries(colors).map(([name, color]) => `--${name}:${color}`).join(';');

type Paint = Readonly<Record<string, string | number>>;

const FILLED = ['back', 'ink', 'soft', 'faint', 'stable', 'canary', 'older', 'good', 'bad', 'odd'] as const;
const DRAWN = ['ink', 'soft', 'stable', 'canary', 'good', 'bad', 'odd'] as const;

/**
 * What the classes of elements look like. It is written as attributes of each element, because many programs
 * that show pictures know no style sheets; the classes are there for the dark.
 */
export const PAINT: Readonly<Record<string, Paint>> = {
  ...Object.fromEntries(FILLED.map(name => [name, { fill: COLORS[name] }])),
  ...Object.fromEntries(DRAWN.map(name => [`s-${name}`, { fill: 'none', stroke: COLORS[name] }])),
  grid: { fill: 'none', stroke: COLORS.line },
  halo: { 'stroke': COLORS.back, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' },
  hollow: { fill: COLORS.back },
};

const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, DejaVu Sans, sans-serif';

/** The fonts of a picture: those that are there. */
export function fontFamily(): string {
  return FONT;
}

/** Rules of one picture: its colours on a dark screen. Print stays light. */
export function svgStyle(root: string): string {
  const rules = Object.entries(PAINT).map(([name, paint]) => {
    const swapped = (['fill', 'stroke'] as const).flatMap(property => {
      const color = (Object.keys(COLORS) as Array<keyof typeof COLORS>).find(key => COLORS[key] === paint[property]);
      return color === undefined ? [] : [`${property}:${DARK[color]}`];
    });
    return `#${root} .${name}{${swapped.join(';')}}`;
  });
  return `@media screen and (prefers-color-scheme:dark){${rules.join('')}}`;
}

/** Rules of a page, with the same colours. */
export function htmlStyle(): string {
  return `:root{color-scheme:light dark;${variables(COLORS)}}`
    + `@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}`
    + 'body{margin:0 auto;max-width:72rem;padding:1.5rem;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;'
    + 'color:var(--ink);background:var(--back)}'
    + 'h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}.note{color:var(--soft)}figure{margin:1.5rem 0;overflow-x:auto}'
    + 'figure svg{max-width:100%;height:auto}'
    + 'table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}'
    + 'th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}'
    + 'th{color:var(--soft);font-weight:600;white-space:nowrap}td.n,th.n{text-align:right;white-space:nowrap}'
    + '@media print{@page{margin:12mm}body{padding:0;max-width:none;font-size:10pt}table{font-size:8.5pt}'
    + 'figure,tr,h2{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}'
    + '*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}';
}

/** The class of an outcome. */
export function outcomeClass(outcome: SimulationOutcome): string {
  switch (outcome) {
    case SimulationOutcome.PROMOTED: return 'good';
    case SimulationOutcome.ABORTED:
    case SimulationOutcome.STUCK: return 'bad';
    case SimulationOutcome.ROLLED_BACK: return 'stable';
    case SimulationOutcome.PAUSED:
    case SimulationOutcome.UNFINISHED: return 'odd';
  }
}

/** The class of a phase, and the pattern that tells it without colour. */
export function phaseStyle(phase: RolloutPhase): { readonly css: string; readonly pattern?: 'hatch' | 'cross' } {
  switch (phase) {
    case RolloutPhase.HEALTHY: return { css: 'good' };
    case RolloutPhase.PROGRESSING: return { css: 'stable' };
    case RolloutPhase.PAUSED: return { css: 'canary', pattern: 'hatch' };
    case RolloutPhase.DEGRADED: return { css: 'bad', pattern: 'cross' };
  }
}

/** What a verdict is called beside its sign. */
export const VERDICT_WORDS: Readonly<Record<AnalysisVerdict, string>> = {
  [AnalysisVerdict.SUCCESSFUL]: 'good',
  [AnalysisVerdict.FAILED]: 'failed',
  [AnalysisVerdict.INCONCLUSIVE]: 'inconclusive',
  [AnalysisVerdict.ERROR]: 'no answer',
  [AnalysisVerdict.RUNNING]: 'not decided',
};

/*
 * Numbers and times as people read them. Nothing here depends on the language of the machine.
 */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** `0 s`, `45 s`, `12 min 30 s`, `1 h 5 min`, `2 d 3 h`: the two greatest units. */
export function durationText(seconds: number): string {
  const given = Math.max(0, Number.isFinite(seconds) ? seconds : 0);
  if (given < MINUTE) {
    return `${Number(given.toFixed(given < 10 ? 1 : 0))} s`;
  }
  const whole = Math.round(given);
  const parts: Array<[number, string]> = [
    [Math.floor(whole / DAY), 'd'],
    [Math.floor(whole % DAY / HOUR), 'h'],
    [Math.floor(whole % HOUR / MINUTE), 'min'],
    [whole % MINUTE, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A share from 0 to 1 as `0.42 %`, with three digits where there are so many. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** `1.35`, `12`, `4,800`, `1,250,000`. */
export function numberText(value: number): string {
  const short = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
  const [whole, fraction] = String(short).split('.');
  const grouped = /^-?\d{4,}$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 pod`, `2 pods`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** Great numbers in little room: `950,000`, `2.59 M`, `8.6 G`. */
export function compactText(value: number): string {
  const [unit, word] = value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : [1, ''];
  return `${numberText(unit === 1 ? Math.round(value) : Number((value / unit).toPrecision(3)))}${word}`;
}

const TIME_STEPS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY,
];

/** Marks on an axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Round times from 0 to `span` seconds, at most `most` after the first. */
export function timeTicks(span: number, most: number): Tick[] {
  const step = TIME_STEPS.find(s => span / s <= most) ?? Math.ceil(span / most / DAY) * DAY;
  return Array.from({ length: Math.floor(span / step + 1e-9) + 1 }, (_, i) => {
    const at = Number((i * step).toFixed(1));
    return { at, text: at === 0 ? '0' : durationText(at) };
  });
}

/** Round numbers from 0 on, the last one at `top` or above; at most five. */
export function countTicks(top: number): Tick[] {
  const most = Math.max(1, top);
  const magnitude = 10 ** Math.floor(Math.log10(most / 4));
  const step = Math.max(1, [1, 2, 5, 10].map(f => f * magnitude).find(s => most / s <= 4) ?? 1);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => ({ at: i * step, text: numberText(i * step) }));
}

/** The text cut to a number of characters, with an ellipsis. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, Math.max(0, most - 1)).join('').trimEnd()}…`;
}

/** The text broken between words into lines of at most `width` characters; longer words are broken themselves. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  // A number and its unit stay together.
  const words = text.split(/\s+(?!(?:%|s|min|h|d)(?:[^a-z]|$))/).filter(word => word !== '').flatMap(word => chunks(word, width));
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function chunks(word: string, width: number): string[] {
  const characters = [...word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, i) => characters.slice(i * width, (i + 1) * width).join(''));
}

import { TimelineEvent, TimelineEventKind } from '../timeline';
import { Frame, xOf } from './figure';
import { cut, durationText } from './format';
import { coordinate, element, hover, label, textWidth } from './xml';

const ROW = 17;
const ROWS = 4;
const TEXT = 11;
const LONGEST = 60;
/** Lines beyond this number tell nobody anything. */
const MOST = 60;

/** What is worth a line through the whole picture, the most telling first: when room is short, they get the labels. */
const MARKED: readonly TimelineEventKind[] = [
  TimelineEventKind.ABORTED, TimelineEventKind.PROMOTED, TimelineEventKind.TIMED_OUT, TimelineEventKind.ACTION, TimelineEventKind.ANALYSIS_FINISHED,
  TimelineEventKind.ANALYSIS_STARTED, TimelineEventKind.DEPLOYED, TimelineEventKind.PAUSED,
];

/** An event with its place in the picture. */
interface Mark {
  readonly events: TimelineEvent[];
  readonly x: number;
  text: string;
  row?: number;
  isLeft: boolean;
}

/** The marks of events: their labels in rows that do not overlap, and lines down through the panels. */
export interface Marks {
  /** How high the rows of labels are. */
  readonly height: number;
  /** The lines, to be drawn below the panels. */
  lines(top: number, bottom: number): string;
  /** The labels, whose rows begin at `top`. */
  labels(top: number): string;
}

/** Chooses and places the marks. */
export function placeMarks(events: readonly TimelineEvent[], frame: Frame): Marks {
  const marks = marksOf(events, frame);
  place(marks, frame);
  const rows = marks.reduce((most, mark) => Math.max(most, (mark.row ?? -1) + 1), 0);
  const height = rows === 0 ? 0 : rows * ROW + 4;
  return {
    height,
    lines: (top, bottom) => marks.map(mark => line(mark, mark.row === undefined ? top : top - height + (mark.row + 1) * ROW - 4, bottom)).join(''),
    labels: top => marks.filter(mark => mark.row !== undefined).map(mark => label(
      mark.isLeft ? mark.x - 4 : mark.x + 4, top + mark.row! * ROW + 12, mark.text,
      { 'class': isGrave(mark.events) ? 'bad halo' : 'ink halo', 'font-size': TEXT, 'text-anchor': mark.isLeft ? 'end' : undefined },
    )).join(''),
  };
}

/** Events at one place are one mark. */
function marksOf(events: readonly TimelineEvent[], frame: Frame): Mark[] {
  const marks: Mark[] = [];
  const chosen = events.filter(event => MARKED.includes(event.kind) && event.seconds > 0);
  const kinds = MARKED.filter(kind => chosen.some(event => event.kind === kind));
  while (chosen.length > MOST && kinds.length > 1) {
    const least = kinds.pop();
    chosen.splice(0, chosen.length, ...chosen.filter(event => event.kind !== least));
  }
  for (const event of chosen.slice(0, MOST)) {
    const x = xOf(frame, event.seconds);
    const last = marks.at(-1);
    if (last && x - last.x < 3) {
      last.events.push(event);
    } else {
      marks.push({ events: [event], x, text: '', isLeft: false });
    }
  }
  for (const mark of marks) {
    mark.text = cut(firstOf(mark.events).message, LONGEST);
  }
  return marks;
}

function rank(event: TimelineEvent): number {
  return MARKED.indexOf(event.kind);
}

function firstOf(events: TimelineEvent[]): TimelineEvent {
  return events.reduce((a, b) => rank(b) < rank(a) ? b : a);
}

/** Gives each mark the lowest row in which its label overlaps no other one and is crossed by no line. */
function place(marks: Mark[], frame: Frame): void {
  const taken: Array<Array<[number, number]>> = Array.from({ length: ROWS }, () => []);
  const right = frame.left + frame.width;
  for (const mark of [...marks].sort((a, b) => rank(firstOf(a.events)) - rank(firstOf(b.events)) || a.x - b.x)) {
    const width = textWidth(mark.text, TEXT) + 10;
    const sides = [false, true].filter(isLeft => isLeft ? mark.x - width > frame.left - 120 : mark.x + width < right + 40);
    const free = sides.flatMap(isLeft => {
      const [from, to] = isLeft ? [mark.x - width, mark.x] : [mark.x, mark.x + width];
      const fits = (spans: Array<[number, number]>) => spans.every(([a, b]) => to <= a || from >= b);
      // The line goes down from the label, and must not strike out a label below it.
      const isClear = (spans: Array<[number, number]>) => spans.every(([a, b]) => mark.x <= a || mark.x >= b);
      const row = taken.findIndex((spans, i) => fits(spans) && taken.slice(i + 1).every(isClear));
      return row < 0 ? [] : [{ isLeft, row, from, to }];
    }).sort((a, b) => a.row - b.row)[0];
    if (free !== undefined) {
      mark.row = free.row;
      mark.isLeft = free.isLeft;
      taken[free.row].push([free.from, free.to]);
      for (let row = free.row + 1; row < ROWS; row++) {
        taken[row].push([mark.x - 2, mark.x + 2]);
      }
    }
  }
}

function line({ events, x }: Mark, top: number, bottom: number): string {
  const css = isGrave(events) ? 's-bad' : 's-soft';
  return element('g', {},
    element('path', { 'd': `M${coordinate(x)} ${coordinate(top)}V${coordinate(bottom)}`, 'class': css, 'stroke-width': isGrave(events) ? 1.5 : 1, 'stroke-dasharray': '4 3' }),
    hover(events.slice(0, 8).map(event => `${durationText(event.seconds)}: ${cut(event.message, 200)}`).join('; ')));
}

function isGrave(events: TimelineEvent[]): boolean {
  return events.some(event => event.kind === TimelineEventKind.ABORTED || event.kind === TimelineEventKind.TIMED_OUT);
}

import { PAINT } from './style';
import { printable } from '../../core/diagnostics/printable';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Text as it may stand in XML and HTML, in content as in attributes: no markup, no character that XML refuses or that turns the text round. */
export function escapeXml(text: string): string {
  return printable(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD').replace(/[&<>"']/g, c => ENTITIES[c]);
}

/** A coordinate: two decimals are less than anybody sees. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

/** Attributes of an element; numbers are coordinates, what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element, with what its classes look like. The children are markup already; text goes through `escapeXml`. */
export function element(name: string, attributes: Attributes = {}, ...children: string[]): string {
  const classes = attributes.class === undefined ? [] : String(attributes.class).split(' ');
  const painted: Attributes = Object.assign({}, ...classes.map(one => PAINT[one]), attributes);
  const written = Object.entries(painted).flatMap(([key, value]) => value === undefined ? []
    : [` ${key}="${typeof value === 'number' ? coordinate(value) : escapeXml(value)}"`]).join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** Text at a place. */
export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeXml(text));
}

/** What is shown when the pointer rests on the element around it. */
export function hover(text: string): string {
  return element('title', {}, escapeXml(text));
}

/** How wide a text may get, at most, in a common font without serifs. Wide scripts count twice. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of printable(text)) {
    width += character.codePointAt(0)! >= 0x1100 ? 1.1 : /[ilj.,:;'|!()[\] ]/.test(character) ? 0.36 : /[mwMW%@]/.test(character) ? 0.96 : 0.62;
  }
  return width * size;
}

/** The text cut so that it is at most so wide; nothing when not even two characters have room. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) {
    return text;
  }
  const characters = [...text];
  let width = textWidth('…', size);
  let count = 0;
  while (count < characters.length && width + textWidth(characters[count], size) <= room) {
    width += textWidth(characters[count], size);
    count += 1;
  }
  return count < 2 ? '' : `${characters.slice(0, count).join('').trimEnd()}…`;
}

/** A short name for a text, the same wherever it is made: ids of several pictures in one page must differ. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5; // FNV-1a
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

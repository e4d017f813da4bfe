/* A strict reader of the XML that pictures are made of: what it takes, every browser takes. */

/** An element with its attributes, its children and the text in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<(?<close>\/)?(?<name>[A-Za-z][\w-]*)(?<attributes>(?: [A-Za-z][\w:-]*="[^"<]*")*)(?<empty>\/)?>|(?<text>[^<]+)/gy;
const ENTITIES: Record<string, string> = { 'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', '#39': '\'' };

/** The root element. Throws on whatever is not well-formed, or not in this small part of XML. */
export function parseXml(markup: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(markup); match !== null; match = TOKEN.exec(markup)) {
    end = TOKEN.lastIndex;
    const { close, name, attributes, empty, text } = match.groups!;
    const parent = open[open.length - 1];
    if (text !== undefined) {
      parent.text += unescaped(text);
    } else if (close) {
      if (parent.name !== name) {
        throw new Error(`</${name}> closes <${parent.name}> at ${match.index}`);
      }
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescaped(value)] as const);
      if (new Set(pairs.map(([key]) => key)).size !== pairs.length) {
        throw new Error(`<${name}> has an attribute twice at ${match.index}`);
      }
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (!empty) {
        open.push(element);
      }
    }
  }
  if (end !== markup.length || open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') {
    throw new Error(`no XML at ${end}: ${markup.slice(end, end + 60)}`);
  }
  return root.children[0];
}

function unescaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- what XML 1.0 refuses
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw new Error('a character that XML refuses');
  }
  return text.replace(/&([^;]*);?/g, (_, name: string) => {
    if (!(name in ENTITIES)) {
      throw new Error(`an unknown entity: ${name}`);
    }
    return ENTITIES[name];
  });
}

/** All elements of a name, in their order; all elements without one. */
export function elementsOf(root: XmlElement, name?: string): XmlElement[] {
  return [...(name === undefined || root.name === name ? [root] : []), ...root.children.flatMap(child => elementsOf(child, name))];
}

/** The texts that are drawn. */
export function textsOf(root: XmlElement): string[] {
  return elementsOf(root, 'text').map(element => element.text);
}

/** The texts that appear under the pointer. */
export function hoversOf(root: XmlElement): string[] {
  return elementsOf(root, 'title').slice(1).map(element => element.text); // the first is that of the picture
}

import { Document, isNode, isScalar, isSeq, Pair, Scalar, visit } from 'yaml';

/** What stands in the file beside the data, by the path of a key. */
export interface YamlTrim {
  /** Comments before a key; the empty path is the head. */
  readonly comments: Record<string, string>;
  /** Comments behind a value, on its line. */
  readonly trailing: Record<string, string>;
  /** Keys after a blank line. */
  readonly blankLines: readonly string[];
}

/**
 * Plain data as YAML that readers of 1.1 and of 1.2 understand alike, with comments.
 *
 * @param value the data
 * @param trim comments and blank lines
 * @param refuse called for a path that does not exist, or that a comment cannot stand behind
 */
export function printYaml(value: unknown, { comments, trailing, blankLines }: YamlTrim, refuse: (key: string, known: string[]) => never): string {
  // Many readers are of YAML 1.1, where `on`, `012` and `1:30` are no strings.
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  quoteDoubtful(document);
  const entries = Object.entries(comments);
  const behind = Object.entries(trailing);
  const places = entries.length + behind.length + blankLines.length > 0 ? placesOf(document) : new Map<string, never>();
  const placeOf = (key: string) => places.get(key) ?? refuse(key, [...places.keys()]);
  for (const [key, comment] of entries) {
    const target = key === '' ? document : placeOf(key).key;
    target.commentBefore = commentLines(comment).map(line => ` ${line}`.trimEnd()).join('\n');
  }
  for (const [key, comment] of behind) {
    const { value: target } = placeOf(key);
    if (!isScalar(target) || (typeof target.value === 'string' && target.value.includes('\n'))) {
      return refuse(key, [...places.keys()].filter(each => isScalar(places.get(each)!.value)));
    }
    target.comment = ` ${commentLines(comment).join(' ').trim()}`;
  }
  for (const key of blankLines) {
    placeOf(key).key.spaceBefore = true;
  }
  return escapeUnprintable(document.toString({ lineWidth: 0 }));
}

/** Quotes what some reader takes for something else, although the library prints it plain or as a block. */
function quoteDoubtful(document: Document): void {
  visit(document, {
    Scalar(key, node) {
      const isRoot = key === null;
      if (typeof node.value === 'string' && (isRoot || DOUBTFUL.test(node.value) || node.value.search(UNPRINTABLE) >= 0)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
}

/** One line that begins like a number (`1,000`) or is `=` or begins with a colon (Ruby), or blanks before the first word. */
const DOUBTFUL = /^(?:=|:.*|[-+._]*\d.*)$|^(?:[ \t]*\n)*[ \t]+\n/;

/** Characters that some reader refuses, or takes for a line break. They stand in double quotes only. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The lines of a comment: nothing in it may end the comment early for any reader. */
function commentLines(comment: string): string[] {
  return comment.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map(line => line.replace(/[^\P{Cc}\t]|[\ufeff\ufffe\uffff]/gu, ''));
}

interface Place {
  /** What a comment stands before. */
  readonly key: { commentBefore?: string | null; spaceBefore?: boolean };
  readonly value: unknown;
}

/** The nodes at which comments can stand, by the path of their key. */
function placesOf(document: Document): Map<string, Place> {
  const found = new Map<string, Place>();
  visit(document, {
    Pair(_, pair, ancestors) {
      const key = pair.key;
      if (isScalar(key)) {
        found.set([...pathOf(ancestors), String(key.value)].join('/'), { key, value: pair.value });
      }
    },
    Node(key, node, ancestors) {
      if (typeof key === 'number') {
        found.set([...pathOf(ancestors), String(key)].join('/'), { key: node, value: node });
      }
    },
  });
  return found;

  function pathOf(ancestors: readonly unknown[]): string[] {
    return ancestors.flatMap((ancestor, i) => {
      if (ancestor instanceof Pair && isScalar(ancestor.key)) {
        return [String(ancestor.key.value)];
      }
      const next = ancestors[i + 1];
      return isSeq(ancestor) && isNode(next) ? [String(ancestor.items.indexOf(next))] : [];
    });
  }
}

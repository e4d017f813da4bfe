import { Document, isNode, isScalar, isSeq, Pair, Scalar, visit } from 'yaml';

/**
 * Plain data as YAML that readers of 1.1 and of 1.2 understand alike, with comments before keys.
 *
 * @param value the data
 * @param comments by the path of the key that they stand before; the empty path is the head
 * @param refuse called for a comment on a path that does not exist
 */
export function printYaml(value: unknown, comments: Record<string, string>, refuse: (key: string, known: string[]) => never): string {
  // Many readers are of YAML 1.1, where `on`, `012` and `1:30` are no strings.
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  quoteDoubtful(document);
  const entries = Object.entries(comments);
  const keys = entries.length > 0 ? keysOf(document) : new Map<string, never>();
  for (const [key, comment] of entries) {
    const target = key === '' ? document : keys.get(key) ?? refuse(key, [...keys.keys()]);
    target.commentBefore = commentLines(comment).map(line => ` ${line}`.trimEnd()).join('\n');
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

/** The nodes before which a comment can stand, by the path of their key. */
function keysOf(document: Document): Map<string, { commentBefore?: string | null }> {
  const found = new Map<string, { commentBefore?: string | null }>();
  visit(document, {
    Pair(_, pair, ancestors) {
      const key = pair.key;
      if (isScalar(key)) {
        found.set([...pathOf(ancestors), String(key.value)].join('/'), key);
      }
    },
    Node(key, node, ancestors) {
      if (typeof key === 'number') {
        found.set([...pathOf(ancestors), String(key)].join('/'), node);
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

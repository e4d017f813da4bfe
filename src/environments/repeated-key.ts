/**
 * A key that stands twice in one object of a JSON text, if there is one: `JSON.parse` takes the last of them, and a merge may leave two.
 *
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | undefined {
  const objects: Array<Set<string> | undefined> = []; // nothing for a list
  const token = /[{}[\]"]/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === '{' || found === '[') {
      objects.push(found === '{' ? new Set() : undefined);
    } else if (found !== '"') {
      objects.pop();
    } else {
      token.lastIndex = endOfString(text, match.index);
      const keys = isKey(text, token.lastIndex) ? objects.at(-1) : undefined;
      const key: string | undefined = keys && JSON.parse(text.slice(match.index, token.lastIndex));
      if (key !== undefined && keys!.has(key)) {
        return key;
      }
      keys?.add(key!);
    }
  }
  return undefined;
}

/** Where a string ends that begins at a quote. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text[at] ?? '')) {
    at++;
  }
  return text[at] === ':';
}

/*
 * Globs over branches, tags and paths: `*` is anything within a segment, `**` anything across segments, `?` one character of a segment.
 * Everything else is literal: what a system gives a further meaning is escaped by its engine.
 */

/** A regular expression without anchors, in the common ground of JavaScript, RE2 and Ruby. */
export function globPattern(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, part => {
    switch (part) {
      case '**/': return '(?:.*/)?';
      case '**': return '.*';
      case '*': return '[^/]*';
      case '?': return '[^/]';
      default: return part.replace(/[\\^$.|+()[\]{}/-]/g, char => char === '/' || char === '-' ? char : `\\${char}`);
    }
  });
}

const COMPILED = new Map<string, RegExp>();

/** Whether a glob matches the whole of a value. */
export function globMatches(value: string, glob: string): boolean {
  let compiled = COMPILED.get(glob);
  if (compiled === undefined) {
    compiled = new RegExp(`^${globPattern(glob)}$`, 's');
    COMPILED.set(glob, compiled);
  }
  return compiled.test(value);
}

/** Whether it is one value alone. */
export function isLiteral(glob: string): boolean {
  return !/[*?]/.test(glob);
}

import { readText } from '../../engines/jenkins/read-groovy';

/** A block of a Jenkinsfile: what stands before its brace, and what is in it. */
export interface Block {
  readonly head: string;
  /** Everything in it, on one line, with texts as they stand; without comments. */
  readonly inside: string;
  readonly blocks: readonly Block[];
}

/** The outermost blocks. Braces in texts are text. */
export function blocksOf(source: string): Block[] {
  return blockAt(source, 0).blocks as Block[];
}

function blockAt(source: string, from: number): { readonly blocks: readonly Block[]; readonly inside: string; readonly end: number } {
  const blocks: Block[] = [];
  let inside = '';
  let head = '';
  let at = from;
  const add = (text: string) => {
    inside += text;
    head += text;
  };
  while (at < source.length && source[at] !== '}') {
    if (source.startsWith('//', at)) {
      at = source.indexOf('\n', at);
    } else if (source[at] === '\'') {
      const { end } = readText(source, at);
      add(source.slice(at, end));
      at = end;
    } else if (source[at] === '{') {
      const inner = blockAt(source, at + 1);
      blocks.push({ head: flat(head), inside: flat(inner.inside), blocks: inner.blocks });
      inside += `{${inner.inside}}`;
      head = '';
      at = inner.end;
    } else {
      add(source[at]);
      head = source[at] === '\n' ? '' : head;
      at += 1;
    }
  }
  return { blocks, inside, end: at + 1 };
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

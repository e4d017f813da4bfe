import type { SharedNames } from './structure';

/** What the one environment calls so, and the other so. */
export type NamePair = readonly [before: string, after: string];

/**
 * What two environments call by different names: themselves, their namespaces, and objects that are the same but for their names.
 * A name counts as a whole word only: `dev` stands in `shop-dev` and `dev.example.com`, and not in `devices`.
 */
export class Names implements SharedNames {
  /** The names of two environments, as they are and in capitals. */
  public static of(before: string, after: string): Names {
    const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    return new Names([]).and([[before, after], [capital(before), capital(after)], [before.toUpperCase(), after.toUpperCase()]]);
  }

  private readonly words: { before?: RegExp; after?: RegExp };

  private constructor(private readonly pairs: NamePair[]) {
    this.words = { before: anyOf(pairs.map(([before]) => before)), after: anyOf(pairs.map(([, after]) => after)) };
  }

  /** These names and others. */
  public and(pairs: NamePair[]): Names {
    const all = new Map(this.pairs.map(pair => [pair.join('\n'), pair]));
    pairs.filter(([before, after]) => before !== '' && after !== '' && before !== after).forEach(pair => all.set(pair.join('\n'), pair));
    // The longest first: the namespace before the environment whose name it ends with.
    return new Names([...all.values()].sort((a, b) => b[0].length - a[0].length || (a.join('\n') < b.join('\n') ? -1 : 1)));
  }

  /** Whether two texts differ in names alone: where the one has a name of the one environment, the other has that of the other. */
  public follows(before: string, after: string): boolean {
    const open: Array<[number, number]> = [[0, 0]];
    const seen = new Set<number>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      let [i, j] = next;
      let found = this.pairsAt(before, i, after, j);
      while (found.length === 0 && i < before.length && before[i] === after[j]) {
        i++;
        j++;
        found = this.pairsAt(before, i, after, j);
      }
      if (i === before.length && j === after.length) {
        return true;
      }
      const place = i * (after.length + 1) + j;
      if (found.length === 0 || seen.has(place)) {
        continue;
      }
      seen.add(place);
      if (before[i] === after[j]) {
        open.push([i + 1, j + 1]); // the same letters may be no name here
      }
      found.reverse().forEach(([b, a]) => open.push([i + b.length, j + a.length]));
    }
    return false;
  }

  public before(text: string): string {
    return this.words.before === undefined ? text : text.replace(this.words.before, word => this.placeholder(word, 0));
  }

  public after(text: string): string {
    return this.words.after === undefined ? text : text.replace(this.words.after, word => this.placeholder(word, 1));
  }

  private pairsAt(before: string, i: number, after: string, j: number): NamePair[] {
    return this.pairs.filter(([b, a]) => isWord(before, i, b) && isWord(after, j, a));
  }

  private placeholder(word: string, side: 0 | 1): string {
    return `\ue000${this.pairs.findIndex(pair => pair[side] === word)}\ue000`;
  }
}

function anyOf(words: string[]): RegExp | undefined {
  const longest = [...words].sort((a, b) => b.length - a.length).map(word => word.replace(/[^A-Za-z0-9]/g, '\\$&'));
  return words.length === 0 ? undefined : new RegExp(`(?<![A-Za-z0-9])(?:${longest.join('|')})(?![A-Za-z0-9])`, 'g');
}

/** Whether a word stands at a place, and no letter or digit beside it. */
function isWord(text: string, place: number, word: string): boolean {
  return text.startsWith(word, place) && !isLetter(text[place - 1]) && !isLetter(text[place + word.length]);
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z0-9]/.test(char);
}

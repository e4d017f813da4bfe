/** More comparisons than this are not made: what is longer is paired place by place. */
const MOST = 1_000_000;

/**
 * A longest common subsequence: pairs of places, ascending on both sides.
 *
 * @param before the length of the one sequence
 * @param after the length of the other
 * @param same whether the items at two places count as the same
 */
export function commonSubsequence(before: number, after: number, same: (i: number, j: number) => boolean): Array<[number, number]> {
  const start: Array<[number, number]> = [];
  while (start.length < Math.min(before, after) && same(start.length, start.length)) {
    start.push([start.length, start.length]);
  }
  const end: Array<[number, number]> = [];
  const rest = Math.min(before, after) - start.length;
  while (end.length < rest && same(before - 1 - end.length, after - 1 - end.length)) {
    end.push([before - 1 - end.length, after - 1 - end.length]);
  }
  const offset = start.length;
  const middle = between(before - offset - end.length, after - offset - end.length, (i, j) => same(i + offset, j + offset));
  return [...start, ...middle.map(([i, j]): [number, number] => [i + offset, j + offset]), ...end.reverse()];
}

function between(before: number, after: number, same: (i: number, j: number) => boolean): Array<[number, number]> {
  if (before * after > MOST) {
    return placeByPlace(Math.min(before, after), same);
  }
  const width = after + 1;
  const lengths = new Uint32Array((before + 1) * width);
  const isSame = new Uint8Array(before * after);
  for (let i = before - 1; i >= 0; i--) {
    for (let j = after - 1; j >= 0; j--) {
      isSame[i * after + j] = same(i, j) ? 1 : 0;
      lengths[i * width + j] = isSame[i * after + j] === 1
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const pairs: Array<[number, number]> = [];
  for (let i = 0, j = 0; i < before && j < after;) {
    if (isSame[i * after + j] === 1) {
      pairs.push([i++, j++]);
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}

function placeByPlace(length: number, same: (i: number, j: number) => boolean): Array<[number, number]> {
  return Array.from({ length }, (_, i): [number, number] => [i, i]).filter(([i, j]) => same(i, j));
}

/** What lies between the pairs of a common subsequence: the places that only one side has, gap by gap. */
export function gaps(before: number, after: number, pairs: Array<[number, number]>): Array<{ before: number[]; after: number[] }> {
  const bounds: Array<[number, number]> = [[-1, -1], ...pairs, [before, after]];
  return bounds.slice(1).map(([i, j], n) => ({ before: range(bounds[n][0] + 1, i), after: range(bounds[n][1] + 1, j) }));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

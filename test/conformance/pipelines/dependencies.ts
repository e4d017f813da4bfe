/** The circles in what needs what: each from a name round to itself. */
export function cyclesOf(needs: Record<string, string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, path: string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      cycles.push([...path.slice(start), name]);
      return;
    }
    if (done.has(name)) return;
    for (const needed of Object.hasOwn(needs, name) ? needs[name] : []) visit(needed, [...path, name]);
    done.add(name);
  };
  Object.keys(needs).forEach((name) => visit(name, []));
  return cycles;
}

/** What is needed and not there. */
export function missingOf(needs: Record<string, string[]>): Array<{ name: string; needed: string }> {
  return Object.entries(needs).flatMap(([name, all]) => all.filter((needed) => !Object.hasOwn(needs, needed)).map((needed) => ({ name, needed })));
}

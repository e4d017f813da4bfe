/** Two names that are one to a system that does not tell upper from lower case, with what is wrong with them. */
export function twins(names: Iterable<string>): string | undefined {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined && other !== name) {
      return `${other} and ${name} differ in upper and lower case alone`;
    }
    seen.set(name.toLowerCase(), name);
  }
  return undefined;
}

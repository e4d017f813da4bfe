/** The name that is wanted, or with the first number from 2 that makes it one that is not taken. */
export function freeName(wanted: string, taken: { has(name: string): boolean }, between = '-'): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) {
    name = `${wanted}${between}${n}`;
  }
  return name;
}

/** Names that are taken where upper and lower case are one. */
export class CaselessNames {
  private readonly names = new Set<string>();

  public has(name: string): boolean {
    return this.names.has(name.toLowerCase());
  }

  public add(name: string): void {
    this.names.add(name.toLowerCase());
  }
}

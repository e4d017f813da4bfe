/** An identifier of Azure Pipelines, `[A-Za-z_][A-Za-z0-9_]*`, of a DNS label or the name of a leg. */
export function identifier(text: string): string {
  const word = text.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(word) ? word : `_${word}`;
}

/** Identifiers, each given once. Azure Pipelines does not tell upper from lower case. */
export class Identifiers {
  private readonly taken: Set<string>;

  public constructor(reserved: readonly string[] = []) {
    this.taken = new Set(reserved);
  }

  public take(wanted: string): string {
    const base = identifier(wanted);
    let id = base;
    for (let n = 2; this.taken.has(id.toLowerCase()); n++) {
      id = `${base}_${n}`;
    }
    this.taken.add(id.toLowerCase());
    return id;
  }
}

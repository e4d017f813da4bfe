import { CaselessNames, freeName } from '../../../core/free-name';

/** An identifier of Azure Pipelines, `[A-Za-z_][A-Za-z0-9_]*`, of a DNS label or the name of a leg. */
export function identifier(text: string): string {
  const word = text.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(word) ? word : `_${word}`;
}

/** Identifiers, each given once. Azure Pipelines does not tell upper from lower case. */
export class Identifiers {
  private readonly taken = new CaselessNames();

  /** @param reserved identifiers that cannot be */
  public constructor(private readonly reserved: readonly string[] = []) {}

  public take(wanted: string): string {
    const word = identifier(wanted);
    const base = this.reserved.includes(word.toLowerCase()) ? `${word}_job` : word;
    const id = freeName(base, this.taken, '_');
    this.taken.add(id);
    return id;
  }
}

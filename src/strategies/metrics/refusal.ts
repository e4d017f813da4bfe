/** Why a metric cannot be asked for; becomes a finding in `queryOf`. Without a fault, there is nobody to ask. */
export class Refusal {
  public constructor(public readonly fault?: string, public readonly known?: string[]) {}
}

/** A rule that one object breaks. */
export interface Finding {
  readonly file: string;
  readonly object: string;
  readonly rule: string;
  readonly message: string;
}

/** What one tool says about one tree. */
export interface Verdict {
  /** How many objects the tool looked at. */
  readonly checked: number;
  readonly findings: Finding[];
  /** Worth knowing, and no fault. */
  readonly notes?: string[];
  /** Objects of a kind that the tool can judge, where it tells. */
  readonly known?: string[];
}

/** A verdict, with who gave it and when. */
export interface Entry extends Verdict {
  readonly tool: string;
  readonly version: string;
  readonly seconds: number;
  readonly folder: string;
}

/** Everything that a run found out, and how it is printed. */
export class Report {
  private readonly entries: Entry[] = [];
  private readonly passes: string[] = [];
  public readonly failures: string[] = [];
  private readonly skips: string[] = [];

  add(entry: Entry): void {
    this.entries.push(entry);
  }

  /** What passed without being an object. */
  pass(message: string): void {
    this.passes.push(message);
  }

  /** What failed without being a finding on an object. */
  fail(message: string): void {
    this.failures.push(message);
  }

  skip(message: string): void {
    this.skips.push(message);
  }

  get failed(): number {
    return this.failures.length + sum(this.entries.map(brokenObjects));
  }

  get passed(): number {
    return this.passes.length + sum(this.entries.map((entry) => Math.max(0, entry.checked - brokenObjects(entry))));
  }

  toString(): string {
    return [
      ...this.entries.flatMap((entry) => [
        `${entry.tool} ${entry.version}: ${entry.checked} objects of ${entry.folder} in ${entry.seconds.toFixed(1)} s`,
        ...entry.findings.map((finding) => `  ${finding.file}: ${finding.object}: ${finding.rule}: ${oneLine(finding.message)}`),
        ...(entry.notes ?? []).map((note) => `  note: ${oneLine(note)}`),
      ]),
      ...this.passes.map((pass) => `passed: ${oneLine(pass)}`),
      ...this.failures.map((failure) => `failed: ${oneLine(failure)}`),
      ...this.skips.map((skip) => `skipped: ${oneLine(skip)}`),
      `conformance: ${this.passed} passed, ${this.failed} failed${this.skips.length > 0 ? `, ${this.skips.length} skipped` : ''}`,
    ].join('\n');
  }

  toJSON(): object {
    const { entries, passes, failures, skips, passed, failed } = this;
    return { tools: entries, passes, failures, skips, passed, failed };
  }
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 500);
}

function brokenObjects(verdict: Verdict): number {
  return new Set(verdict.findings.map((finding) => `${finding.file} ${finding.object}`)).size;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

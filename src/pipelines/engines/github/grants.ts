import type { CapabilityName, JobNode } from '../../graph';

export type Level = 'read' | 'write';

/** What a grant comes to (docs.github.com, Workflow syntax, permissions). */
const SCOPES: Readonly<Record<CapabilityName, Readonly<Record<string, Level>>>> = {
  readCode: { contents: 'read' },
  writeCode: { contents: 'write' },
  readPackages: { packages: 'read' },
  publishPackages: { packages: 'write' },
  identity: { 'id-token': 'write' },
  commentOnChange: { 'pull-requests': 'write' },
  // The upload reads the run that it belongs to, which a private repository has to allow (github/codeql-action, src/api-client.ts, getWorkflowRelativePath).
  uploadFindings: { 'actions': 'read', 'security-events': 'write' },
  attest: { 'attestations': 'write', 'artifact-metadata': 'write', 'id-token': 'write' },
  writeChecks: { checks: 'write' },
  writeStatuses: { statuses: 'write' },
  writeDeployments: { deployments: 'write' },
  readActions: { actions: 'read' },
  writeIssues: { issues: 'write' },
  publishPages: { 'pages': 'write', 'id-token': 'write' },
};

/** Scopes of a job, each with the reasons why. */
export class Grants {
  public static of(job: JobNode): Grants {
    const grants = new Grants();
    for (const { capability, reason } of job.grants) {
      grants.addAll(SCOPES[capability], reason);
    }
    for (const { audience } of job.identities) {
      grants.add('id-token', 'write', `a token for ${audience}`);
    }
    if (job.steps.some(step => step.kind === 'checkout')) {
      grants.need('contents', 'read', 'checks out the code');
    }
    return grants;
  }

  private readonly scopes = new Map<string, { level: Level; readonly reasons: Set<string> }>();

  public add(scope: string, level: Level, reason: string): void {
    const known = this.scopes.get(scope);
    if (known === undefined) {
      this.scopes.set(scope, { level, reasons: new Set([reason]) });
      return;
    }
    known.level = level === 'write' ? level : known.level;
    known.reasons.add(reason);
  }

  public addAll(scopes: Readonly<Record<string, Level>>, reason: string): void {
    Object.entries(scopes).forEach(([scope, level]) => this.add(scope, level, reason));
  }

  /** Adds a scope unless it is there. */
  public need(scope: string, level: Level, reason: string): void {
    const known = this.scopes.get(scope);
    if (known === undefined || known.level === 'read' && level === 'write') {
      this.add(scope, level, reason);
    }
  }

  public addFrom(other: Grants): void {
    other.scopes.forEach(({ level, reasons }, scope) => reasons.forEach(reason => this.add(scope, level, reason)));
  }

  /** The scopes, and the comments on them. */
  public write(): { readonly permissions: Record<string, Level>; readonly comments: Record<string, string> } {
    const entries = [...this.scopes].sort(([a], [b]) => a < b ? -1 : 1);
    return {
      permissions: Object.fromEntries(entries.map(([scope, { level }]) => [scope, level])),
      comments: Object.fromEntries(entries.map(([scope, { reasons }]) => [scope, [...reasons].join('; ')])),
    };
  }
}

import { Finding, Severity } from './finding';
import { ProblemEntry } from './problem';
import { inOrder } from './render-text';

/** Findings for a program. The shape is versioned; fields are only ever added. */
export function renderJson(findings: Finding[]): string {
  const count = (severity: Severity) => findings.filter(f => f.severity === severity && f.acknowledged === undefined).length;
  return JSON.stringify({
    version: 1,
    errors: count(Severity.ERROR),
    warnings: count(Severity.WARNING),
    acknowledged: findings.filter(f => f.acknowledged !== undefined).length,
    findings: inOrder(findings),
  }, null, 2) + '\n';
}

/** Findings as SARIF 2.1.0, for code scanning. The program's entry stands for the location. */
export function renderSarif(findings: Finding[], catalogue: ProblemEntry[], program = 'cdk8s.yaml', version?: string): string {
  const used = new Set(findings.map(f => f.code));
  const rules = catalogue.filter(entry => used.has(entry.code));
  const index = new Map(rules.map((rule, i) => [rule.code, i]));
  // SARIF 2.1.0, 3.27.23: either all results of a run have suppressions, or none has.
  const hasSuppressions = findings.some(f => f.acknowledged !== undefined);
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk8s-fairway',
          ...(version === undefined ? {} : { semanticVersion: version }),
          informationUri: 'https://github.com/cdk8s-fairway/cdk8s-fairway',
          rules: rules.map(rule => ({
            id: rule.code,
            shortDescription: { text: rule.title },
            fullDescription: { text: rule.explanation },
            defaultConfiguration: { level: rule.severity },
          })),
        },
      },
      results: inOrder(findings).map(f => ({
        ruleId: f.code,
        ...(index.has(f.code) ? { ruleIndex: index.get(f.code) } : {}),
        level: f.severity,
        message: { text: `${f.message} ${f.remedy}` },
        locations: [{
          physicalLocation: { artifactLocation: { uri: encodeURI(program) }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: f.path || '(platform)' }],
        }],
        ...(hasSuppressions
          ? { suppressions: f.acknowledged === undefined ? [] : [{ kind: 'inSource', justification: f.acknowledged }] }
          : {}),
      })),
    }],
  }, null, 2) + '\n';
}

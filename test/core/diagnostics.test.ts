import * as fs from 'fs';
import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { FairwayError } from '../../src/core/diagnostics/fairway-error';
import { didYouMean, list, show } from '../../src/core/diagnostics/problem';
import { renderJson, renderSarif } from '../../src/core/diagnostics/render-data';
import { renderCount, renderText } from '../../src/core/diagnostics/render-text';
import * as messages from '../../src/core/messages';
import { codes, findingsOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import { chart, newPlatform, platformOf, repositoryFile } from '../support/platform';
import { Diagnostics, FileContent, Finding, Platform, Severity } from 'cdk8s-fairway';

function finding(code: string, where: string, more: Partial<Finding> = {}): Finding {
  return { code, severity: Severity.WARNING, path: where, message: `${code} at ${where}.`, remedy: 'Mend it.', ...more };
}

/** Adds a check that finds what it is given. */
function finds(scope: Construct, ...found: Finding[]): void {
  Diagnostics.of(scope).addCheck({ check: () => found });
}

let printed: jest.SpyInstance;
beforeEach(() => printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => printed.mockRestore());

describe('checks', () => {
  test('all findings come together, and one error is enough to write nothing', () => {
    const platform = platformOf(newFolder(), { 'a.md': '' });
    const web = chart(platform, 'web', 'o');
    web.node.addValidation({ validate: () => ['first fault', 'second fault'] });
    web.apiObjects[0].node.addValidation({ validate: () => ['third fault'] });
    web.addDependency(new Construct(platform, 'model'));
    finds(platform, finding('ACME-1', 'web'), finding('ACME-2', '', { severity: Severity.ERROR }));
    const findings = findingsOf(() => platform.synth());
    expect(codes(findings).sort()).toEqual(['ACME-1', 'ACME-2', 'FW101', 'FW101', 'FW101', 'FW108']);
    expect(findings.filter(f => f.code === 'FW101').map(f => [f.path, f.message]))
      .toEqual([['web', 'first fault'], ['web', 'second fault'], ['web/o', 'third fault']]);
    expect(platform.check()).toEqual(findings);
    expect(readTree(platform.root)).toEqual({});
  });

  test('warnings do not stop a synth; they are printed once, and returned', () => {
    const platform = platformOf(newFolder(), { 'a.md': '' });
    finds(platform, finding('ACME-1', 'x'));
    expect(platform.synthesize().findings).toEqual([finding('ACME-1', 'x')]);
    expect(Object.keys(readTree(platform.root))).toContain('a.md');
    expect(printed.mock.calls).toEqual([['warning ACME-1  x\n  ACME-1 at x.\n  → Mend it.\n']]);
  });

  test.each<[string, () => Finding[], string]>([
    ['throws an error', () => { throw new Error('no such field'); }, 'no such field'],
    ['throws a string', () => { throw 'no\u001b such field'; }, '"no\\u001b such field"'],
    ['throws what cannot be printed', () => { throw 10n; }, '10'],
    ['returns nothing', () => undefined as unknown as Finding[], 'not iterable'],
  ])('a check that %s is an error itself, at its construct', (_, check, message) => {
    const platform = newPlatform();
    const web = chart(platform, 'web');
    Diagnostics.of(web).addCheck({ check });
    finds(platform, finding('ACME-1', 'web'));
    const findings = findingsOf(() => platform.synth());
    expect(codes(findings)).toEqual(['ACME-1', 'FW104']);
    expect(findings[1]).toMatchObject({ severity: 'error', path: 'web', message: expect.stringContaining(message) });
  });

  test('a check or validation that throws an error of this library finds what that says', () => {
    const platform = newPlatform();
    Diagnostics.of(platform).addCheck({ check: () => { throw new FairwayError([finding('ACME-9', 'x', { severity: Severity.ERROR })]); } });
    expect(findingsOf(() => platform.synth())).toMatchObject([{ code: 'ACME-9' }]);
  });

  test('a validation that throws does not hide the others', () => {
    const platform = newPlatform();
    chart(platform, 'a').node.addValidation({ validate: () => { throw new Error('broken'); } });
    chart(platform, 'b').node.addValidation({ validate: () => ['fault'] });
    expect(findingsOf(() => platform.synth())).toMatchObject([{ code: 'FW104', path: 'a' }, { code: 'FW101', path: 'b' }]);
  });

  test('in a plain cdk8s app the checks run as validations: errors fail, warnings do not', () => {
    const app = new App({ outdir: newFolder() });
    const web = new Chart(app, 'web');
    finds(web, finding('ACME-1', 'web'));
    app.synth();
    finds(web, finding('ACME-2', 'web', { severity: Severity.ERROR }));
    expect(() => app.synth()).toThrow('[web] ACME-2: ACME-2 at web. Mend it.');
  });

  test('below a platform a check runs once, not as a validation too', () => {
    let runs = 0;
    const web = chart(newPlatform(), 'web');
    Diagnostics.of(web).addCheck({ check: () => runs++ > 0 ? [] : [] });
    expect(web.node.validate()).toEqual([]);
    (web.node.root as Platform).synth();
    expect(runs).toBe(1);
  });
});

describe('acknowledgements', () => {
  test('accept the warnings of a code at a construct and below, with the reason', () => {
    const platform = newPlatform();
    const web = chart(platform, 'web');
    const webber = chart(platform, 'webber');
    finds(platform, finding('ACME-1', 'web'), finding('ACME-1', 'web/o'), finding('ACME-1', 'webber'), finding('ACME-2', 'web'));
    Diagnostics.of(web).acknowledge('ACME-1', ' it is a canary ');
    const findings = platform.check();
    expect(findings.map(f => [f.code, f.path, f.acknowledged])).toEqual([
      ['ACME-1', 'web', 'it is a canary'], ['ACME-1', 'web/o', 'it is a canary'], ['ACME-1', 'webber', undefined], ['ACME-2', 'web', undefined],
    ]);
    Diagnostics.of(webber).acknowledge('ACME-1', 'also');
    Diagnostics.of(platform).acknowledge('ACME-2', 'everywhere');
    platform.synth();
    expect(printed).not.toHaveBeenCalled(); // nothing is left to say
  });

  test('of two the inner one gives the reason, and none is idle', () => {
    const platform = newPlatform();
    const web = chart(platform, 'web');
    finds(platform, finding('ACME-1', 'web'));
    Diagnostics.of(platform).acknowledge('ACME-1', 'outer');
    Diagnostics.of(web).acknowledge('ACME-1', 'inner');
    expect(platform.check()).toMatchObject([{ code: 'ACME-1', acknowledged: 'inner' }]);
  });

  test('that match nothing are warnings', () => {
    const platform = newPlatform();
    const web = chart(platform, 'web');
    finds(platform, finding('ACME-1', ''));
    Diagnostics.of(web).acknowledge('ACME-1', 'x');
    expect(platform.check()).toMatchObject([{ code: 'ACME-1' }, { code: 'FW102', severity: 'warning', path: 'web', message: expect.stringContaining('ACME-1') }]);
    platform.synth();
  });

  test('of errors do not help', () => {
    const platform = newPlatform();
    finds(platform, finding('ACME-1', '', { severity: Severity.ERROR }));
    Diagnostics.of(platform).acknowledge('ACME-1', 'please');
    expect(codes(findingsOf(() => platform.synth()))).toEqual(['ACME-1', 'FW102']);
  });

  test.each([['', 'reason'], ['FW302', ''], ['FW302', ' \n'], ['fw302', 'reason'], ['FW', 'reason'], ['FW302 FW303', 'reason'], ['*', 'reason']])('with the code %j and the reason %j are refused', (code, reason) => {
    const web = chart(newPlatform(), 'web');
    expect(findingsOf(() => Diagnostics.of(web).acknowledge(code, reason))).toMatchObject([{ code: 'FW103', path: 'web' }]);
  });
});

describe('findingsOf', () => {
  test('an error of this library', () => {
    const error = new FairwayError([finding('ACME-1', 'x')]);
    const findings = Diagnostics.findingsOf(error);
    expect(findings).toEqual([finding('ACME-1', 'x')]);
    findings.pop();
    expect(Diagnostics.findingsOf(error)).toHaveLength(1); // a copy
    expect(error).toMatchObject({ name: 'FairwayError', message: renderText([finding('ACME-1', 'x')]) });
  });

  test('an error of another copy of the library', () => {
    const other = { findings: [finding('ACME-1', 'x')], [Symbol.for('cdk8s-fairway.FairwayError')]: true };
    expect(Diagnostics.findingsOf(other)).toHaveLength(1);
  });

  test.each([new Error('x'), undefined, null, 'x', 7, {}])('nothing for %p', error => {
    expect(Diagnostics.findingsOf(error)).toEqual([]);
  });
});

const MIXED = [
  finding('ACME-2', 'b'),
  finding('FW101', 'z', { severity: Severity.ERROR }),
  finding('ACME-1', 'b', { acknowledged: 'a reason' }),
  finding('FW107', '', { severity: Severity.ERROR }),
];

describe('for people', () => {
  test('errors first, then by path; acknowledged ones on demand', () => {
    expect(renderText(MIXED)).toBe([
      'error FW107  (platform)', '  FW107 at .', '  → Mend it.', '',
      'error FW101  z', '  FW101 at z.', '  → Mend it.', '',
      'warning ACME-2  b', '  ACME-2 at b.', '  → Mend it.',
    ].join('\n'));
    expect(renderText(MIXED, { acknowledged: true })).toContain('warning ACME-1  b\n  ACME-1 at b.\n  → Mend it.\n  acknowledged: a reason');
    expect(renderText([])).toBe('');
  });

  test('with colour', () => {
    expect(renderText(MIXED.slice(0, 2), { color: true })).toBe([
      '\u001b[31merror FW101\u001b[0m  \u001b[1mz\u001b[0m', '  FW101 at z.', '  \u001b[36m→\u001b[0m Mend it.', '',
      '\u001b[33mwarning ACME-2\u001b[0m  \u001b[1mb\u001b[0m', '  ACME-2 at b.', '  \u001b[36m→\u001b[0m Mend it.',
    ].join('\n'));
    expect(renderText(MIXED)).not.toContain('\u001b');
  });

  test('counted', () => {
    expect(renderCount(MIXED)).toBe('2 errors, 1 warning (1 acknowledged)');
    expect(renderCount(MIXED.slice(0, 2))).toBe('1 error, 1 warning');
    expect(renderCount([])).toBe('0 errors, 0 warnings');
  });

  const hostile = 'a\u001b[2Jb\u0007\u009b31m\u202ec\u2066d\u200be\u061cf\u{e0041}g\ufeffh\rFAKE';
  // eslint-disable-next-line no-control-regex -- what must not be there
  const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

  test('hostile values are escaped wherever they stand', () => {
    const platform = newPlatform();
    const evil = new Construct(platform, hostile);
    evil.node.addValidation({ validate: () => [`${hostile}\n\nerror FW999  (platform)\n  forged`] });
    finds(platform, finding('ACME-1', hostile, { remedy: hostile, acknowledged: hostile }));
    const error = new FairwayError(platform.check());
    for (const text of [error.message, renderText(error.findings, { acknowledged: true })]) {
      text.split('\n').forEach(line => expect(line).not.toMatch(unsafe));
      expect(text).toContain('\\u001b[2J');
      expect(text).not.toMatch(/^error FW999/m);
      expect(text).toContain('    error FW999');
    }
    expect(renderText(error.findings, { color: true })).not.toContain('\u001b[2J');
  });

  test('values are quoted, escaped and cut', () => {
    expect(show(hostile)).not.toMatch(unsafe);
    expect(show('\u{e0041}')).toBe('"\\u{e0041}"');
    expect(show('a"b\n')).toBe('"a\\"b\\n"');
    expect(show(undefined)).toBe('undefined');
    expect(show('x'.repeat(500))).toBe(`"${'x'.repeat(119)}…`);
    expect(show(`${'x'.repeat(118)}😀😀`)).toBe(`"${'x'.repeat(118)}😀…`); // no half characters
    const ring: unknown[] = [];
    ring.push(ring);
    expect(show(ring)).toBe('');
    expect(list(['a', 'b', 'c'])).toBe('"a", "b" and "c"');
    expect(list([])).toBe('');
    expect(list(Array.from({ length: 14 }, (_, i) => `${i}`))).toMatch(/"11" and 2 more$/);
  });

  test.each([
    ['biuld', ['build', 'test'], ' Did you mean "build"?'],
    ['BUILD', ['build'], ' Did you mean "build"?'],
    ['jobs/biuld', ['jobs/build', 'jobs'], ' Did you mean "jobs/build"?'],
    ['deploy', ['build', 'test'], ''],
    ['x', [], ''],
  ])('%s: did you mean', (unknown, known, expected) => {
    expect(didYouMean(unknown, known)).toBe(expected);
  });
});

describe('for programs', () => {
  test('JSON', () => {
    const report = JSON.parse(renderJson(MIXED));
    expect(report).toMatchObject({ version: 1, errors: 2, warnings: 1, acknowledged: 1 });
    expect(codes(report.findings)).toEqual(['FW107', 'FW101', 'ACME-1', 'ACME-2']);
    expect(report.findings[2]).toEqual(finding('ACME-1', 'b', { acknowledged: 'a reason' }));
    expect(JSON.parse(renderJson([]))).toEqual({ version: 1, errors: 0, warnings: 0, acknowledged: 0, findings: [] });
  });

  /** What SARIF 2.1.0 demands of a log with one run: required properties, closed sets, and indexes that fit. */
  function checkSarif(text: string): any {
    const log = JSON.parse(text);
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toContain('sarif-2.1.0');
    expect(log.runs).toHaveLength(1);
    const [{ tool: { driver }, results }] = log.runs;
    expect(driver.name).toBe('cdk8s-fairway');
    expect(() => new URL(driver.informationUri)).not.toThrow();
    expect(new Set(codesOfRules(driver.rules)).size).toBe(driver.rules.length);
    for (const rule of driver.rules) {
      expect(rule).toEqual({
        id: expect.stringMatching(/^\S+$/),
        shortDescription: { text: expect.stringMatching(/\S/) },
        fullDescription: { text: expect.stringMatching(/\S/) },
        defaultConfiguration: { level: expect.stringMatching(/^(none|note|warning|error)$/) },
      });
    }
    for (const result of results) {
      expect(result.message.text).toMatch(/\S/);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      if (result.ruleIndex !== undefined) {
        expect(driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      }
      for (const { physicalLocation, logicalLocations } of result.locations) {
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w.~%/-]+$/); // a relative URI reference
        expect(physicalLocation.region.startLine).toBeGreaterThan(0);
        logicalLocations.forEach((l: any) => expect(l.fullyQualifiedName).toMatch(/./));
      }
      (result.suppressions ?? []).forEach((s: any) => expect(['inSource', 'external']).toContain(s.kind));
    }
    // 3.27.23: all or none.
    expect(new Set(results.map((r: any) => 'suppressions' in r)).size).toBeLessThan(2);
    return { driver, results };
  }

  const codesOfRules = (rules: Array<{ id: string }>) => rules.map(r => r.id);
  const catalogue = Object.values(messages).filter(m => 'code' in m);

  test('SARIF', () => {
    const { driver, results } = checkSarif(renderSarif(MIXED, catalogue));
    expect(codesOfRules(driver.rules).sort()).toEqual(['FW101', 'FW107']); // only those that were broken
    expect(results.map((r: any) => [r.ruleId, 'ruleIndex' in r, r.level])).toEqual([
      ['FW107', true, 'error'], ['FW101', true, 'error'], ['ACME-1', false, 'warning'], ['ACME-2', false, 'warning'],
    ]);
    expect(results.map((r: any) => r.suppressions)).toEqual([[], [], [{ kind: 'inSource', justification: 'a reason' }], []]);
    expect(results[1].message.text).toBe('FW101 at z. Mend it.');
    expect(results[0].locations[0].logicalLocations).toEqual([{ fullyQualifiedName: '(platform)' }]);
  });

  test('SARIF without findings, without suppressions, with a path that needs escaping', () => {
    expect(checkSarif(renderSarif([], catalogue)).results).toEqual([]);
    expect(checkSarif(renderSarif([finding('FW101', 'x')], catalogue)).results[0]).not.toHaveProperty('suppressions');
    const { results } = checkSarif(renderSarif([finding('FW101', 'x')], catalogue, 'teams/a b/ü/cdk8s.yaml'));
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('teams/a%20b/%C3%BC/cdk8s.yaml');
  });
});

describe('for the command line', () => {
  const environment = { ...process.env };
  afterEach(() => process.env = { ...environment });

  test('the findings go to the report alone; several platforms add to it', () => {
    const report = path.join(newFolder(), 'report.json');
    process.env.FAIRWAY_REPORT = report;
    const one = newPlatform();
    finds(one, finding('ACME-1', 'x'));
    one.synth();
    const two = newPlatform();
    finds(two, finding('ACME-1', 'x'), finding('ACME-2', 'x', { severity: Severity.ERROR }));
    findingsOf(() => two.synth());
    expect(JSON.parse(fs.readFileSync(report, 'utf8'))).toMatchObject({ errors: 1, warnings: 1 });
    expect(printed).not.toHaveBeenCalled();
  });

  test('a check writes nothing', () => {
    process.env.FAIRWAY_MODE = 'check';
    const platform = newPlatform();
    repositoryFile(platform, 'a.md', FileContent.text(''));
    expect(platform.synthesize()).toMatchObject({ written: [], removed: [], unchanged: 0, findings: [] });
    expect(fs.readdirSync(platform.root)).toEqual([]);
  });
});

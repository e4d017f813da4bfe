import type { Binding, CacheEntry, Expr, Input, Statement, Step } from './ast';
import { envTarget, expr, literal, quoted, test } from './groovy';

/** Lines of Groovy. A text of several lines is one entry, so that nothing indents what is within it. */
export type Lines = string[];

export const STEP = '  ';

export function indented(lines: Lines): Lines {
  return lines.map(line => line === '' ? '' : STEP + line);
}

/** `head { … }`, the body on lines of its own: two sections on one line would be one command to Groovy. */
export function braces(head: string, body: Lines): Lines {
  return [`${head} {`, ...indented(body), '}'];
}

/** A remark of any text: what could end it does not. */
export function comment(text: string): Lines {
  return text.split(/[\r\n\u2028\u2029]+/).map(line => `// ${line.replace(/\p{C}/gu, ' ').replaceAll('\\u', '\\ u')}`.trimEnd());
}

type Argument = readonly [name: string, value: string | undefined];

const given = (args: readonly Argument[]) => args.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`).join(', ');

/** `name a: 1, b: 2` */
const command = (name: string, ...args: Argument[]) => `${name} ${given(args)}`;

const call = (name: string, ...args: Argument[]) => `${name}(${given(args)})`;

const text = (value: string | undefined) => value === undefined ? undefined : literal(value);

/** Written only where it differs from what Jenkins does by itself. */
const unless = (standard: boolean, value: boolean | undefined) => value === undefined || value === standard ? undefined : String(value);

function binding(b: Binding): string {
  switch (b.binding) {
    case 'string': case 'file': return call(b.binding, ['credentialsId', quoted(b.credentialsId)], ['variable', quoted(b.variable)]);
    case 'usernamePassword': return call(b.binding, ['credentialsId', quoted(b.credentialsId)], ['usernameVariable', quoted(b.usernameVariable)],
      ['passwordVariable', quoted(b.passwordVariable)]);
    case 'gitUsernamePassword': return call(b.binding, ['credentialsId', quoted(b.credentialsId)]);
    default: return unknown(b);
  }
}

function cacheEntry(c: CacheEntry): string {
  return call('arbitraryFileCache', ['path', quoted(c.path)], ['cacheName', quoted(c.cacheName)], ['cacheValidityDecidingFile', text(c.cacheValidityDecidingFile)]);
}

/** Where a list is broken into lines, each is indented like the step that it belongs to. */
function broken(head: string, items: readonly string[], body: Lines, [open, close] = ['([', '])']): Lines {
  if (items.length === 1) {
    return braces(`${head}${open}${items[0]}${close}`, body);
  }
  return [`${head}${open}`, ...items.map(item => `${STEP}${item},`), `${close} {`, ...indented(body), '}'];
}

/** `NAME=` and the value, joined in Groovy when it isn't known yet. */
export function assignment(name: string, value: Expr): string {
  const parts: readonly Expr[] = value.is === 'concat' ? value.parts : [value];
  const [first, ...rest] = parts;
  if (first === undefined || first.is !== 'text') {
    return [quoted(`${name}=`), ...parts.map(expr)].join(' + ');
  }
  return [quoted(`${name}=${first.value}`), ...rest.map(expr)].join(' + ');
}

export function inputArguments(input: Input): Argument[] {
  return [['message', literal(input.message)], ['id', text(input.id)], ['ok', text(input.ok)], ['submitter', text(input.submitter)],
    ['submitterParameter', text(input.submitterParameter)]];
}

function checkoutWith(step: Extract<Step, { step: 'checkoutWith' }>): Lines {
  const extensions = [
    ...step.submodules ? ['[$class: \'SubmoduleOption\', recursiveSubmodules: true, parentCredentials: true]'] : [],
    ...step.lfs ? ['[$class: \'GitLFSPull\']'] : [],
  ];
  return [
    'checkout scmGit(',
    `${STEP}branches: ${step.ref ? `[[name: ${expr(step.ref)}]]` : 'scm.branches'},`,
    `${STEP}extensions: ${extensions.length === 0 ? 'scm.extensions' : `scm.extensions + [${extensions.join(', ')}]`},`,
    `${STEP}userRemoteConfigs: scm.userRemoteConfigs`,
    ')',
  ];
}

/** The merge base of a pull request, else the commit of the build before (git plugin, GitSCM.buildEnvironment). */
const BASE = 'git merge-base HEAD "refs/remotes/origin/$CHANGE_TARGET" 2> /dev/null || true';

function commit(s: Extract<Statement, { do: 'commit' }>): Lines {
  const [first, ...rest] = steps([s.checkout]);
  return [
    // With parentheses, so that it is an expression: `checkout scm` becomes `checkout(scm)`.
    `def commit = ${first.replace(/^checkout (.*)$/, rest.length === 0 ? 'checkout($1)' : 'checkout($1')}`, ...rest.map((line, i) => i === rest.length - 1 ? `${line})` : line),
    'env.GIT_COMMIT = commit.GIT_COMMIT',
    ...s.base ? [`env.FAIRWAY_BASE_SHA = env.CHANGE_TARGET ? sh(label: 'Find the base', returnStdout: true, script: ${quoted(BASE)}).trim() : (commit.GIT_PREVIOUS_COMMIT ?: '')`] : [],
  ];
}

/**
 * A timeout is an interruption like that of somebody who ends the build, or of a timeout further out. What tells them apart is closed to scripts in
 * the sandbox (FlowInterruptedException.isActualInterruption is not allowed there), but `retry` asks it: it tries again after a timeout of its own
 * body alone (workflow-basic-steps, TimeoutStepExecution.Callback.onFailure and RetryStepExecution.matchesConditions). `catchError` is of no use, for
 * it gives the build the result of the interruption.
 */
function timed(minutes: number, body: Lines): Lines {
  return [
    'try {',
    ...indented(braces(call('timeout', ['time', String(minutes)], ['unit', quoted('MINUTES')]), body)),
    '} catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {',
    ...indented([
      '// An end from outside passes retry. After the timeout above it tries again, and that is a failure.',
      'def isOver = false',
      ...braces('retry(2)', [
        ...braces('if (isOver)', [command('error', ['message', quoted('The time of the step is over.')])]),
        'isOver = true',
        'throw e',
      ]),
    ]),
    '}',
  ];
}

function statement(s: Statement): Lines {
  switch (s.do) {
    case 'env': return [`${envTarget(s.name)} = ${expr(s.value)}`];
    // Without the line break at the end, and exact else.
    case 'capture': return [`${envTarget(s.name)} = ${call(s.shell, ['label', quoted(s.label)], ['returnStdout', 'true'], ['script', literal(s.script)])} - '\\n'`];
    case 'displayName': return [`currentBuild.displayName = ${expr(s.value)}`];
    case 'commit': return commit(s);
    case 'approvals': return [
      'def approvers = []',
      ...braces(`while (approvers.size() < ${s.count})`, [
        `def approver = input(${given(inputArguments({ ...s.input, submitterParameter: 'APPROVER' }))})`,
        ...braces('if (!approvers.contains(approver))', ['approvers.add(approver)']),
      ]),
    ];
    case 'if': return braces(`if (${test(s.test)})`, steps(s.then, true));
    case 'finally': return [
      'try {',
      ...indented(steps(s.first, true)),
      ...s.failed ? ['} catch (e) {', ...indented(s.failed.flatMap(statement)), `${STEP}throw e`] : [],
      '} finally {',
      ...indented(steps(s.then, true)),
      '}',
    ];
    case 'timed': return timed(s.minutes, steps(s.steps, true));
    // Within a text of several lines nothing is indented.
    case 'groovy': return /'''|"""|\$\//.test(s.code) ? [s.code] : s.code.split('\n');
    default: return unknown(s);
  }
}

export function unknown(part: never): never {
  throw new TypeError(`There is no ${JSON.stringify(part)} in a declarative pipeline.`);
}

/** The steps of a block. Script blocks that follow each other are one, and within one there is none. */
export function steps(list: readonly Step[], inScript = false): Lines {
  const lines: Lines = [];
  for (let i = 0; i < list.length; i++) {
    const step = list[i];
    if (step.step !== 'script') {
      lines.push(...one(step, inScript));
      continue;
    }
    const statements = [...step.statements];
    for (let next = list[i + 1]; next?.step === 'script'; next = list[i + 1]) {
      statements.push(...next.statements);
      i++;
    }
    const code = statements.flatMap(statement);
    lines.push(...inScript ? code : braces('script', code));
  }
  return lines;
}

function one(step: Exclude<Step, { step: 'script' }>, inScript: boolean): Lines {
  const inner = (list: readonly Step[]) => steps(list, inScript);
  switch (step.step) {
    case 'sh': case 'bat': case 'pwsh':
      return [step.label === undefined ? `${step.step} ${literal(step.script)}` : command(step.step, ['label', literal(step.label)], ['script', literal(step.script)])];
    case 'withEnv': return broken('withEnv', step.env.map(({ name, value }) => assignment(name, value)), inner(step.steps));
    case 'withCredentials': return broken('withCredentials', step.bindings.map(binding), inner(step.steps));
    case 'dir': return braces(`dir(${quoted(step.path)})`, inner(step.steps));
    case 'container': return braces(`container(${quoted(step.name)})`, inner(step.steps));
    case 'node': return braces(`node(${quoted(step.label)})`, inner(step.steps));
    case 'timeout': return braces(call('timeout', ['time', String(step.time)], ['unit', quoted(step.unit)]), inner(step.steps));
    case 'retry': return braces(`retry(${step.count})`, inner(step.steps));
    case 'catchError': return braces(call('catchError', ['buildResult', quoted(step.buildResult)], ['stageResult', quoted(step.stageResult)], ['message', text(step.message)],
      ['catchInterruptions', unless(true, step.catchInterruptions)]), inner(step.steps));
    case 'lock': return braces(call('lock', ['resource', expr(step.resource)], ['inversePrecedence', unless(false, step.inversePrecedence)]), inner(step.steps));
    case 'cache': return broken(`cache(${given([['maxCacheSize', String(step.maxCacheSize)], ['skipSave', unless(false, step.skipSave)], ['skipRestore', unless(false, step.skipRestore)]])}, caches: `, step.caches.map(cacheEntry), inner(step.steps), ['[', '])']);
    case 'stash': return [command('stash', ['name', quoted(step.name)], ['includes', quoted(step.includes)], ['excludes', text(step.excludes)],
      ['allowEmpty', unless(false, step.allowEmpty)], ['useDefaultExcludes', unless(true, step.useDefaultExcludes)])];
    case 'unstash': return [`unstash ${quoted(step.name)}`];
    case 'archiveArtifacts': return [command('archiveArtifacts', ['artifacts', quoted(step.artifacts)], ['excludes', text(step.excludes)],
      ['fingerprint', unless(false, step.fingerprint)], ['allowEmptyArchive', unless(false, step.allowEmptyArchive)], ['defaultExcludes', unless(true, step.defaultExcludes)])];
    case 'junit': return [command('junit', ['testResults', quoted(step.testResults)], ['allowEmptyResults', unless(false, step.allowEmptyResults)],
      ['skipMarkingBuildUnstable', unless(false, step.skipMarkingBuildUnstable)])];
    case 'checkoutScm': return ['checkout scm'];
    case 'deleteDir': return ['deleteDir()'];
    case 'checkoutWith': return checkoutWith(step);
    case 'milestone': return [`milestone(ordinal: ${step.ordinal})`];
    case 'error': case 'echo': return [`${step.step} ${literal(step.message)}`];
    case 'input': return [command('input', ...inputArguments(step.input))];
    case 'comment': return comment(step.text);
    default: return unknown(step);
  }
}

import type { Agent, EnvEntry, Matrix, Option, Parameter, PipelineAst, Post, Stage, StageBody, Trigger, When } from './ast';
import { block, expr, literal, quoted, test } from './groovy';
import { braces, comment, inputArguments, Lines, steps, unknown } from './print-steps';

/** A pipeline as a Jenkinsfile. The same pipeline gives the same text. */
export function printPipeline(pipeline: PipelineAst): string {
  const sections = [
    agent(pipeline.agent),
    section('options', pipeline.options.map(option)),
    section('triggers', pipeline.triggers.map(trigger)),
    section('parameters', pipeline.parameters.map(parameter)),
    section('environment', pipeline.environment.map(entry)),
    stages(pipeline.stages),
    post(pipeline.post),
  ];
  const parts = [
    pipeline.comments.flatMap(comment),
    ...(pipeline.preamble ?? []).map(code => [code]),
    braces('pipeline', spaced(sections)),
    ...(pipeline.epilogue ?? []).map(code => [code]),
  ];
  return `${spaced(parts).join('\n')}\n`;
}

/** Parts with an empty line between them. */
function spaced(parts: readonly Lines[]): Lines {
  return parts.filter(part => part.length > 0).flatMap((part, i) => i === 0 ? part : ['', ...part]);
}

function section(name: string, lines: readonly string[]): Lines {
  return lines.length === 0 ? [] : braces(name, [...lines]);
}

function agent(a: Agent | undefined): Lines {
  if (a === undefined) {
    return [];
  }
  const field = (name: string, value: string | undefined, write = quoted) => value === undefined ? [] : [`${name} ${write(value)}`];
  switch (a.agent) {
    case 'none': case 'any': return [`agent ${a.agent}`];
    case 'label': return ['agent {', `  label ${quoted(a.label)}`, '}'];
    case 'docker': return braces('agent', braces('docker', [
      ...field('image', a.image), ...field('label', a.label), ...field('args', a.args),
      ...field('registryUrl', a.registryUrl), ...field('registryCredentialsId', a.registryCredentialsId),
    ]));
    case 'kubernetes': return braces('agent', braces('kubernetes', [
      ...field('cloud', a.cloud), ...field('defaultContainer', a.defaultContainer), ...field('yaml', a.yaml, block),
    ]));
    default: return unknown(a);
  }
}

function option(o: Option): string {
  switch (o.option) {
    case 'disableConcurrentBuilds': return o.abortPrevious.is === 'false' ? 'disableConcurrentBuilds()' : `disableConcurrentBuilds(abortPrevious: ${test(o.abortPrevious)})`;
    case 'preserveStashes': return `preserveStashes(buildCount: ${o.buildCount})`;
    case 'buildDiscarder': return `buildDiscarder(logRotator(artifactDaysToKeepStr: ${quoted(String(o.artifactDaysToKeep))}))`;
    case 'timeout': return `timeout(time: ${o.time}, unit: ${quoted(o.unit)})`;
    case 'retry': return `retry(${o.count})`;
    case 'lock': return `lock(resource: ${expr(o.resource)})`;
    case 'skipDefaultCheckout': case 'timestamps': case 'disableResume': case 'parallelsAlwaysFailFast': return `${o.option}()`;
    default: return unknown(o);
  }
}

function trigger(t: Trigger): string {
  return t.primaryOnly ? `cron(env.BRANCH_IS_PRIMARY == 'true' ? ${quoted(t.spec)} : '')` : `cron(${quoted(t.spec)})`;
}

function parameter(p: Parameter): string {
  const value = p.parameter === 'choice' ? `choices: [${p.choices.map(quoted).join(', ')}]` : `defaultValue: ${typeof p.defaultValue === 'string' ? quoted(p.defaultValue) : p.defaultValue}`;
  return `${p.parameter}(name: ${quoted(p.name)}, ${value}${p.description === undefined ? '' : `, description: ${quoted(p.description)}`})`;
}

function entry({ name, value }: EnvEntry): string {
  return `${name} = ${value.is === 'credentials' ? `credentials(${quoted(value.id)})` : expr(value)}`;
}

function condition(w: When): Lines {
  switch (w.when) {
    case 'allOf': case 'anyOf': return braces(w.when, w.of.flatMap(condition));
    case 'not': return braces('not', condition(w.of));
    case 'branch': case 'tag':
      return [w.comparator === 'GLOB' ? `${w.when} ${quoted(w.pattern)}` : `${w.when} pattern: ${quoted(w.pattern)}, comparator: ${quoted(w.comparator)}`];
    case 'buildingTag': return ['buildingTag()'];
    case 'changeRequest': return [w.target === undefined ? 'changeRequest()' : `changeRequest target: ${quoted(w.target)}${w.comparator ? `, comparator: ${quoted(w.comparator)}` : ''}`];
    case 'changeset': return [`changeset ${quoted(w.pattern)}`];
    case 'triggeredBy': return [`triggeredBy ${quoted(w.cause)}`];
    case 'expression': return braces('expression', [test(w.test)]);
    default: return unknown(w);
  }
}

/** What a stage waits for is asked before it takes an agent, a lock or a person's time. */
function when(of: Stage): Lines {
  if (of.when === undefined) {
    return [];
  }
  const first = [
    ...of.options?.some(each => each.option === 'lock') ? ['beforeOptions true'] : [],
    ...of.input ? ['beforeInput true'] : [],
    ...of.agent && of.agent.agent !== 'none' ? ['beforeAgent true'] : [],
  ];
  return braces('when', [...first, ...of.when.flatMap(condition)]);
}

function input(of: Stage): Lines {
  return of.input ? braces('input', inputArguments(of.input).filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${value}`)) : [];
}

function stages(list: readonly Stage[]): Lines {
  return braces('stages', spaced(list.map(stage)));
}

function matrix(m: Matrix): Lines {
  const axis = (a: { name: string; values: readonly string[] }) => braces('axis', [`name ${quoted(a.name)}`, `values ${a.values.map(quoted).join(', ')}`]);
  return braces('matrix', spaced([
    agent(m.agent),
    braces('axes', m.axes.flatMap(axis)),
    m.excludes.length === 0 ? [] : braces('excludes', m.excludes.flatMap(exclude => braces('exclude', exclude.axes.flatMap(axis)))),
    stages(m.stages),
  ]));
}

function body(content: StageBody): Lines {
  switch (content.body) {
    case 'steps': return braces('steps', steps(content.steps));
    case 'stages': return stages(content.stages);
    case 'parallel': return braces('parallel', spaced(content.stages.map(stage)));
    case 'matrix': return matrix(content.matrix);
    default: return unknown(content);
  }
}

function stage(s: Stage): Lines {
  return [...(s.comments ?? []).flatMap(comment), ...braces(`stage(${quoted(s.name)})`, [
    ...s.failFast ? ['failFast true'] : [],
    ...agent(s.agent),
    ...section('options', (s.options ?? []).map(option)),
    ...section('environment', (s.environment ?? []).map(entry)),
    ...section('tools', (s.tools ?? []).map(tool => `${tool.type} ${literal(tool.name)}`)),
    ...when(s),
    ...input(s),
    ...body(s.content),
    ...post(s.post),
  ])];
}

/** The order in which Jenkins runs them, whatever the order of the file. */
const CONDITIONS = ['always', 'changed', 'fixed', 'regression', 'aborted', 'failure', 'success', 'unstable', 'unsuccessful', 'notBuilt', 'cleanup'];

function post(p: Post | undefined): Lines {
  const blocks = [...p ?? []].sort((a, b) => CONDITIONS.indexOf(a.condition) - CONDITIONS.indexOf(b.condition));
  return blocks.length === 0 ? [] : braces('post', blocks.flatMap(each => braces(each.condition, steps(each.steps))));
}

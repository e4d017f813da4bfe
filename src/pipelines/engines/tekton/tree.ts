import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { EventListenerProps, TriggerProps, TriggerSpec } from './listener-props';
import type { ParamSpec } from './param-props';
import { readBy } from './pipeline-checks';
import type { PipelineProps, PipelineSpec, PipelineTask } from './pipeline-props';
import { isResult } from './references';
import type { PipelineRunProps } from './run-props';
import type { TaskProps, TaskSpec } from './task-props';
import * as messages from './tree-messages';
import type { TriggerBindingProps, TriggerTemplateProps } from './trigger-props';
import type { WorkspaceDeclaration } from './workspace-props';
import type { Finding } from '../../../core/diagnostics/finding';
import { namespaceOf, ObjectIndex } from '../../../promotion/objects';

const TEKTON = 'tekton.dev';
const TRIGGERS = 'triggers.tekton.dev';

type Made<P> = ApiObject & { readonly _props: P };

/** All that no object can see alone: FW1240 to FW1243. */
export function checkTree(root: IConstruct): Finding[] {
  const tree = new Tree(root);
  return [
    ...tree.made<PipelineProps>(TEKTON, 'Pipeline').flatMap(pipeline => checkPipeline(tree, pipeline, pipeline._props)),
    ...tree.made<PipelineRunProps>(TEKTON, 'PipelineRun').flatMap(run => checkRun(tree, run)),
    ...tree.made<TriggerProps>(TRIGGERS, 'Trigger').flatMap(trigger => checkTrigger(tree, trigger, trigger._props, '')),
    ...tree.made<EventListenerProps>(TRIGGERS, 'EventListener').flatMap(listener => (listener._props.triggers ?? []).flatMap((trigger, i) => [
      ...trigger.triggerRef === undefined ? [] : tree.find(listener, TRIGGERS, 'Trigger', trigger.triggerRef, `triggers[${i}].triggerRef`).findings,
      ...checkTrigger(tree, listener, trigger, `triggers[${i}].`),
    ])),
  ];
}

/** Objects of the tree, and what is missing of them. */
class Tree {
  private readonly index: ObjectIndex;

  public constructor(root: IConstruct) {
    this.index = new ObjectIndex(root);
  }

  public made<P>(group: string, kind: string): Array<Made<P>> {
    return this.index.all(group, kind).filter((object): object is Made<P> => '_props' in object);
  }

  public find<P>(object: ApiObject, group: string, kind: string, name: string, field: string): { readonly props?: P; readonly findings: Finding[] } {
    const found = this.index.find(group, kind, namespaceOf(object), name);
    if (found !== undefined) {
      return { props: (found as Partial<Made<P>>)._props, findings: [] };
    }
    const known = this.index.all(group, kind).filter(other => namespaceOf(other) === namespaceOf(object)).map(other => other.name).sort();
    return { findings: known.length === 0 ? [] : [messages.unknownObject.at(object, { kind: object.kind, field, what: kind, name, known })] };
  }
}

function checkPipeline(tree: Tree, object: ApiObject, spec: PipelineSpec, place = ''): Finding[] {
  const specs = new Map<string, TaskSpec | undefined>();
  const findings: Finding[] = [];
  const all = [...spec.tasks.map((task, i) => ({ task, field: `${place}tasks[${i}]` })), ...(spec.finally ?? []).map((task, i) => ({ task, field: `${place}finally[${i}]` }))];
  for (const { task, field } of all) {
    const { taskRef, taskSpec } = task;
    const isHere = taskRef?.name !== undefined && taskRef.apiVersion === undefined;
    const found = isHere ? tree.find<TaskProps>(object, TEKTON, 'Task', taskRef.name!, `${field}.taskRef`) : { props: taskSpec, findings: [] };
    findings.push(...found.findings);
    specs.set(task.name, found.props);
    findings.push(...found.props === undefined ? [] : given(object, field, taskRef?.name ?? task.name, found.props, task));
  }
  return [...findings, ...all.flatMap(({ task, field }) => readBy(task).filter(isResult).flatMap(({ parts }) => {
    const source = specs.get(parts[0]);
    const known = (source?.results ?? []).map(result => result.name);
    const isKnown = source === undefined || known.includes(parts.slice(2).join('.')) || known.includes(parts[2]);
    return isKnown ? [] : [messages.missingResult.at(object, { kind: object.kind, field, task: parts[0], result: parts[2], known })];
  }))];
}

/** Whether a task of a Pipeline gives its Task all that it needs. */
function given(object: ApiObject, field: string, name: string, { params, workspaces }: TaskSpec, task: PipelineTask): Finding[] {
  const { params: values = [], matrix, workspaces: bound = [], taskSpec } = task;
  if (taskSpec !== undefined) {
    return []; // params and workspaces of the run reach a Task that is written in the Pipeline
  }
  const names = [...values, ...matrix?.params ?? [], ...(matrix?.include ?? []).flatMap(include => include.params ?? [])].map(param => param.name);
  return missing(object, { field, what: 'Task', name }, params, names, workspaces, bound.map(workspace => workspace.name));
}

function checkRun(tree: Tree, run: Made<PipelineRunProps>): Finding[] {
  const { pipelineRef, pipelineSpec, params = [], workspaces = [] } = run._props;
  const values = params.map(param => param.name);
  const bound = workspaces.map(workspace => workspace.name);
  if (pipelineSpec !== undefined) {
    return [
      ...checkPipeline(tree, run, pipelineSpec, 'pipelineSpec.'),
      ...missing(run, { field: 'params', what: 'Pipeline', name: 'pipelineSpec' }, pipelineSpec.params, values, pipelineSpec.workspaces, bound),
    ];
  }
  if (pipelineRef?.name === undefined) {
    return [];
  }
  const { props, findings } = tree.find<PipelineProps>(run, TEKTON, 'Pipeline', pipelineRef.name, 'pipelineRef');
  return [...findings, ...props === undefined ? [] : missing(run, { field: 'params', what: 'Pipeline', name: pipelineRef.name }, props.params, values, props.workspaces, bound)];
}

function missing(
  object: ApiObject, place: { field: string; what: string; name: string },
  params: readonly ParamSpec[] = [], values: string[], workspaces: readonly WorkspaceDeclaration[] = [], bound: string[],
): Finding[] {
  const withoutValue = params.filter(param => param.default === undefined && !values.includes(param.name)).map(param => param.name);
  const unbound = workspaces.filter(workspace => workspace.optional !== true && !bound.includes(workspace.name)).map(workspace => workspace.name);
  return [
    ...withoutValue.length === 0 ? [] : [messages.missingParam.at(object, { kind: object.kind, ...place, params: withoutValue })],
    ...unbound.length === 0 ? [] : [messages.missingWorkspace.at(object, { kind: object.kind, ...place, field: 'workspaces', workspaces: unbound })],
  ];
}

function checkTrigger(tree: Tree, object: ApiObject, { bindings = [], template }: TriggerSpec, place: string): Finding[] {
  const findings: Finding[] = [];
  const names: string[] = [];
  let isComplete = true;
  bindings.forEach(({ ref, kind = 'TriggerBinding', name }, i) => {
    if (ref === undefined || kind !== 'TriggerBinding') {
      isComplete = isComplete && ref === undefined;
      names.push(...name === undefined ? [] : [name]);
      return;
    }
    const found = tree.find<TriggerBindingProps>(object, TRIGGERS, 'TriggerBinding', ref, `${place}bindings[${i}].ref`);
    findings.push(...found.findings);
    isComplete = isComplete && found.props !== undefined;
    names.push(...(found.props?.params ?? []).map(param => param.name));
  });
  const found = template?.ref === undefined
    ? { props: template?.spec, findings: [] }
    : tree.find<TriggerTemplateProps>(object, TRIGGERS, 'TriggerTemplate', template.ref, `${place}template.ref`);
  const without = (found.props?.params ?? []).filter(param => param.default === undefined && !names.includes(param.name)).map(param => param.name);
  return [
    ...findings, ...found.findings,
    ...isComplete && without.length > 0
      ? [messages.missingParam.at(object, { kind: object.kind, field: `${place}bindings`, what: 'TriggerTemplate', name: template?.ref ?? 'spec', params: without })]
      : [],
  ];
}

import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isTemplate } from './expressions';
import type { ProjectConfig } from './project-config';
import type { PromotionStep } from './promotion-step';
import type { PromotionTask } from './promotion-task';
import type { Stage } from './stage';
import { stageCycles } from './tree-cycles';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';
import { namespaceOf, ObjectIndex } from '../../objects';

const GROUP = 'kargo.akuity.io';
const IN_PROJECTS = ['ProjectConfig', 'Warehouse', 'Stage', 'PromotionTask'];

/** All that no object can see alone: FW933 to FW939. */
export function checkTree(root: IConstruct): Finding[] {
  const index = new ObjectIndex(root);
  const projects = new Set(index.all(GROUP, 'Project').map(project => project.name));
  const stages = index.all(GROUP, 'Stage').filter((object): object is Stage => '_props' in object);
  const configs = index.all(GROUP, 'ProjectConfig').filter((object): object is ProjectConfig => '_props' in object);
  return [
    ...IN_PROJECTS.flatMap(kind => index.all(GROUP, kind)).filter(object => !projects.has(namespaceOf(object)))
      .map(object => messages.foreignNamespace.at(object, { kind: object.kind, namespace: namespaceOf(object), projects: [...projects].sort() })),
    ...stages.flatMap(stage => checkStage(new Names(index, stage, projects.has(namespaceOf(stage))), stage)),
    ...stageCycles(stages),
    ...configs.flatMap(config => checkPolicies(new Names(index, config, projects.has(namespaceOf(config))), config)),
  ];
}

/** What an object of a Project may name. */
class Names {
  public constructor(public readonly index: ObjectIndex, private readonly object: ApiObject, private readonly isProjectThere: boolean) {}

  public find(kind: string, name: string): ApiObject | undefined {
    return this.index.find(GROUP, kind, namespaceOf(this.object), name);
  }

  /** FW933, where the tree has the whole Project. */
  public missing(kind: string, name: string, field: string): Finding[] {
    if (!this.isProjectThere || this.find(kind, name) !== undefined) {
      return [];
    }
    const known = this.index.all(GROUP, kind).filter(other => namespaceOf(other) === namespaceOf(this.object)).map(other => other.name);
    return [messages.unknownObject.at(this.object, { kind: this.object.kind, field, what: kind, name, known })];
  }
}

function checkStage(names: Names, stage: Stage): Finding[] {
  const { requestedFreight, promotionTemplate, verification } = stage._props;
  return [
    ...requestedFreight.flatMap(({ origin, sources }, i) => [
      ...names.missing('Warehouse', origin.name, `requestedFreight[${i}].origin`),
      ...(sources.stages ?? []).flatMap((upstream, j) => {
        const field = `requestedFreight[${i}].sources.stages[${j}]`;
        const found = names.find('Stage', upstream) as Stage | undefined;
        const isRequested = found?._props?.requestedFreight.some(other => other.origin.name === origin.name) ?? true;
        return [...names.missing('Stage', upstream, field), ...(isRequested ? [] : [messages.neverArrives.at(stage, { field, warehouse: origin.name, upstream })])];
      }),
    ]),
    ...(promotionTemplate?.steps ?? []).flatMap((step, i) => checkStep(names, stage, step, `promotionTemplate.steps[${i}]`)),
    ...(verification?.analysisTemplates ?? []).flatMap(({ name, kind = 'AnalysisTemplate' }) => {
      const isThere = isTemplate(name) || (kind === 'AnalysisTemplate'
        ? names.index.find('argoproj.io', kind, namespaceOf(stage), name) !== undefined
        : names.index.all('argoproj.io', kind).some(other => other.name === name));
      return isThere ? [] : [messages.missingAnalysis.at(stage, { kind, name })];
    }),
  ];
}

function checkStep(names: Names, stage: Stage, step: PromotionStep, field: string): Finding[] {
  if (step._task !== undefined) {
    return checkTask(names, stage, step, field);
  }
  const apps: any[] = step._uses === 'argocd-update' && Array.isArray(step._config?.apps) ? step._config.apps : [];
  return apps.flatMap(({ name, namespace = 'argocd' }) => {
    const application = typeof name === 'string' && typeof namespace === 'string' ? names.index.find('argoproj.io', 'Application', namespace, name) : undefined;
    const wanted = `${namespaceOf(stage)}:${stage.name}`;
    const isFine = application === undefined || authorizedBy(application).includes(wanted);
    return isFine ? [] : [messages.unauthorized.at(stage, { application: name, namespace, stage: wanted })];
  });
}

/** The Stages that may change an Application (pkg/api, AuthorizedStages). */
function authorizedBy(application: ApiObject): string[] {
  const value: unknown = application.toJson().metadata?.annotations?.['kargo.akuity.io/authorized-stage'];
  return typeof value === 'string' ? value.split(',').map(stage => stage.split(':').map(part => part.trim()).join(':')) : [];
}

function checkTask(names: Names, stage: Stage, { _task: { kind, name }, _options: { vars = [] } }: PromotionStep, field: string): Finding[] {
  const isLocal = kind === 'PromotionTask';
  const found = isLocal ? names.find(kind, name) : names.index.all(GROUP, kind).find(task => task.name === name);
  if (found === undefined || !('_props' in found)) {
    return isLocal ? names.missing(kind, name, field) : [];
  }
  // A promotion has the variables of the Stage and of its template (pkg/webhook/kubernetes/promotion/webhook.go).
  const all = [...vars, ...stage._props.vars ?? [], ...stage._props.promotionTemplate?.vars ?? []];
  const given = all.filter(each => (each.value ?? '') !== '').map(each => each.name);
  return ((found as PromotionTask)._props.vars ?? [])
    .filter(variable => (variable.value ?? '') === '' && !given.includes(variable.name))
    .map(variable => messages.missingVariable.at(stage, { field, task: name, variable: variable.name }));
}

function checkPolicies(names: Names, { _props: { promotionPolicies = [] } }: ProjectConfig): Finding[] {
  return promotionPolicies.flatMap(({ stageSelector: { _by, _value } }, i) => {
    return _by === 'name' ? names.missing('Stage', _value, `promotionPolicies[${i}].stageSelector`) : [];
  });
}

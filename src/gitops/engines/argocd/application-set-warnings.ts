import { ApplicationSetProps, ApplicationsSync, MatchExpression, MatchOperator, StrategyType } from './application-set-props';
import { specWarnings } from './application-warnings';
import { Generator } from './generator';
import * as own from './messages';
import { isTemplated } from './template-text';
import type { Finding } from '../../../core/diagnostics/finding';
import { list } from '../../../core/diagnostics/problem';

/** What is legal in an ApplicationSet, and unwise. */
export function setWarnings(path: string, props: ApplicationSetProps): Finding[] {
  const { generators, template } = props;
  const projects = [template.project, ...generators.flatMap(each => each._options().template?.project ?? [])];
  return [
    ...specWarnings(path, template, (template.ignoreDifferences ?? []).length > 0),
    ...projects.filter(isTemplated).map(project => own.templatedProject.at(path, { project })),
    ...missingKeys(path, props),
    ...preservation(path, props),
    ...generators.filter(each => each._isUnverified()).map(each => own.notVerified.at(path, { what: `connection of the ${each.kind} generator` })),
    ...steps(path, props),
  ];
}

function missingKeys(path: string, { goTemplate = true, goTemplateOptions }: ApplicationSetProps): Finding[] {
  if (!goTemplate) {
    return [own.missingKeys.at(path, { fault: 'has no Go templates: a parameter that is missing stays as it is written' })];
  }
  return goTemplateOptions !== undefined && !goTemplateOptions.includes('missingkey=error')
    ? [own.missingKeys.at(path, { fault: 'has goTemplateOptions without missingkey=error' })] : [];
}

function preservation(path: string, { syncPolicy = {}, template, generators }: ApplicationSetProps): Finding[] {
  const { applicationsSync = ApplicationsSync.SYNC, preserveResourcesOnDeletion = false } = syncPolicy;
  const hasFinalizer = [template, ...generators.map(each => each._options().template)].some(each => each?.finalizer !== undefined);
  if (preserveResourcesOnDeletion && hasFinalizer) {
    return [own.notPreserved.at(path, { fault: 'preserves resources, and its template has a finalizer that deletes them' })];
  }
  const keepsApplications = [ApplicationsSync.CREATE_ONLY, ApplicationsSync.CREATE_UPDATE].includes(applicationsSync);
  return keepsApplications && !preserveResourcesOnDeletion
    ? [own.notPreserved.at(path, { fault: `never deletes an Application (${applicationsSync}), but all of them with their resources when it is deleted itself` })] : [];
}

/** A set of labels of which some values are not known. */
type Labels = Map<string, string | undefined>;

/** Applications that are in no step for certain, or in several. */
function steps(path: string, { strategy, template, templatePatch, generators }: ApplicationSetProps): Finding[] {
  if (strategy?.type !== StrategyType.ROLLING_SYNC || templatePatch !== undefined) {
    return [];
  }
  const conditions = strategy.rollingSync!.steps.map(step => step.matchExpressions ?? []);
  const variantsOf = (generator: Generator) => variants(generator, { ...template.labels, ...generator._options().template?.labels });
  return generators.flatMap((generator, i) => variantsOf(generator).flatMap(({ labels, of }) => {
    const application = of ?? `An Application of generators[${i}] (${generator.kind})`;
    const answers = conditions.map(all => matches(labels, all));
    const sure = answers.flatMap((answer, step) => answer === true ? [step + 1] : []);
    if (answers.every(answer => answer === false)) {
      return [own.notInOneStep.at(path, { application, fault: 'is in no step, and never synced' })];
    }
    return sure.length > 1
      ? [own.notInOneStep.at(path, { application, fault: `is in the steps ${list(sure.map(String))}, of which the first counts` })] : [];
  }));
}

/** The labels of the Applications of a generator: of each one where the parameters are known, of all of them where not. */
function variants(generator: Generator, labels: Record<string, string>): Array<{ labels: Labels; of?: string }> {
  const { elements = [], elementsYaml } = generator._fields();
  if (generator.kind !== 'list' || elementsYaml !== undefined) {
    return [{ labels: resolve(labels, {}) }];
  }
  return elements.map((element: any, i: number) => ({ labels: resolve(labels, element), of: `The Application of element ${i + 1} of the list` }));
}

function resolve(labels: Record<string, string>, parameters: Record<string, unknown>): Labels {
  return new Map(Object.entries(labels).map(([key, value]) => {
    const known = value.replace(/\{\{-?\s*\.?([A-Za-z_]\w*)\s*-?\}\}/g, (all, name: string) => {
      const found = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      return typeof found === 'string' ? found : all;
    });
    return [key, isTemplated(known) ? undefined : known];
  }));
}

/** Whether labels meet all conditions; nothing when that hangs on what is not known (progressive_sync.go, buildAppDependencyList). */
function matches(labels: Labels, conditions: MatchExpression[]): boolean | undefined {
  const answers = conditions.map(({ key, operator, values }) => {
    if (!labels.has(key) && [...labels.keys()].some(isTemplated)) {
      return undefined;
    }
    if (!labels.has(key)) {
      return operator === MatchOperator.NOT_IN;
    }
    const value = labels.get(key);
    return value === undefined ? undefined : values.includes(value) === (operator === MatchOperator.IN);
  });
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

import { ApplicationSetProps, ApplicationsSync, DeletionOrder } from './application-set-props';
import { checkWave } from './fields';
import { Generator } from './generator';
import * as own from './messages';
import { at, metadata, texts, wordMap } from './shapes';
import { checkStrategy } from './strategy-validation';
import { isTemplated, templateFault } from './template-text';
import { checkFinalizer, checkSpec, SPEC_FIELDS } from './validation';
import { anything, flag, listOf, oneOf, struct, text } from '../../../core/shape';
import * as messages from '../../messages';

const KIND = 'ApplicationSet';

const SET = struct({
  metadata,
  generators: anything,
  template: anything,
  templatePatch: text,
  goTemplate: flag,
  goTemplateOptions: texts,
  syncPolicy: struct({ applicationsSync: oneOf(ApplicationsSync), preserveResourcesOnDeletion: flag }),
  strategy: struct({ type: anything, rollingSync: anything, deletionOrder: oneOf(DeletionOrder) }),
  preservedFields: struct({ annotations: texts, labels: texts }),
  ignoreApplicationDifferences: listOf(struct({ name: text, jsonPointers: texts, jqPathExpressions: texts })),
  syncWave: anything,
}, ['generators', 'template']);

const TEMPLATE = struct({ ...SPEC_FIELDS, name: text, namespace: text, labels: wordMap, annotations: wordMap, finalizer: anything }, ['name']);

/**
 * Throws for an ApplicationSet that the controller would refuse, or read otherwise.
 *
 * @param render what is written; asked for when the props are known to be sound
 */
export function checkApplicationSet(path: string, props: Partial<ApplicationSetProps>, render: () => any): void {
  SET(at(path, KIND), props);
  const { generators, template } = props as ApplicationSetProps;
  if (!Array.isArray(generators) || generators.length === 0) {
    throw messages.emptyField.error(path, { kind: KIND, field: 'generators' });
  }
  if (!Array.from(generators).every(each => each instanceof Generator)) {
    throw messages.invalidField.error(path, { kind: KIND, field: 'generators', value: generators, fault: 'holds something else than a Generator' });
  }
  TEMPLATE(at(path, 'template'), template);
  checkSpec(path, 'template', template);
  checkFinalizer(path, template.finalizer);
  checkWave(path, props.syncWave);
  checkOptions(path, props);
  checkStrategy(path, props as ApplicationSetProps);
  const { template: rendered } = render();
  const isGo = props.goTemplate ?? true;
  checkTexts(path, rendered, 'template', isGo);
  checkTexts(path, props.templatePatch ?? '', 'templatePatch', isGo);
  generators.forEach((each, i) => checkGenerator(path, each, `generators[${i}]`, isGo, false));
  if (!isTemplated(template.name) && mayBeSeveral(generators)) {
    throw own.sameNameForAll.error(path, { name: template.name });
  }
}

function checkOptions(path: string, props: Partial<ApplicationSetProps>): void {
  const { goTemplate = true, goTemplateOptions = [], ignoreApplicationDifferences = [] } = props;
  const refuse = (field: string, value: unknown, fault: string) => messages.invalidField.error(path, { kind: KIND, field, value, fault });
  if (!goTemplate && goTemplateOptions.length > 0) {
    throw refuse('goTemplateOptions', goTemplateOptions, 'stands without goTemplate');
  }
  // text/template panics at any other one (option.go)
  const unknown = goTemplateOptions.find(option => !/^missingkey=(default|invalid|zero|error)$/.test(option));
  if (unknown !== undefined) {
    throw refuse('goTemplateOptions', unknown, 'is no option of Go templates');
  }
  for (const rule of ignoreApplicationDifferences) {
    if ([...rule.jsonPointers ?? [], ...rule.jqPathExpressions ?? []].length === 0) {
      throw messages.idleIgnoreRule.error(path, { rule, fault: 'says nothing about fields' });
    }
  }
}

function checkGenerator(path: string, generator: Generator, field: string, isGo: boolean, isSecond: boolean): void {
  const { template } = generator._options();
  const { elements = [], elementsYaml, values, ...others } = generator._fields();
  const inside = `${field}.${generator.kind}`;
  if (template !== undefined) {
    checkTexts(path, generator._toJson()[generator.kind].template, `${inside}.template`, isGo);
  }
  checkTexts(path, values ?? {}, `${inside}.values`, isGo);
  if (isSecond) { // interpolated with the parameters of the first generator of the matrix (generator_spec_processor.go, InterpolateGenerator)
    checkTexts(path, { elements, elementsYaml: elementsYaml ?? '', ...others }, inside, isGo);
  }
  if (!isGo) {
    checkFlat(path, elements);
  }
  generator._children().forEach((child, i) => checkGenerator(path, child, `${inside}.generators[${i}]`, isGo, generator.kind === 'matrix' && i === 1));
}

/** Without Go templates, elements of a list hold texts alone, and a map of texts under `values` (applicationset/generators/list.go). */
function checkFlat(path: string, elements: any[]): void {
  for (const element of elements) {
    const { values = {}, ...others } = element;
    const isFlat = [...Object.values(others), ...Object.values(values ?? {})].every(value => typeof value === 'string');
    if (!isFlat || typeof values !== 'object' || Array.isArray(values)) {
      throw own.invalidGenerator.error(path, { generator: 'list', fault: 'has an element with something else than texts, which needs goTemplate', value: element });
    }
  }
}

/** Keys are templates as well as values (applicationset/utils/utils.go, deeplyReplace). */
function checkTexts(path: string, value: unknown, field: string, isGo: boolean): void {
  if (typeof value === 'string') {
    const fault = templateFault(value, isGo);
    if (fault) {
      throw own.invalidTemplateText.error(path, { field, value, fault });
    }
  } else if (Array.isArray(value)) {
    value.forEach((each, i) => checkTexts(path, each, `${field}[${i}]`, isGo));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      checkTexts(path, key, field, isGo);
      checkTexts(path, each, `${field}.${key}`, isGo);
    }
  }
}

function mayBeSeveral(generators: Generator[]): boolean {
  return generators.length > 1 || !isOne(generators[0]);
}

function isOne(generator: Generator): boolean {
  const { elements, elementsYaml, flatList } = generator._fields();
  const children = generator._children();
  switch (generator.kind) {
    case 'list': return elements.length < 2 && elementsYaml === undefined;
    case 'clusters': return flatList === true;
    case 'matrix': return children.every(isOne);
    case 'merge': return isOne(children[0]);
    default: return false;
  }
}

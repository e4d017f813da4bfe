import { metadata, named1, object, paramName } from './fields';
import type { Interceptor } from './interceptor';
import type { EventListenerProps, ListenerTrigger, TriggerSpec } from './listener-props';
import * as messages from './messages';
import { InterceptorKind } from './trigger-props';
import type { TriggerTemplateProps } from './trigger-props';
import { labelSelector, LABEL_SELECTOR, namespaceName, objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, exclusive, flag, isHttp, json, listOf, made, oneOf, struct, text, textOrEmpty, textThat } from '../../../core/shape';

/*
 * What the webhook of Triggers would refuse (pkg/apis/triggers/v1beta1 of tektoncd/triggers 0.37).
 */

const secretRef = struct({ secretName: objectName, secretKey: text }, ['secretName', 'secretKey']);

/** Params of the interceptors that come with Triggers (pkg/interceptors). */
const KNOWN_PARAMS: Record<string, Record<string, Check>> = {
  github: {
    secretRef,
    eventTypes: listOf(text, 1),
    addChangedFiles: struct({ enabled: flag, personalAccessToken: secretRef }),
    githubOwners: object,
  },
  gitlab: { secretRef, eventTypes: listOf(text, 1) },
  bitbucket: { secretRef, eventTypes: listOf(text, 1) },
  cel: { filter: text, overlays: listOf(struct({ key: text, expression: text }, ['key', 'expression'])) },
};

const NEEDED_PARAMS: Record<string, string[]> = { github: ['secretRef', 'eventTypes'], gitlab: ['secretRef', 'eventTypes'] };

const interceptor: Check = all(made('interceptor', '_interceptor'), (at, value) => {
  const { _name: name, _kind: kind, _params: given } = value as Interceptor;
  text({ ...at, field: `${at.field}.ref.name` }, name);
  oneOf(InterceptorKind)({ ...at, field: `${at.field}.ref.kind` }, kind);
  listOf(struct({ name: text, value: json }, ['name', 'value']))({ ...at, field: `${at.field}.params` }, given);
  if (kind === InterceptorKind.CLUSTER && Object.hasOwn(KNOWN_PARAMS, name)) {
    struct(KNOWN_PARAMS[name], NEEDED_PARAMS[name])({ ...at, field: `${at.field}.${name}` }, Object.fromEntries(given.map(param => [param.name, param.value])));
  }
});

const interceptors = listOf(interceptor);

const bindings = listOf(all(
  struct({ ref: objectName, kind: oneOf({ NAMESPACED: 'TriggerBinding', CLUSTER: 'ClusterTriggerBinding' }), name: paramName, value: textOrEmpty }),
  exclusive(messages.exclusiveFields, ['ref', 'name'], 1),
  (at, value) => {
    const { name, value: given } = value as { name?: string; value?: string };
    if (name !== undefined && given === undefined) {
      throw at.messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.value` });
    }
  },
));

const TEMPLATE: Record<string, Check> = {
  params: named1(struct({ name: paramName, description: textOrEmpty, default: textOrEmpty }, ['name'])),
  resourcetemplates: listOf(all(object, (at, value) => {
    for (const field of ['apiVersion', 'kind']) {
      text({ ...at, field: `${at.field}.${field}` }, (value as Record<string, unknown>)[field] ?? '');
    }
  }), 1),
};

const TT_PARAM = /\$\(tt\.params\.([_a-zA-Z][_a-zA-Z0-9.-]*)\)/g;

/** What a template uses is declared (trigger_template_validation.go, verifyParamDeclarations). */
function checkDeclared(at: At, value: unknown): void {
  const { params = [], resourcetemplates } = value as TriggerTemplateProps;
  const known = params.map(param => param.name);
  resourcetemplates.forEach((template, i) => {
    for (const [, reference] of JSON.stringify(template).matchAll(TT_PARAM)) {
      if (!known.includes(reference)) {
        throw messages.unknownReference.error(at.path, { kind: at.kind, field: `${at.field === '' ? '' : `${at.field}.`}resourcetemplates[${i}]`, reference, what: 'param', known });
      }
    }
  });
}

const template = all(
  struct({ ref: objectName, spec: all(struct(TEMPLATE, ['resourcetemplates']), checkDeclared) }),
  exclusive(messages.exclusiveFields, ['ref', 'spec'], 1),
);

const TRIGGER: Record<string, Check> = {
  name: textThat(value => /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(value), 'is no value of a label'),
  bindings,
  template,
  interceptors,
  serviceAccountName: objectName,
};

const namespaces = struct({ matchNames: listOf((at, value) => value === '*' ? undefined : namespaceName(at, value), 1) }, ['matchNames']);

const group = struct({
  name: text,
  interceptors: listOf(interceptor, 1),
  triggerSelector: all(struct({ namespaceSelector: namespaces, labelSelector }), (at, value) => {
    if (Object.values(value as object).every(each => each === undefined)) {
      throw at.messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.namespaceSelector` });
    }
  }),
}, ['name', 'interceptors', 'triggerSelector']);

const listenerTrigger = all(struct({ ...TRIGGER, triggerRef: objectName }), (at, value) => {
  const { triggerRef, template: own, bindings: given, interceptors: passed } = value as ListenerTrigger;
  const every = Object.entries({ template: own, bindings: given, interceptors: passed });
  const parts = every.filter(([, part]) => part !== undefined).map(([name]) => name);
  if (triggerRef === undefined ? own === undefined : parts.length > 0) {
    throw messages.exclusiveFields.error(at.path, { kind: at.kind, field: at.field, fields: ['triggerRef', 'template'], given: triggerRef === undefined ? [] : ['triggerRef', ...parts] });
  }
});

const resources = all(struct({ kubernetesResource: object, customResource: object }), exclusive(messages.exclusiveFields, ['kubernetesResource', 'customResource'], 0));

const SHAPES: Record<string, Check> = {
  TriggerBinding: struct({
    metadata: metadata(),
    params: all(listOf(struct({ name: paramName, value: textThat(isBalanced, 'has an expression without an end') }, ['name', 'value']), 1), distinct(messages.duplicate, param => param.name)),
  }, ['params']),
  TriggerTemplate: all(struct({ metadata: metadata(), ...TEMPLATE }, ['resourcetemplates']), checkDeclared),
  Trigger: struct({ metadata: metadata(), ...TRIGGER }, ['template']),
  EventListener: struct({
    metadata: metadata(60),
    serviceAccountName: objectName,
    triggers: all(listOf(listenerTrigger), distinct(messages.duplicate, trigger => trigger.name)),
    triggerGroups: listOf(group),
    namespaceSelector: namespaces,
    labelSelector: struct(LABEL_SELECTOR),
    resources,
    cloudEventURI: textThat(isHttp, 'is no URL'),
  }),
};

/** Whether every `$(` has its `)` (trigger_binding_validation.go, validateParamValue). */
function isBalanced(value: string): boolean {
  return value.split('$(').slice(1).every(part => {
    let open = 0;
    for (const character of part) {
      open += character === '(' ? 1 : character === ')' ? -1 : 0;
      if (open < 0) {
        return true;
      }
    }
    return false;
  });
}

/** Throws FW1220 to FW1222 and FW1224 to FW1227. */
export function checkTriggers(path: string, kind: 'TriggerBinding' | 'TriggerTemplate' | 'Trigger' | 'EventListener', props: unknown): void {
  SHAPES[kind]({ path, kind, field: '', messages }, props);
  if (kind === 'EventListener') {
    const { triggers = [], triggerGroups = [], namespaceSelector, labelSelector: labels } = props as EventListenerProps;
    if (triggers.length + triggerGroups.length === 0 && namespaceSelector === undefined && labels === undefined) {
      throw messages.emptyField.error(path, { kind, field: 'triggers' });
    }
  }
}

/** A trigger as Triggers has it. One that names another has no bindings, not even an empty list. */
export function triggerJson({ bindings: given, ...rest }: TriggerSpec): any {
  return { ...rest, ...given && { bindings: given.map(each => each.ref === undefined ? each : { kind: 'TriggerBinding', ...each }) } };
}

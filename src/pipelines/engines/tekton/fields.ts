import { OnError, WhenOperator } from './flow-props';
import * as messages from './messages';
import { ParamType } from './param-props';
import { isMap } from '../../../core/metadata';
import { metadata as anyMetadata, objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, duration, exclusive, flag, GO_DURATION, json, listOf, mapOf, oneOf, refuse, struct, text, textOrEmpty, textThat, whole } from '../../../core/shape';

/*
 * What fields of objects of Tekton may hold: container_validation.go, task_validation.go, pipeline_validation.go and pipelinerun_validation.go
 * of tektoncd/pipeline 1.15.
 */

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PARAM_NAME = /^[_a-zA-Z][_a-zA-Z0-9.-]*$/;
const OBJECT_NAME = /^[_a-zA-Z][_a-zA-Z0-9-]*$/;
const RESULT_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/; // result_types.go, ResultNameFormat
const MOST = 63;

function named(holds: (value: string) => boolean, fault: string): Check {
  return (at, value) => {
    text(at, value);
    if (!holds(value as string)) {
      throw messages.wrongName.error(at.path, { kind: at.kind, field: at.field, value, fault });
    }
  };
}

export const label = named(value => DNS_LABEL.test(value), 'is no DNS label');
export const paramName = named(value => value.length < 1024 && PARAM_NAME.test(value), 'is no name of a param');
export const resultName = named(value => value.length < 1024 && RESULT_NAME.test(value), 'is no name of a result');

/** Metadata, with a name within a length. */
export function metadata(most = MOST): Check {
  return all(anyMetadata, (at, value) => {
    const { name } = value as { name?: string };
    if (name !== undefined && name.length > most) {
      throw messages.wrongName.error(at.path, { kind: at.kind, field: `${at.field}.name`, value: name, fault: `has more than ${most} characters` });
    }
  });
}

export const time = duration(new RegExp(`${GO_DURATION.source}|^0$`));
export const named1 = (check: Check, key = 'name'): Check => all(listOf(check), distinct(messages.duplicate, entry => entry[key]));
export const someText = mapOf(textOrEmpty);

/** Plain data with a name, as Kubernetes has it. */
export const object: Check = all(json, (at, value) => {
  if (!isMap(value)) {
    throw refuse(at, value, 'is no map');
  }
});
const withName: Check = all(object, (at, value) => text({ ...at, field: `${at.field}.name` }, (value as { name?: unknown }).name ?? ''));
const objects = listOf(object);

/** A text, a list of texts or a map of texts. */
export const paramValue: Check = (at, value) => {
  const isText = typeof value === 'string'
    || (Array.isArray(value) && Array.from(value).every(each => typeof each === 'string'))
    || (isMap(value) && [null, Object.prototype].includes(Object.getPrototypeOf(value)) && Object.values(value as object).every(each => typeof each === 'string') && !['__proto__', 'constructor'].some(key => Object.hasOwn(value as object, key)));
  if (!isText) {
    throw messages.paramType.error(at.path, { kind: at.kind, field: at.field, value, fault: 'is no text, no list of texts and no map of texts' });
  }
};

/** The type that a value has. */
export function typeOf(value: unknown): ParamType {
  return Array.isArray(value) ? ParamType.ARRAY : typeof value === 'object' ? ParamType.OBJECT : ParamType.STRING;
}

/** The type of a param that is declared (param_types.go, SetDefaults). */
export function typeOfSpec({ type, default: value, properties }: { type?: ParamType; default?: unknown; properties?: object }): ParamType {
  return type ?? (value !== undefined ? typeOf(value) : properties !== undefined ? ParamType.OBJECT : ParamType.STRING);
}

const properties = all(mapOf(struct({ type: oneOf({ STRING: ParamType.STRING }) }, ['type'])), (at, value) => {
  Object.keys(value as object).forEach(key => named(name => OBJECT_NAME.test(name), 'is no name of a key')({ ...at, field: `${at.field}.${key}` }, key));
});

const paramSpec = all(
  struct({ name: paramName, type: oneOf(ParamType), description: textOrEmpty, properties, default: paramValue, enum: listOf(textOrEmpty, 1) }, ['name']),
  (at, value) => {
    const spec = value as { name: string; type?: ParamType; default?: unknown; properties?: object };
    const type = typeOfSpec(spec);
    if (spec.default !== undefined && typeOf(spec.default) !== type) {
      throw messages.paramType.error(at.path, { kind: at.kind, field: `${at.field}.default`, value: spec.default, fault: `is no ${type}` });
    }
    if (type === ParamType.OBJECT) {
      named(name => OBJECT_NAME.test(name), 'is no name of a param that is an object')({ ...at, field: `${at.field}.name` }, spec.name);
      if (spec.properties === undefined) {
        throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.properties` });
      }
    }
  },
);

export const paramSpecs = named1(paramSpec);
export const params = named1(struct({ name: paramName, value: paramValue }, ['name', 'value']));

const resultSpec = (value: Record<string, Check>) => all(
  struct({ name: resultName, type: oneOf(ParamType), description: textOrEmpty, properties, ...value }, ['name']),
  (at, given) => {
    const { type, properties: keys } = given as { type?: ParamType; properties?: object };
    if (type === ParamType.OBJECT && keys === undefined) {
      throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.properties` });
    }
  },
);

const STEP_RESULT = /^\$\(steps\.[a-z0-9-]+\.results\.[A-Za-z0-9_.-]+\)$/;
const taskResults = named1(resultSpec({ value: textThat(value => STEP_RESULT.test(value), 'is no result of a step') }));

const whenInput = struct({ input: textOrEmpty, operator: oneOf(WhenOperator), values: listOf(textOrEmpty, 1) }, ['operator', 'values']);

export const when = listOf((at, value) => {
  if (isMap(value) && (value as { cel?: unknown }).cel !== undefined) {
    struct({ cel: text, input: textOrEmpty, operator: text, values: listOf(textOrEmpty) }, ['cel'])(at, value);
    const given = ['cel', 'input', 'operator', 'values'].filter(field => (value as Record<string, unknown>)[field] !== undefined);
    if (given.length > 1) {
      throw messages.exclusiveFields.error(at.path, { kind: at.kind, field: at.field, fields: ['cel', 'input with operator and values'], given });
    }
  } else {
    whenInput(at, value);
  }
});

const INTERNAL = 'tekton-internal-';

const volumeMount: Check = all(withName, (at, value) => {
  const { name, mountPath } = value as { name: string; mountPath?: unknown };
  text({ ...at, field: `${at.field}.mountPath` }, mountPath ?? '');
  const path = cleanPath(mountPath as string);
  if (path.startsWith('/tekton/') && !path.startsWith('/tekton/home')) {
    throw refuse({ ...at, field: `${at.field}.mountPath` }, mountPath, 'is below /tekton/, which belongs to Tekton');
  }
  if (name.startsWith(INTERNAL)) {
    throw refuse({ ...at, field: `${at.field}.name` }, name, `begins with ${INTERNAL}, which belongs to Tekton`);
  }
});

/** A path as Go cleans it: without `.`, `..` and doubled slashes. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

const CONTAINER: Record<string, Check> = {
  image: text,
  command: listOf(textOrEmpty),
  args: listOf(textOrEmpty),
  workingDir: text,
  env: all(listOf(withName), distinct(messages.duplicate, entry => entry.name)),
  envFrom: objects,
  computeResources: object,
  volumeMounts: listOf(volumeMount),
  volumeDevices: objects,
  imagePullPolicy: oneOf({ ALWAYS: 'Always', IF_NOT_PRESENT: 'IfNotPresent', NEVER: 'Never' }),
  securityContext: object,
};

const usages = listOf(struct({ name: text, mountPath: text }, ['name', 'mountPath']));
const output = struct({ path: text }, ['path']);

const NOT_WITH_REF = ['image', 'command', 'args', 'script', 'workingDir', 'env', 'volumeMounts', 'results'];

const step: Check = all(
  struct({
    name: label,
    displayName: textOrEmpty,
    ...CONTAINER,
    script: text,
    timeout: time,
    workspaces: usages,
    onError: oneOf(OnError),
    stdoutConfig: output,
    stderrConfig: output,
    ref: all(struct({ name: text, resolver: text, params }), (at, value) => resolved(at, value)),
    params,
    results: named1(resultSpec({})),
    when,
  }),
  (at, value) => {
    const given = value as Record<string, unknown>;
    if (given.ref !== undefined) {
      const both = NOT_WITH_REF.filter(field => given[field] !== undefined);
      if (both.length > 0) {
        throw messages.exclusiveFields.error(at.path, { kind: at.kind, field: at.field, fields: ['ref', ...NOT_WITH_REF], given: ['ref', ...both] });
      }
    } else if (given.params !== undefined) {
      throw messages.contradiction.error(at.path, { kind: at.kind, field: at.field, fault: 'has params and no ref that takes them' });
    }
    scriptOrCommand(at, given);
  },
);

function scriptOrCommand(at: At, given: Record<string, unknown>): void {
  if (given.script !== undefined && (given.command as string[] | undefined ?? []).length > 0) {
    throw messages.exclusiveFields.error(at.path, { kind: at.kind, field: at.field, fields: ['script', 'command'], given: ['script', 'command'] });
  }
}

/** A reference by name, or by a resolver. */
function resolved(at: At, value: unknown): void {
  const { name, resolver } = value as { name?: string; resolver?: string };
  if ((name === undefined) === (resolver === undefined)) {
    throw messages.exclusiveFields.error(at.path, { kind: at.kind, field: at.field, fields: ['name', 'resolver'], given: name === undefined ? [] : ['name', 'resolver'] });
  }
}

/** `tekton-log-results` is what Tekton calls its own one (pkg/apis/pipeline/register.go, ReservedResultsSidecarName). */
const RESERVED_SIDECAR = 'tekton-log-results';

const sidecar: Check = all(
  struct({
    name: all(label, named(value => value !== RESERVED_SIDECAR, 'belongs to Tekton')),
    ...CONTAINER,
    script: text,
    ports: objects,
    readinessProbe: object,
    livenessProbe: object,
    startupProbe: object,
    lifecycle: object,
    workspaces: usages,
  }, ['name', 'image']),
  (at, value) => scriptOrCommand(at, value as Record<string, unknown>),
);

const declaration = { name: text, description: textOrEmpty, optional: flag };

export const TASK_SPEC: Record<string, Check> = {
  displayName: textOrEmpty,
  description: textOrEmpty,
  params: paramSpecs,
  results: taskResults,
  workspaces: named1(struct({ ...declaration, mountPath: text, readOnly: flag }, ['name'])),
  steps: all(listOf(step, 1), distinct(messages.duplicate, entry => entry.name)),
  stepTemplate: struct(CONTAINER),
  sidecars: named1(sidecar),
  volumes: named1(withName),
};

export const taskSpec: Check = struct(TASK_SPEC, ['steps']);

const taskRef: Check = all(
  struct({ name: text, kind: text, apiVersion: textThat(value => /^[^/\s]+\/[^/\s]+$/.test(value), 'is no group and version'), resolver: text, params }),
  (at, value) => {
    const { kind, apiVersion, name } = value as { kind?: string; apiVersion?: string; name?: string };
    const isCustom = apiVersion !== undefined || (kind !== undefined && kind !== 'Task');
    if (isCustom && (kind === undefined || apiVersion === undefined)) {
      throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.${kind === undefined ? 'kind' : 'apiVersion'}` });
    }
    if (!isCustom) {
      resolved(at, value);
    } else if (name !== undefined) {
      objectName({ ...at, field: `${at.field}.name` }, name);
    }
  },
);

const matrix: Check = struct({ params, include: listOf(struct({ name: textOrEmpty, params })) });

const pipelineTask: Check = all(
  struct({
    name: label,
    displayName: textOrEmpty,
    description: textOrEmpty,
    taskRef,
    taskSpec,
    when,
    retries: whole(0),
    runAfter: listOf(text),
    params,
    matrix,
    workspaces: named1(struct({ name: text, workspace: text, subPath: textOrEmpty }, ['name'])),
    timeout: time,
    onError: oneOf(OnError),
  }, ['name']),
  exclusive(messages.exclusiveFields, ['taskRef', 'taskSpec'], 1),
);

export const PIPELINE_SPEC: Record<string, Check> = {
  displayName: textOrEmpty,
  description: textOrEmpty,
  params: paramSpecs,
  workspaces: named1(struct(declaration, ['name'])),
  tasks: listOf(pipelineTask, 1),
  finally: listOf(pipelineTask),
  results: named1(struct({ name: resultName, type: oneOf(ParamType), description: textOrEmpty, value: paramValue }, ['name', 'value'])),
};

export const pipelineSpec: Check = struct(PIPELINE_SPEC, ['tasks']);

const SOURCES = ['volumeClaimTemplate', 'persistentVolumeClaim', 'emptyDir', 'configMap', 'secret', 'projected', 'csi'];
const NEEDED: Record<string, string> = { persistentVolumeClaim: 'claimName', configMap: 'name', secret: 'secretName', projected: 'sources', csi: 'driver' };

const binding: Check = all(
  struct({ name: text, subPath: textOrEmpty, ...Object.fromEntries(SOURCES.map(source => [source, object])) }, ['name']),
  exclusive(messages.exclusiveFields, SOURCES, 1),
  (at, value) => {
    for (const [source, field] of Object.entries(NEEDED)) {
      const given = (value as Record<string, any>)[source];
      if (given !== undefined && (given[field] === undefined || given[field].length === 0)) {
        throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.${source}.${field}` });
      }
    }
  },
);

const template = { serviceAccountName: objectName, podTemplate: object };

export const PIPELINE_RUN_SPEC: Record<string, Check> = {
  pipelineRef: all(struct({ name: text, apiVersion: text, resolver: text, params }), resolved),
  pipelineSpec,
  params,
  workspaces: named1(binding),
  timeouts: struct({ pipeline: time, tasks: time, finally: time }),
  taskRunTemplate: struct(template),
  taskRunSpecs: named1(struct({ pipelineTaskName: text, ...template, computeResources: object, timeout: time, metadata: struct({ labels: someText, annotations: someText }) }, ['pipelineTaskName']), 'pipelineTaskName'),
  status: oneOf({ PENDING: 'PipelineRunPending', CANCELLED: 'Cancelled', RUN_FINALLY: 'CancelledRunFinally', STOPPED: 'StoppedRunFinally' }),
};

import { Heard } from './events';
import { contextParam, listenerOf, nameOf } from './names';
import { labelsOf } from './pipeline';
import type { RunFor } from './run';
import type { LoweredObject } from '../../../engine';
import type { ContextName, PipelineGraph, TriggerNode } from '../../../graph';
import { TektonEvents } from '../options';
import type { Settings } from '../settings';

/*
 * A listener for the webhooks of a host, with a trigger for each kind of event. An event says what it is by params alone: the address of the
 * repository, the Pipeline and the ServiceAccount are fixed. The pod of a listener passes the restricted standard as Triggers makes it
 * (pkg/reconciler/eventlistener/resources/container.go).
 */

const API_VERSION = 'triggers.tekton.dev/v1beta1';

export interface HeardTrigger {
  readonly trigger: TriggerNode;
  readonly heard: Heard;
}

/** The ServiceAccount of the listener. */
export function listenerName(graph: PipelineGraph): string {
  return nameOf(graph.id, 'listener');
}

/**
 * The objects of Triggers.
 *
 * @param contexts what the Pipeline takes
 * @param runFor a run with params, for trusted and other events
 */
export function lowerTriggers(
  graph: PipelineGraph, all: readonly HeardTrigger[], contexts: readonly ContextName[], settings: Settings, runFor: RunFor,
): LoweredObject[] {
  if (all.length === 0) {
    return [];
  }
  const names = namesOf(graph, all);
  const meta = (name: string) => ({ name, namespace: settings.namespace, labels: labelsOf(graph) });
  const templates = new Map<string, LoweredObject>();
  const bindings: LoweredObject[] = [];
  const triggers: LoweredObject[] = [];
  all.forEach(({ trigger, heard }, i) => {
    const isTrusted = trigger.kind !== 'pullRequest';
    const template = isTrusted ? graph.id : nameOf(graph.id, 'change');
    if (!templates.has(template)) {
      const run = runFor(contexts.map(context => ({ name: contextParam(context), value: `$(tt.params.${contextParam(context)})` })), isTrusted);
      templates.set(template, {
        apiVersion: API_VERSION,
        kind: 'TriggerTemplate',
        metadata: meta(template),
        spec: { params: contexts.map(context => ({ name: contextParam(context), default: '' })), resourcetemplates: [run] },
      });
    }
    const told = contexts.filter(context => heard.contexts[context] !== undefined);
    bindings.push({ apiVersion: API_VERSION, kind: 'TriggerBinding', metadata: meta(names[i]), spec: { params: told.map(context => ({ name: contextParam(context), value: heard.contexts[context] })) } });
    const overlays = heard.overlays.filter(({ key }) => JSON.stringify(told.map(context => heard.contexts[context])).includes(`$(extensions.${key})`));
    triggers.push({
      apiVersion: API_VERSION,
      kind: 'Trigger',
      metadata: meta(names[i]),
      spec: {
        interceptors: [
          { ref: { name: settings.events, kind: 'ClusterInterceptor' }, params: hostParams(heard, settings) },
          {
            ref: { name: 'cel', kind: 'ClusterInterceptor' },
            params: [{ name: 'filter', value: heard.filters.join(' && ') }, ...overlays.length > 0 ? [{ name: 'overlays', value: overlays }] : []],
          },
        ],
        bindings: [{ ref: names[i], kind: 'TriggerBinding' }],
        template: { ref: template },
      },
    });
  });
  return [...bindings, ...templates.values(), ...triggers, {
    apiVersion: API_VERSION,
    kind: 'EventListener',
    metadata: meta(listenerOf(graph.id)),
    spec: {
      serviceAccountName: listenerName(graph),
      triggers: names.map(triggerRef => ({ triggerRef })),
    },
  }];
}

/** Names of bindings and triggers, by the kind of event; a number follows where there are several. */
function namesOf(graph: PipelineGraph, all: readonly HeardTrigger[]): string[] {
  const seen = new Map<string, number>();
  return all.map(({ trigger }) => {
    const kind = trigger.kind.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return nameOf(graph.id, count === 1 ? kind : `${kind}-${count}`);
  });
}

function hostParams(heard: Heard, { webhookSecret, changedFilesToken, events }: Settings): object[] {
  const key = (secret: { name: string; key: string }) => ({ secretName: secret.name, secretKey: secret.key });
  return [
    { name: 'secretRef', value: key(webhookSecret) },
    { name: 'eventTypes', value: heard.eventTypes },
    ...heard.needsChangedFiles && events === TektonEvents.GITHUB
      ? [{ name: 'addChangedFiles', value: { enabled: true, ...changedFilesToken !== undefined && { personalAccessToken: key(changedFilesToken) } } }]
      : [],
  ];
}

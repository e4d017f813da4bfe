import { EventKind, EventSource } from './event-source';
import { expression, labels, nameOrStar, namespace } from './fields';
import * as messages from './messages';
import type { Link } from './tree-check';
import { Check, oneOf, struct, text } from '../../../core/shape';

const FIELDS: Record<string, Check> = { kind: oneOf(EventKind), name: nameOrStar, namespace, matchLabels: labels, apiVersion: text };

export const eventSource = struct(FIELDS, ['kind', 'name']);

export const receiverResource = struct({ ...FIELDS, filter: expression }, ['kind', 'name']);

/** Throws FW562 and FW563 for labels and names that do not go together (notification-controller internal/server/receiver_handlers.go). */
export function checkNames(path: string, kind: string, field: string, sources: EventSource[]): void {
  sources.forEach(({ name, matchLabels }, i) => {
    if (name !== '*' && matchLabels !== undefined) {
      throw messages.idleField.error(path, { kind, field: `${field}[${i}].matchLabels`, fault: 'are for the name * only' });
    }
    if (name === '*' && matchLabels === undefined) {
      throw messages.refusedTogether.error(path, { kind, field: `${field}[${i}].name`, fault: 'is *, which needs matchLabels' });
    }
  });
}

/** What the tree is asked for. */
export function linksTo(field: string, sources: EventSource[]): Link[] {
  return sources.map(({ kind, name, namespace: space }) => ({ field, kind, name, namespace: space }));
}

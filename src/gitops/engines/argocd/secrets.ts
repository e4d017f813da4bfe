import { ApiObjectMetadata } from 'cdk8s';
import * as own from './messages';
import { isMap } from '../../../core/metadata';

/** The label by which Argo CD finds its Secrets. */
const TYPE = 'argocd.argoproj.io/secret-type';

/** Throws FW540 for a field with a credential, whatever its value is: it would be committed. */
export function refuseCredentials(path: string, kind: string, value: unknown, fields: string[]): void {
  if (!isMap(value)) {
    return;
  }
  const found = fields.find(field => (value as Record<string, unknown>)[field] !== undefined);
  if (found !== undefined) {
    throw own.secretInRepository.error(path, { kind, field: found });
  }
}

/** Throws FW540 for a URL with a name and a password in it. */
export function refuseUserInfo(path: string, kind: string, field: string, url: string | undefined): void {
  if (url !== undefined && /^[a-z+]+:\/\/[^/?#]*:[^/?#]*@/i.test(url)) {
    throw own.secretInRepository.error(path, { kind, field });
  }
}

/** A Secret of Argo CD as cdk8s takes it; fields without a value are left out. */
export function secretOf(type: string, metadata: ApiObjectMetadata | undefined, fields: Record<string, string | undefined>): any {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, labels: { ...metadata?.labels, [TYPE]: type } },
    type: 'Opaque',
    stringData: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  };
}

/** A truth value as Argo CD reads it. */
export const flagText = (value: boolean | undefined) => value === undefined ? undefined : String(value);

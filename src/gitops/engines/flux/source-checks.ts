import { ApiObject } from 'cdk8s';
import { interval, metadata, named, objectName, pattern, timeout } from './fields';
import * as messages from './messages';
import { SourceReference } from './references';
import { VerificationProvider, type OciVerification } from './source-props';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { Finding } from '../../../core/diagnostics/finding';
import { Check, flag, listOf, oneOf, struct } from '../../../core/shape';

/** Fields that all sources have. */
export const SOURCE: Record<string, Check> = { metadata, interval, suspend: flag };

/** Fields of sources that have credentials of their own. */
export const FETCHED: Record<string, Check> = {
  timeout, secretRef: objectName, proxySecretRef: objectName, certSecretRef: objectName, serviceAccountName: objectName,
};

export const verification = (fields: Record<string, Check> = {}) => struct({
  provider: oneOf(VerificationProvider),
  secretRef: objectName,
  matchOIDCIdentity: listOf(struct({ issuer: pattern, subject: pattern }, ['issuer', 'subject']), 1),
  ...fields,
});

/** Throws FW562 and FW563 for what a verification cannot do. */
export function checkVerification(path: string, kind: string, { provider, secretRef, matchOIDCIdentity }: OciVerification): void {
  if (provider === VerificationProvider.NOTATION && secretRef === undefined) {
    throw messages.refusedTogether.error(path, { kind, field: 'verify.provider', fault: 'is notation, which needs verify.secretRef with a trust policy' });
  }
  if (matchOIDCIdentity !== undefined && (secretRef !== undefined || provider === VerificationProvider.NOTATION)) {
    throw messages.idleField.error(path, { kind, field: 'verify.matchOIDCIdentity', fault: 'is read only without a Secret, and by cosign' });
  }
}

/** FW569. */
export function verificationWarnings(path: string, kind: string, verify: OciVerification | undefined): Finding[] {
  return verify !== undefined && verify.secretRef === undefined && verify.matchOIDCIdentity === undefined
    ? [messages.unsignedPolicy.at(path, { kind, fault: 'accepts a signature of anyone' })] : [];
}

/** FW559, for an address and for a switch that says the same. */
export function transportWarnings(path: string, kind: string, field: string, address: string | undefined, insecure = false): Finding[] {
  return [
    ...(address?.startsWith('http://') ? [messages.insecureTransport.at(path, { kind, what: `an ${field} of plain HTTP` })] : []),
    ...(insecure ? [messages.insecureTransport.at(path, { kind, what: 'insecure: true' })] : []),
  ];
}

/** Says what is unwise about an object when the tree is checked. */
export function warn(object: ApiObject, warnings: (path: string) => Finding[]): void {
  if (warnings(object.node.path).length > 0) {
    Diagnostics.of(object).addCheck({ check: () => warnings(object.node.path) });
  }
}

/** The namespace of an object, where it is known. */
export function namespaceIn(object: ApiObject): string | undefined {
  return object.metadata.namespace ?? object.chart.namespace;
}

/** What others name an object by. */
export function referenceOf(object: ApiObject, make: (name: string, options: { namespace?: string }) => SourceReference): SourceReference {
  return make(object.name, { namespace: namespaceIn(object) });
}

/** What is written for a verification. */
export function verifyJson(verify: OciVerification | undefined): unknown {
  return verify === undefined ? undefined : {
    ...verify,
    provider: verify.provider ?? VerificationProvider.COSIGN,
    secretRef: named(verify.secretRef),
    trustedRootSecretRef: named(verify.trustedRootSecretRef),
  };
}

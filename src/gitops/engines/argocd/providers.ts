import { at } from './shapes';
import { Check, flag, listOf, plain, struct, text } from '../../../core/shape';

/** A key of a Secret in the namespace of Argo CD. */
export interface SecretKeyRef {
  /** The name of the Secret. */
  readonly secretName: string;
  /** The key. */
  readonly key: string;
}

/** A key of a ConfigMap in the namespace of Argo CD. */
export interface ConfigMapKeyRef {
  /** The name of the ConfigMap. */
  readonly configMapName: string;
  /** The key. */
  readonly key: string;
}

/** A name and a password, to log in with. */
export interface BasicAuthRef {
  /** The name. */
  readonly username: string;
  /** Where the password is. */
  readonly passwordRef: SecretKeyRef;
}

/** A token, to log in with. */
export interface BearerTokenRef {
  /** Where the token is. */
  readonly tokenRef: SecretKeyRef;
}

const secret = struct({ secretName: text, key: text }, ['secretName', 'key']);
const configMap = struct({ configMapName: text, key: text }, ['configMapName', 'key']);

/** The shapes of what providers have in common. Credentials are always named, and never stand there. */
export const SHARED: Record<string, Check> = {
  api: text,
  tokenRef: secret,
  appPasswordRef: secret,
  accessTokenRef: secret,
  appSecretName: text,
  basicAuth: struct({ username: text, passwordRef: secret }, ['username', 'passwordRef']),
  bearerToken: struct({ tokenRef: secret }, ['tokenRef']),
  caRef: configMap,
  insecure: flag,
  allBranches: flag,
  labels: listOf(text),
};

/** Checks the fields of a provider, of which `shared` are among those above, and returns what is written. */
export function provider(kind: string, props: unknown, own: Record<string, Check>, shared: string[], demanded: string[]): any {
  struct({ ...own, ...Object.fromEntries(shared.map(name => [name, SHARED[name]])) }, demanded)(at('', kind), props);
  return plain(props);
}

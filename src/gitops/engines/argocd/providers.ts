import { at } from './shapes';
import { Check, flag, listOf, plain, struct, text } from '../../../core/shape';

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

/*
 * The actions that the engine knows, each as it stands in a workflow: the commit, and its version. One line each, so that bots can read and change them:
 *
 *   '(?<depName>[\w.-]+/[\w.-]+)': '(?<currentDigest>[0-9a-f]{40}) # (?<currentValue>v[\d.]+)'
 */
export const PINS: Readonly<Record<string, string>> = {
  'actions/attest': '1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2',
  'actions/cache': '55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0',
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
  'actions/setup-dotnet': '26b0ec14cb23fa6904739307f278c14f94c95bf1 # v5.4.0',
  'actions/setup-go': '4a3601121dd01d1626a1e23e37211e3254c1c06c # v6.4.0',
  'actions/setup-java': '1bcf9fb12cf4aa7d266a90ae39939e61372fe520 # v5.4.0',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/setup-python': 'a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0',
  'actions/upload-artifact': '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1',
  'anchore/scan-action': 'e1165082ffb1fe366ebaf02d8526e7c4989ea9d2 # v7.4.0',
  'docker/build-push-action': '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0',
  'docker/login-action': 'dbcb813823bdd20940b903addbd779551569679f # v4.6.0',
  'docker/setup-buildx-action': '37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0',
  'docker/setup-qemu-action': '96fe6ef7f33517b61c61be40b68a1882f3264fb8 # v4.2.0',
  'github/codeql-action': 'cdf488f595d80d6e07e03d4674febd5ab45fa938 # v4.37.9',
  'sigstore/cosign-installer': '6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2',
};

/** A commit, and what it is called: `3d3c42e5… # v7.0.1`. */
export const PIN = /^([0-9a-f]{40}) # (v?\d[\w.+-]*)$/;

/** `owner/name`, and a folder in the repository where there is one. */
const ACTION = /^([^/]+\/[^/]+)(\/.+)?$/;

/** The repository of an action. */
export function repositoryOf(action: string): string {
  return ACTION.exec(action)?.[1] ?? action;
}

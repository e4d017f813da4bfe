import { checkIdentifier, textOrValue } from './check';
import * as messages from './messages';
import type { Value } from './value';
import { mapOf } from '../core/shape';

/**
 * What the systems set themselves. They ignore, refuse or break on others of that name: docs.github.com, Variables reference (`GITHUB_`, `RUNNER_`);
 * docs.gitlab.com, Predefined variables (`CI_`, `GITLAB_`); learn.microsoft.com, Predefined variables (`SYSTEM_`, `AGENT_`, `BUILD_`, `TF_BUILD`); Jenkins (`JENKINS_`,
 * `JOB_NAME`, `BUILD_`); and `FAIRWAY_`, which the engines use.
 */
const RESERVED = /^(?:(?:GITHUB|RUNNER|ACTIONS|CI|GITLAB|SYSTEM|AGENT|BUILD|JENKINS|HUDSON|TEKTON|FAIRWAY)_.*|CI|TF_BUILD|JOB_NAME|WORKSPACE|NODE_NAME|STAGE_NAME|EXECUTOR_NUMBER)$/;

/** What bash lets nobody write, and `IFS`, which it takes from nobody (bash(1), Shell Variables). */
const OF_BASH = new Set(['BASHOPTS', 'BASH_VERSINFO', 'EUID', 'IFS', 'PPID', 'SHELLOPTS', 'UID']);

/** Variables that shells and loaders obey: who chooses what they say, chooses what runs. */
export const OBEYED = new Set([
  'PATH', 'BASH_ENV', 'ENV', 'SHELLOPTS', 'BASHOPTS', 'PS4', 'PROMPT_COMMAND', 'IFS', 'LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES',
  'NODE_OPTIONS', 'NODE_PATH', 'PYTHONPATH', 'PYTHONSTARTUP', 'PYTHONHOME', 'PERL5LIB', 'PERL5OPT', 'RUBYOPT', 'RUBYLIB', 'JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS',
  'JDK_JAVA_OPTIONS', 'MAVEN_OPTS', 'GRADLE_OPTS', 'GOFLAGS', 'GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_EXTERNAL_DIFF', 'GIT_EDITOR', 'EDITOR', 'VISUAL', 'PAGER', 'MAKEFLAGS',
  'RUSTC_WRAPPER', 'RUSTFLAGS', 'CARGO_HOME', 'NPM_CONFIG_REGISTRY', 'PIP_INDEX_URL', 'PSModulePath', 'DOCKER_HOST', 'KUBECONFIG', 'HOME',
]);

/** A copy of some variables. Throws FW1001 and FW1004 for what is no text or value, FW1031 for a name of the systems. */
export function checkedVariables(path: string, where: string, env: unknown): Record<string, string | Value> {
  if (env === undefined) {
    return {};
  }
  mapOf(textOrValue)({ path, kind: where, field: 'env', messages }, env);
  for (const [name, value] of Object.entries(env as Record<string, string | Value>)) {
    checkIdentifier(path, 'variable', name);
    if (RESERVED.test(name.toUpperCase()) || OF_BASH.has(name)) {
      throw messages.reservedVariable.error(path, { name, where });
    }
    if (typeof value === 'string' && /[^\P{Cc}\n\t]/u.test(value)) {
      throw messages.invalidField.error(path, { kind: where, field: `env.${name}`, value, fault: 'has control characters' });
    }
  }
  return { ...env as Record<string, string | Value> };
}

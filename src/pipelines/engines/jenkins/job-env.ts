import type { Binding, EnvEntry, Expr, Step } from './ast';
import { isEnvKey } from './names';
import { JenkinsPlugin } from './options';
import { canBeEmpty, textExpr, ValueScope } from './values';
import type { World } from './world';
import { emulated, native, unsupported } from '../../gaps';
import { Environment, JobNode, plainText, Text } from '../../graph';

/** Variables as they are set around steps, and the credentials that they are made of. */
export interface Setting {
  readonly env: ReadonlyArray<{ readonly name: string; readonly value: Expr }>;
  readonly bindings: readonly Binding[];
}

/** The secret, if a text is one alone. */
export const secretOf = (text: Text) => text.length === 1 && typeof text[0] !== 'string' && text[0].kind === 'secret' ? text[0].name : undefined;

/** Variables of steps. A variable that is a secret alone is bound by its own name; others read the secret by the name of the secret. */
export function settingOf(env: Environment, scopeOf: (secret: (name: string) => void) => ValueScope): Setting {
  const bindings = new Map<string, Binding>();
  const bind = (credentialsId: string, variable: string) => bindings.set(`${credentialsId} ${variable}`, { binding: 'string', credentialsId, variable });
  const scope = scopeOf(secret => bind(secret, secret));
  const set: Array<{ name: string; value: Expr }> = [];
  for (const [name, text] of Object.entries(env)) {
    const secret = secretOf(text);
    if (secret !== undefined) {
      bind(secret, name);
    } else if (plainText(text) !== '') {
      set.push({ name, value: textExpr(text, scope) }); // empty ones are set by the scripts
    }
  }
  return { env: set, bindings: [...bindings.values()] };
}

export function within(setting: Setting, steps: readonly Step[]): readonly Step[] {
  if (steps.length === 0) {
    return steps;
  }
  const inner: readonly Step[] = setting.env.length === 0 ? steps : [{ step: 'withEnv', env: setting.env, steps }];
  return setting.bindings.length === 0 ? inner : [{ step: 'withCredentials', bindings: setting.bindings, steps: inner }];
}

/** Whether a variable can stand in an `environment` section: known text, and not empty, for Jenkins takes empty variables away. */
function isLiteral(name: string, text: Text): boolean {
  return isEnvKey(name) && Boolean(plainText(text));
}

/** The environment of the whole pipeline. */
export function rootEnvironment(env: Environment): EnvEntry[] {
  return Object.entries(env).filter(([name, text]) => isLiteral(name, text)).map(([name, text]) => ({ name, value: { is: 'text', value: plainText(text)! } }));
}

export interface JobEnvironment {
  /** For the `environment` section of the stage. */
  readonly section: readonly EnvEntry[];
  /** For around the steps. */
  readonly around: Setting;
}

/**
 * @param isStage whether there is a stage with an `environment` section for the job
 */
export function jobEnvironment(job: JobNode, leg: string, world: World, isStage: boolean): JobEnvironment {
  const { env: root } = world.graph;
  const own: Environment = { ...job.container?.env, ...job.env };
  const dynamic = Object.entries(root).filter(([name, text]) => !Object.hasOwn(own, name) && !isLiteral(name, text));
  const section: EnvEntry[] = [];
  const around: Record<string, Text> = Object.fromEntries(dynamic);
  for (const [name, text] of Object.entries(own)) {
    const secret = secretOf(text);
    if (isStage && secret !== undefined && isEnvKey(name)) {
      section.push({ name, value: { is: 'credentials', id: secret } });
    } else if (isStage && isLiteral(name, text)) {
      section.push({ name, value: { is: 'text', value: plainText(text)! } });
    } else {
      around[name] = text;
    }
  }
  const setting = settingOf(around, secret => world.scope(job, leg, secret));
  return { section, around: { env: setting.env, bindings: [...setting.bindings, ...identities(job, world), ...pushing(job, world)] } };
}

function identities(job: JobNode, world: World): Binding[] {
  return job.identities.flatMap(({ name, audience }) => {
    if (!world.options.plugins.has(JenkinsPlugin.OIDC_PROVIDER)) {
      world.row(unsupported(`identity ${name}`, 'the plug-in oidc-provider is not there', job.id));
      return [];
    }
    world.row(native(`identity ${name}`, 'a credential of the plug-in oidc-provider', job.id));
    world.remain(`Add a credential "${name}" of the kind "OpenID Connect id token as file" with the audience ${audience}, where no other pipeline reads it.`, 'Credentials of the folder');
    return [{ binding: 'file', credentialsId: name, variable: `${name}_FILE` } as const];
  });
}

/** A checkout of Jenkins leaves no credentials behind: who pushes is given some. */
function pushing(job: JobNode, world: World): Binding[] {
  if (!job.steps.some(step => step.kind === 'checkout' && step.persistCredentials)) {
    return [];
  }
  const id = world.options.pushCredentials;
  if (id === undefined) {
    world.row(unsupported('credentials for pushing', 'a checkout leaves none behind: give the option pushCredentials', job.id));
    return [];
  }
  world.row(emulated('credentials for pushing', `withCredentials([gitUsernamePassword(credentialsId: '${id}')])`, job.id));
  return [{ binding: 'gitUsernamePassword', credentialsId: id }];
}

/** Names of the variables that are empty, and of those that may be. */
export function emptyNames(job: JobNode, root: Environment, step: Environment): { readonly empty: string[]; readonly maybeEmpty: string[] } {
  const all: Environment = { ...root, ...job.container?.env, ...job.env, ...step };
  const found = Object.entries(all).filter(([, text]) => canBeEmpty(text));
  const named = (isKnown: boolean) => found.filter(([, text]) => (plainText(text) !== undefined) === isKnown).map(([name]) => name);
  return { empty: named(true), maybeEmpty: named(false) };
}

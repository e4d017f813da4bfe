import { ACTIONS, ActionField, RUN_VARIABLES } from './actions';
import * as messages from './messages';
import type { CapabilityName, DeliveryAction, DeliveryStepNode, StepNode, Text } from '../graph';
import { baseOf, JobStep } from '../step';
import { JobStepOptions } from '../step-options';
import type { StepScope } from '../step-spec';
import { Context, Value } from '../value';

/** What a field of an action is told. */
export type Told = string | Value | readonly string[] | boolean | number | undefined;

/** A delivery step, but for what all of them have in common. */
export interface DeliverySpec {
  readonly action: DeliveryAction;
  /** What people see without a name of the user. */
  readonly title: string;
  /** By the fields of the action. */
  readonly told: Readonly<Record<string, Told>>;
  /** Parts of the portable script, one after the other. */
  readonly script: readonly string[];
  /** Commands that must be there; the first one decides on the image where steps have images. */
  readonly commands: readonly string[];
  /** The folder that it runs in, where that is not the workspace. */
  readonly workingDirectory?: string;
  readonly outputs?: readonly string[];
  /** Why the job gets each of these rights. */
  readonly grants?: Readonly<Partial<Record<CapabilityName, string>>>;
  /** Audiences of tokens, by name. */
  readonly identities?: Readonly<Record<string, string>>;
  readonly publishes?: boolean;
  readonly retry?: { readonly attempts: number; readonly delaySeconds: number };
  /** Whether its script reads what is known of the run: `RUN_REPOSITORY`, `RUN_COMMIT`, `RUN_URL`. */
  readonly readsRun?: boolean;
}

/** A typed step with a portable script. Throws FW1050 for a variable that it sets itself. */
export function deliveryStep(options: JobStepOptions | undefined, spec: DeliverySpec): JobStep {
  const { action, title, told, outputs = [], grants = {}, identities = {}, publishes = false, retry, readsRun = false } = spec;
  const base = baseOf(options, action, title);
  const { fields } = ACTIONS[action];
  const names = [...Object.values(fields).map(field => field.variable), ...RUN_VARIABLES];
  const taken = Object.keys(base.env).find(name => names.includes(name));
  if (taken !== undefined) {
    throw messages.ownVariable.error('', { step: base.id ?? action, name: taken });
  }
  const known = Object.entries(fields).flatMap(([name, field]) => isTold(told[name]) ? [{ name, field, value: told[name] }] : []);
  const body = spec.script.join('\n');
  const script = [...needs(spec.commands), ...unset(fields, told, body), body].join('\n');
  return JobStep._of({
    ...base,
    outputs,
    checkedOutputs: Object.fromEntries(outputs.filter(name => Object.hasOwn(FIXED, name)).map(name => [name, FIXED[name]])),
    grants: Object.entries(grants).map(([capability, reason]) => ({ capability: capability as CapabilityName, reason })),
    identities: Object.entries(identities).map(([name, audience]) => ({ name, audience })),
    publishes,
    ...retry && { retry },
    build: (scope): StepNode => {
      const portable = { script, commands: spec.commands, ...spec.workingDirectory !== undefined && { workingDirectory: spec.workingDirectory } };
      const given: DeliveryStepNode['with'] = Object.fromEntries(known.map(({ name, field, value }) => [name, whatIs(scope, name, field, value, action)]));
      const variables = Object.fromEntries(known.map(({ name, field }) => [field.variable, asVariable(given[name])]));
      const run = readsRun ? scope.env(RUN) : {};
      return { ...scope.step, env: { ...variables, ...run, ...scope.step.env }, kind: 'delivery', action, with: given, portable };
    },
  });
}

/** Outputs that have one form, whatever a step is told. The others say what it was told. */
const FIXED: Readonly<Record<string, string>> = {
  digest: 'a digest of the registry', state: 'one of three words', commit: 'a hash of git', percent: 'a number', findings: 'a number',
};

const RUN = { RUN_REPOSITORY: Context.REPOSITORY, RUN_COMMIT: Context.SHA, RUN_URL: Context.RUN_URL };

function isTold(value: Told): value is Exclude<Told, undefined> {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function whatIs(scope: StepScope, name: string, field: ActionField, value: Exclude<Told, undefined>, action: DeliveryAction): DeliveryStepNode['with'][string] {
  if (typeof value === 'string' || value instanceof Value) {
    return scope.text(value, { where: `the ${name} of ${action}`, isShown: !field.isSecret, decides: field.decides });
  }
  return value;
}

function asVariable(given: DeliveryStepNode['with'][string]): Text {
  if (typeof given === 'number' || typeof given === 'boolean') {
    return [String(given)];
  }
  return given.every(part => typeof part === 'string') && given.length > 1 ? [given.join('\n')] : given;
}

/** Ends the script where a command is not there. */
function needs(commands: readonly string[]): string[] {
  return commands.flatMap(command => [
    `if ! command -v ${command} > /dev/null; then`,
    `  echo 'This step needs ${command}, which is not in the image.' >&2`,
    '  exit 127',
    'fi',
  ]);
}

/** What was not told is empty, whatever the job has under that name. */
function unset(fields: Readonly<Record<string, ActionField>>, told: Readonly<Record<string, Told>>, script: string): string[] {
  const empty = Object.entries(fields).filter(([name, field]) => !isTold(told[name]) && !field.inherits && new RegExp(`\\b${field.variable}\\b`).test(script)).map(([, field]) => `${field.variable}=''`);
  return empty.length === 0 ? [] : [empty.join(' ')];
}

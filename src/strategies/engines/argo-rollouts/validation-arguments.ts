import { ArgumentJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';

const METADATA = /^metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])$/;

/** The arguments that a Rollout gives to an analysis. */
export function argumentRules(say: Say, path: string, args: ArgumentJson[] = []): void {
  sameArguments(say, `${path}.args`, args);
  args.forEach((arg, i) => {
    const { value, valueFrom } = arg;
    const ways = [value, valueFrom?.podTemplateHashValue, valueFrom?.fieldRef].filter(way => way !== undefined);
    if (ways.length !== 1 || (value !== undefined && valueFrom)) {
      say(messages.invalidArgument, `${path}.args[${i}]`, `gives ${JSON.stringify(arg.name)} ${ways.length === 0 ? 'no value' : 'values in two ways'}`);
    }
    fieldRefRules(say, `${path}.args[${i}]`, arg);
  });
}

/** The arguments of a template, or those that an Experiment gives, which must have values. */
export function declarationRules(say: Say, path: string, args: ArgumentJson[] = [], { needValues = false } = {}): void {
  sameArguments(say, `${path}.args`, args);
  args.forEach((arg, i) => {
    const { value, valueFrom } = arg;
    const ways = [value, valueFrom?.secretKeyRef, valueFrom?.fieldRef].filter(way => way !== undefined);
    if (ways.length > 1 || (value !== undefined && valueFrom) || (ways.length === 0 && (needValues || valueFrom))) {
      say(messages.invalidArgument, `${path}.args[${i}]`, `gives ${JSON.stringify(arg.name)} ${ways.length === 0 ? 'no value' : 'values in two ways'}`);
    }
    fieldRefRules(say, `${path}.args[${i}]`, arg);
  });
}

function fieldRefRules(say: Say, path: string, { valueFrom }: ArgumentJson): void {
  const fieldPath = valueFrom?.fieldRef?.fieldPath;
  if (fieldPath?.startsWith('metadata') && !METADATA.test(fieldPath)) {
    say(messages.invalidFieldRef, `${path}.valueFrom.fieldRef.fieldPath`, 'is no field of the metadata that can be read', fieldPath);
  }
}

function sameArguments(say: Say, path: string, args: ArgumentJson[]): void {
  args.forEach(({ name }, i) => {
    if (args.findIndex(other => other.name === name) < i) {
      say(messages.invalidArgument, `${path}[${i}]`, `gives ${JSON.stringify(name)} again`);
    }
  });
}

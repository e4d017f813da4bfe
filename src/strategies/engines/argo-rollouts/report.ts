import { Broken } from './messages';
import { Finding } from '../../../core/diagnostics/finding';
import { Problem } from '../../../core/diagnostics/problem';

/** Says that a rule is broken: at which field, how, and optionally with which value. */
export type Say = (rule: Problem<Broken>, field: string, fault: string, ...value: unknown[]) => void;

/** What is found at a construct by something that says it. */
export function reported(where: string, find: (say: Say) => void): Finding[] {
  const findings: Finding[] = [];
  find((rule, field, fault, ...value) => {
    findings.push(rule.at(where, value.length === 0 ? { field, fault } : { field, fault, value: value[0] }));
  });
  return findings;
}

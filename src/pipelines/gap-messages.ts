import { Severity } from '../core/diagnostics/finding';
import { problem, show } from '../core/diagnostics/problem';

/*
 * FW1090, FW1091: what a system cannot do of a pipeline.
 */

export const unsafeGap = problem<{ engine: string; part: string; how: string }>({
  code: 'FW1090',
  severity: Severity.ERROR,
  title: 'Something that the system cannot do, and that the pipeline depends on',
  explanation: 'Systems differ in what they can do. Where leaving a part out would let something run that should not, keep something from running, or show a secret, it is an error. '
    + '`fairway explain` prints what each system does with each part.',
}, a => ({
  message: `${a.engine} does not do ${show(a.part)}: ${a.how}.`,
  remedy: 'Choose another PipelineEngine, turn on the option that the message names, or take the part out.',
}));

export const gap = problem<{ engine: string; part: string; how: string }>({
  code: 'FW1091',
  severity: Severity.WARNING,
  title: 'Something that a system does not do as it is described',
  explanation: 'Systems differ in what they can do. Where a part is left out, or done a little differently, and nothing gets less safe by it, it is a warning.',
}, a => ({
  message: `${a.engine} does not do all of ${show(a.part)}: ${a.how}.`,
  remedy: 'Acknowledge FW1091 with why it is right here, or choose another PipelineEngine.',
}));

import * as fc from 'fast-check';
import {
  Artifact, Concurrency, Condition, Context, InputType, Job, JobOutcome, JobStep, Matrix, Pipeline, PipelineEvent, PipelineSecret, Runner, Trigger,
  Value,
} from '../../../src/pipelines';
import { pipeline } from '../stand-in';

/** Every script says a word of its own, and sees whatever values there are. */
export const wordOf = (n: number) => `marker-${n}-here`;

const HOSTILE = '"; $(touch pwned) `touch pwned` ${{ github.token }} $(Build.Id) $[[ inputs.x ]] $(params.x) #{x} \'';

interface Choice {
  readonly needs: number[];
  readonly reads: number[];
  readonly matrix: boolean;
  readonly condition: number;
  readonly retry: boolean;
  readonly steps: number;
  readonly allowFailure: boolean;
  readonly artifact: boolean;
}

export const choices = fc.array(fc.record<Choice>({
  needs: fc.array(fc.nat(), { maxLength: 3 }),
  reads: fc.array(fc.nat(), { maxLength: 2 }),
  matrix: fc.boolean(),
  condition: fc.nat({ max: 9 }),
  retry: fc.boolean(),
  steps: fc.integer({ min: 1, max: 3 }),
  allowFailure: fc.boolean(),
  artifact: fc.boolean(),
}), { minLength: 1, maxLength: 8 });

/** A pipeline with values wherever they can stand. Says how many scripts it has. */
export function randomPipeline(rows: readonly Choice[]): { readonly ci: Pipeline; readonly words: string[] } {
  const ci = pipeline({
    triggers: [Trigger.push({ branches: ['main', 'release/**'] }), Trigger.pullRequest(), Trigger.manual(), Trigger.schedule({ cron: '7 4 * * *' })],
    env: { LITERAL: HOSTILE, BRANCH_NAME: Context.BRANCH },
    concurrency: Concurrency.perRef(),
  });
  const input = ci.addInput('note', { description: 'anything', type: InputType.STRING, default: '' });
  const words: string[] = [];
  const jobs: Array<{ readonly job: Job; readonly output: JobStep; readonly artifact?: Artifact }> = [];
  rows.forEach((row, i) => {
    const before = (n: number) => jobs[n % jobs.length];
    const matrix = row.matrix ? Matrix.of({ AXIS: ['one', 'two'], OTHER: ['x'] }, { exclude: [{ AXIS: 'two', OTHER: 'x' }], include: [{ AXIS: 'three', OTHER: 'y' }] }) : undefined;
    const values: Record<string, string | Value> = {
      SHA: Context.SHA,
      TITLE: Context.ACTOR,
      SOURCE: Context.SOURCE_BRANCH,
      NOTE: input,
      TOKEN: PipelineSecret.named('DEPLOY_TOKEN'),
      ODD: HOSTILE,
      JOINED: Value.join('a-', Context.REF, '-', input),
      ...matrix && { LEG: matrix.value('AXIS') },
      ...i > 0 && Object.fromEntries(row.reads.map((n, at) => [`READ_${at}`, before(n).output.output('said')])),
    };
    const script = () => {
      words.push(wordOf(words.length));
      return `echo ${words.at(-1)} "$SHA" "$TITLE" "$NOTE"\necho "said=x" >> "$FAIRWAY_OUTPUT"`;
    };
    const first = JobStep.run(script(), { id: 'first', outputs: ['said'], env: values, ...row.retry && { retry: { attempts: 2 } } });
    const more = Array.from({ length: row.steps }, (_, n) => JobStep.run(script(), {
      env: { ...values, OWN: first.output('said') },
      continueOnError: n === 1,
      ...n === 0 && { condition: Condition.or(first.output('said').isOneOf('x', HOSTILE), Condition.failure()) },
    }));
    const artifact = row.artifact ? Artifact.named(`files-${i}`) : undefined;
    const condition = conditionOf(row.condition, i > 0 ? before(row.condition) : undefined, input);
    const job = new Job(ci, `job-${i}`, {
      name: Value.join(`Job ${i} of `, Context.SHA),
      steps: [JobStep.checkout(), first, ...more, ...artifact ? [JobStep.upload(artifact, { paths: ['out'] })] : []],
      dependsOn: i > 0 ? row.needs.map(n => before(n).job) : [],
      ...matrix && { matrix },
      ...condition && { condition },
      allowFailure: row.allowFailure,
      runner: Runner.linux(),
    });
    jobs.push({ job, output: first, artifact });
  });
  return { ci, words };
}

function conditionOf(kind: number, other: { readonly job: Job; readonly output: JobStep } | undefined, input: Value): Condition | undefined {
  switch (kind) {
    case 0: return Condition.event(PipelineEvent.PUSH);
    case 1: return Context.BRANCH.matches('release/**', 'main');
    case 2: return input.isOneOf('go', HOSTILE);
    case 3: return other && Condition.and(Condition.always(), Condition.outcomeOf(other.job, JobOutcome.FAILURE));
    case 4: return other && other.output.output('said').isOneOf('x');
    case 5: return Condition.not(Context.BRANCH.isOneOf('it\'s', HOSTILE));
    default: return undefined;
  }
}

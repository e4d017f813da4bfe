import { plainText, Environment, JobNode, PipelineGraph } from '../../graph';

/*
 * The environment. A variable of the pipeline or of a job is in the environment of every task, in upper case (azure-pipelines-agent, VarUtil.cs,
 * ConvertToEnvVariableFormat). So what is constant and has such a name stands in `variables`, once. Everything else is given to each step by `env`,
 * under its own name; and what a step gives itself must not be a variable, because variables come after it (Handler.cs, AddVariablesToEnvironment).
 */

/** Names that Azure Pipelines or this engine uses, or takes for something else when they are variables. */
const TAKEN = /^(ENDPOINT|INPUT|SECRET|PATH|SECUREFILE|AGENT_|BUILD_|SYSTEM_|RELEASE_|PIPELINE_|ENVIRONMENT_|STRATEGY_|CHECKS_|VSTS_|TASK_|AZP_|FAIRWAY_|MATRIX_|NEEDS_)/;

export interface Constants {
  /** Variables by name. */
  readonly variables: ReadonlyMap<string, string>;
  /** What is left for the steps. */
  readonly env: Environment;
}

/** What every job is given. */
export function sharedConstants(graph: PipelineGraph): Constants {
  const set = new Set(graph.jobs.flatMap(job => [...Object.keys(job.env), ...ownNames(job)]));
  return divided(graph.env, set);
}

/** What the steps of a job are given, beside what every job is. */
export function jobConstants(shared: Constants, job: JobNode): Constants {
  return divided({ ...shared.env, ...job.env }, new Set(ownNames(job)));
}

function ownNames(job: JobNode): string[] {
  return job.steps.flatMap(step => Object.keys(step.env));
}

function divided(env: Environment, set: ReadonlySet<string>): Constants {
  const variables = new Map<string, string>();
  const left: Array<[string, Environment[string]]> = [];
  for (const [name, text] of Object.entries(env)) {
    const plain = plainText(text);
    const fits = plain !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(name) && !TAKEN.test(name) && !/\$[({[]/.test(plain) && !set.has(name);
    if (fits) {
      variables.set(name, plain);
    } else {
      left.push([name, text]);
    }
  }
  return { variables, env: Object.fromEntries(left) };
}

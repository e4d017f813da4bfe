import { isIdentifier } from './groovy';
import { CaselessNames, freeName } from '../../../core/free-name';

/*
 * What is known of jobs while a build runs stands in variables of the environment: Groovy variables would not outlive the Jenkinsfile's
 * own checks (pipeline-model-definition, script splitting), and a condition reads them as well.
 */

/** Variables of the build, each with one name. */
export class Names {
  private readonly names = new Map<string, string>();
  // Jenkins does not tell variables apart by case (core, EnvVars).
  private readonly taken = new CaselessNames();

  /** What a job came to: `failure` while it runs and when it fails, else `success`. */
  public result(job: string): string {
    return this.of(`FAIRWAY_RESULT_${job}`, `result ${job}`);
  }

  /** An output of a job. */
  public output(job: string, name: string): string {
    return this.of(`FAIRWAY_OUTPUT_${job}__${name}`, `output ${job} ${name}`);
  }

  /** An output of a step, within its job. */
  public stepOutput(job: string, step: string, name: string): string {
    return this.of(`FAIRWAY_OUTPUT_${job}__${step}__${name}`, `step ${job} ${step} ${name}`);
  }

  private of(wish: string, of: string): string {
    let name = this.names.get(of);
    if (name === undefined) {
      name = freeName(wish.replace(/[^A-Za-z0-9_]/g, '_'), this.taken, '_');
      this.taken.add(name);
      this.names.set(of, name);
    }
    return name;
  }
}

/** Names of stages, each there once: Jenkins refuses two of one name. */
export class StageNames {
  private readonly taken = new Set<string>();

  public take(wish: string): string {
    // Stages are told apart by their names in addresses and in the log: no line breaks, no blank ends.
    const plain = wish.replace(/[\p{C}\s]+/gu, ' ').trim() || 'stage';
    const name = freeName(plain, this.taken, ' ');
    this.taken.add(name);
    return name;
  }
}

/** Whether a variable may stand in an `environment` section; else it is set around the steps. */
export function isEnvKey(name: string): boolean {
  return isIdentifier(name);
}

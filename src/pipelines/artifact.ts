import { checkId } from './check';

/** Files that one job makes and others use. Who downloads it waits for the job that uploads it. */
export class Artifact {
  /**
   * @param name the name, unique in the pipeline: a DNS label. Throws FW1004
   */
  public static named(name: string): Artifact {
    return new Artifact(checkId('', 'artifact', name));
  }

  private constructor(public readonly name: string) {}

  /** @internal */
  public get _artifact(): string {
    return this.name;
  }
}

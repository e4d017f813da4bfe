import { Finding } from './finding';
import { renderText } from './render-text';

const FAIRWAY_ERROR = Symbol.for('cdk8s-fairway.FairwayError');

/**
 * What the library throws: one finding from a constructor, all findings from a synth.
 *
 * @internal not a jsii type, because jsii classes cannot extend Error
 */
export class FairwayError extends Error {
  /** Recognizes the error also when the library is loaded twice. */
  public static isFairwayError(e: unknown): e is FairwayError {
    return typeof e === 'object' && e !== null && FAIRWAY_ERROR in e;
  }

  public readonly findings!: Finding[];

  public constructor(findings: Finding[]) {
    super(renderText(findings));
    this.name = 'FairwayError';
    // Node prints the fields of an uncaught error; the message says it all.
    Object.defineProperty(this, 'findings', { value: findings, enumerable: false });
    Object.defineProperty(this, FAIRWAY_ERROR, { value: true });
  }
}

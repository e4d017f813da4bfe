import type { Tree } from '../documents';
import type { Verdict } from '../report';

/** A checker from outside, or one that speaks for it. It looks at what was synthesized together. */
export interface Tool<Synthesized = Tree> {
  readonly name: string;
  readonly version: string;
  /** Where it cannot be had, it is skipped and said so. */
  readonly isOptional?: boolean;
  /** Makes the tool ready to check. Throws, saying why, when it cannot be had. */
  install(): void;
  check(synthesized: Synthesized): Verdict;
}

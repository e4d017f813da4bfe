import { AZURE } from './azure';
import { GITHUB } from './github';
import type { SystemOutputs } from './system';

/** What each system has to make of each scenario. */
export const SYSTEM_OUTPUTS: ReadonlyArray<SystemOutputs<any>> = [GITHUB, AZURE];

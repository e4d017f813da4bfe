import { AZURE } from './azure';
import { GITHUB } from './github';
import { GITLAB } from './gitlab';
import { JENKINS } from './jenkins';
import type { SystemOutputs } from './system';
import { TEKTON } from './tekton';

/** What each system has to make of each scenario. */
export const SYSTEM_OUTPUTS: ReadonlyArray<SystemOutputs<any>> = [GITHUB, GITLAB, AZURE, JENKINS, TEKTON];

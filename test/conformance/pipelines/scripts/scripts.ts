import type { Repository } from '../repository';
import { azureScripts } from './azure';
import { githubScripts } from './github';
import { gitlabScripts } from './gitlab';
import { jenkinsScripts } from './jenkins';
import type { Script } from './script';
import { tektonScripts } from './tekton';

/** Every script of every system. */
export function scriptsOf(repository: Repository): Script[] {
  return [githubScripts, gitlabScripts, azureScripts, jenkinsScripts, tektonScripts].flatMap((scripts) => scripts(repository));
}

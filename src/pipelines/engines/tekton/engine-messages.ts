import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW1250 to FW1255: pipelines on Tekton.
 */

interface Place {
  readonly kind: string;
  readonly field: string;
}

export const emptyField = problem<Place>({
  code: 'FW1250',
  severity: Severity.ERROR,
  title: 'An option of Tekton that is empty',
  explanation: 'An option that is given must say something.',
}, a => ({ message: `The ${a.kind} have no ${a.field}.`, remedy: `Give a ${a.field}, or leave it out.` }));

export const invalidField = problem<Place & { value: unknown; fault: string }>({
  code: 'FW1251',
  severity: Severity.ERROR,
  title: 'An option of Tekton that is refused',
  explanation: 'Options of pipelines on Tekton name objects of Kubernetes, images and a repository. Steps never run as root.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the option says.' }));

export const unknownField = problem<Place & { known: string[] }>({
  code: 'FW1252',
  severity: Severity.ERROR,
  title: 'An option that pipelines on Tekton do not have',
  explanation: 'A misspelt option would be left out without a word.',
}, a => ({ message: `The ${a.kind} have no ${show(a.field)}.${didYouMean(a.field, a.known)}`, remedy: 'Correct the name, or leave it out.' }));

export const noRepository = problem<{ pipeline: string }>({
  code: 'FW1253',
  severity: Severity.ERROR,
  title: 'A pipeline on Tekton without a repository',
  explanation: 'Tekton is told what to check out: the address is fixed when the pipeline is synthesized, and never taken from an event.',
}, a => ({ message: `The pipeline ${show(a.pipeline)} checks out a repository that is not known.`, remedy: 'Give the platform a repository, or TektonOptions.repository.' }));

export const unpinnedImage = problem<{ images: string[] }>({
  code: 'FW1254',
  severity: Severity.WARNING,
  title: 'Images of steps without a digest',
  explanation: 'A tag can be moved to another image, which then runs with all that the pipeline may do.',
}, a => ({ message: `Steps run in images without a digest: ${a.images.map(show).join(', ')}.`, remedy: 'Give the images of TektonOptions.images, of the containers and of the services with their digests, name:tag@sha256:....' }));

export const patchFailed = problem<{ target: string; error: string }>({
  code: 'FW1255',
  severity: Severity.ERROR,
  title: 'A patch that does not fit what Tekton gets',
  explanation: 'Patches of a job change its Task, patches of a pipeline its Pipeline (RFC 6902, paths from the root of the object).',
}, a => ({ message: `The patch of ${show(a.target)} does not apply: ${a.error}`, remedy: 'Look at the object in the output, and correct the path.' }));

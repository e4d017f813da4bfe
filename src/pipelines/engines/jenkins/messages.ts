import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW118x and FW1195: Jenkins.
 */

const OPTIONS = 'Options of Jenkins are plain data: names of labels, plug-ins and credentials as its administrators gave them.';

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW1180',
  severity: Severity.ERROR,
  title: 'An option of Jenkins without a value',
  explanation: OPTIONS,
}, a => ({ message: `${a.kind} has an empty ${show(a.field)}.`, remedy: 'Give it a value, or leave it out.' }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW1181',
  severity: Severity.ERROR,
  title: 'An option of Jenkins that cannot be',
  explanation: OPTIONS,
}, a => ({ message: `The ${a.field} ${show(a.value)} of ${a.kind} ${a.fault}.`, remedy: 'Write for example PipelineEngine.jenkins({ labels: { \'linux/x64\': \'linux && docker\' } }).' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW1182',
  severity: Severity.ERROR,
  title: 'An option of Jenkins that there is none of',
  explanation: 'What nobody reads would be lost without a word.',
}, a => ({ message: `${a.kind} has no ${show(a.field)}.${didYouMean(a.field, a.known)}`, remedy: `Known are ${list(a.known)}.` }));

export const unprintable = problem<{ reason: string; fault: string }>({
  code: 'FW1183',
  severity: Severity.ERROR,
  title: 'A change that leaves no pipeline',
  explanation: 'A change of the output of Jenkins works on the sections of the pipeline as data (`stages`, `when`, `content.steps`, …), of which only what a declarative '
    + 'pipeline knows can be written.',
}, a => ({ message: `The change for the reason ${show(a.reason)} leaves something that cannot be written: ${a.fault}.`, remedy: 'Change another path, or another value: { op: \'add\', path: \'/content/steps/0\', value: { step: \'echo\', message: \'…\' } }.' }));

export const unknownPart = problem<{ reason: string; path: string }>({
  code: 'FW1184',
  severity: Severity.ERROR,
  title: 'A change of a part that is not there',
  explanation: 'Paths are JSON Pointers (RFC 6901) into the pipeline, or into the stage of a job.',
}, a => ({ message: `The change for the reason ${show(a.reason)} names ${show(a.path)}, which is not there.`, remedy: 'Look at the file without the change, and name a part of it.' }));

export const longScript = problem<{ step: string; length: number }>({
  code: 'FW1185',
  severity: Severity.ERROR,
  title: 'A script that Groovy does not read',
  explanation: 'Texts in a class file of Java hold 65,535 bytes (The Java Virtual Machine Specification, 4.4.7). Groovy refuses a longer one.',
}, a => ({ message: `The script of ${show(a.step)} has ${a.length} bytes, more than the 65535 that a text in a Jenkinsfile holds.`, remedy: 'Put it into a file of the repository, and run that.' }));

export const nativeBody = problem<{ step: string; value: unknown }>({
  code: 'FW1186',
  severity: Severity.ERROR,
  title: 'A step for Jenkins that is no Groovy',
  explanation: 'A step that is of Jenkins alone is Groovy, as text: it goes into a `script` block as it is.',
}, a => ({ message: `The step ${show(a.step)} has ${show(a.value)} for Jenkins, which is no text.`, remedy: 'Write for example { jenkins: "slackSend(message: \'Done\')" }.' }));

export const invalidPipeline = problem<{ faults: string[] }>({
  code: 'FW1187',
  severity: Severity.ERROR,
  title: 'A pipeline that Jenkins refuses',
  explanation: 'Jenkins checks a declarative pipeline before it runs (pipeline-model-definition-plugin, ModelValidatorImpl): names of stages are unique, no block is empty, '
    + '`parallel` and `matrix` do not stand in one another, and names of variables are identifiers. Changes of the output can break that.',
}, a => ({ message: `Jenkins would refuse the pipeline: ${a.faults.join('; ')}.`, remedy: 'Mend the change of the output that does it.' }));

export const waitsLonger = problem<{ job: string; for: string }>({
  code: 'FW1188',
  severity: Severity.WARNING,
  title: 'A job that waits longer than it has to',
  explanation: 'Jenkins has one level of parallel stages, and nothing but the order of the file between others. Jobs that are ordered by more than that stand in rows, each of which waits '
    + 'for all of the row before. What runs, and what is skipped, stays the same.',
}, a => ({ message: `On Jenkins, ${show(a.job)} waits for ${show(a.for)} as well, which it doesn't need.`, remedy: 'Acknowledge FW1188 with why the time doesn\'t matter, or order the jobs in chains.' }));

export const unwritableName = problem<{ what: string; value: string; fault: string }>({
  code: 'FW1189',
  severity: Severity.ERROR,
  title: 'A path that Jenkins would read otherwise',
  explanation: 'Steps such as `stash` and `archiveArtifacts` take patterns of Ant, separated by commas: a comma or a blank in a path would make it two.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Rename the file or folder, or name the folder that it is in.' }));

export const largePipeline = problem<{ pipeline: string }>({
  code: 'FW1195',
  severity: Severity.WARNING,
  title: 'A pipeline that Jenkins may find too large',
  explanation: 'Jenkins makes one method of all that stands in `pipeline { }`, and a method of Java has 64 KB. A pipeline that is larger ends with "Method too large" before its first '
    + 'stage, unless the controller is told to split it (JENKINS-37984). The cells of a matrix count as stages of their own.',
}, a => ({
  message: `The pipeline ${show(a.pipeline)} has so many stages that Jenkins may refuse it with "Method too large".`,
  remedy: 'Start the controller with -Dorg.jenkinsci.plugins.pipeline.modeldefinition.parser.RuntimeASTTransformer.SCRIPT_SPLITTING_TRANSFORMATION=true and acknowledge FW1195 '
    + 'with that, or make several pipelines of it.',
}));

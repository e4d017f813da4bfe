import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW1000 to FW1089: what is wrong with a pipeline, whatever system it is for.
 */

const named = (kind: string, field: string) => field === '' ? kind : `${field} of ${kind}`;

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW1000',
  severity: Severity.ERROR,
  title: 'Something that a pipeline needs is missing or empty',
  explanation: 'A field that is demanded has to say something. Text of blanks counts as empty.',
}, a => ({ message: `The ${named(a.kind, a.field)} is missing or empty.`, remedy: 'Give it a value; API.md says which.' }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW1001',
  severity: Severity.ERROR,
  title: 'A value that does not fit',
  explanation: 'Fields are checked for their type and range when a construct is made, whether TypeScript has looked at the program or not.',
}, a => ({ message: `The ${named(a.kind, a.field)} is ${show(a.value)}, which ${a.fault}.`, remedy: 'Give it a value as API.md describes it.' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW1002',
  severity: Severity.ERROR,
  title: 'A field that does not exist',
  explanation: 'A misspelt field would be left out without a word, and the pipeline would not do what it says.',
}, a => ({ message: `There is no field ${show(a.field)} in the ${a.kind}.`, remedy: `The fields are ${list(a.known)}.` }));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW1003',
  severity: Severity.ERROR,
  title: 'A time that is none',
  explanation: 'Timeouts are whole minutes from 1 minute to 24 hours, delays whole seconds up to an hour: what all systems can hold.',
}, a => ({ message: `The ${named(a.kind, a.field)} is ${show(a.value)}, which is no such time.`, remedy: 'Write Duration.minutes(30) for a timeout, Duration.seconds(10) for a delay.' }));

export const invalidId = problem<{ what: string; id: unknown; fault: string }>({
  code: 'FW1004',
  severity: Severity.ERROR,
  title: 'A name that not every system takes',
  explanation: 'Ids of pipelines, jobs and artifacts become names of files, jobs and objects on five systems: DNS labels are what all of them take. '
    + 'Names of variables, secrets, inputs, outputs and axes are identifiers, as shells read them.',
}, a => ({ message: `The ${a.what} ${show(a.id)} ${a.fault}.`, remedy: 'Use lower-case letters, digits and hyphens for ids; letters, digits and underscores for variables.' }));

export const takenId = problem<{ what: string; id: string; other: string }>({
  code: 'FW1005',
  severity: Severity.ERROR,
  title: 'The same name twice',
  explanation: 'Jobs of a pipeline, steps of a job, inputs, artifacts and templates are told apart by their names.',
}, a => ({ message: `There are two ${a.what} ${show(a.id)}; the other one is ${a.other}.`, remedy: 'Give one of them another name.' }));

export const noSteps = problem<{ job: string }>({
  code: 'FW1006',
  severity: Severity.ERROR,
  title: 'A job that does nothing',
  explanation: 'No system runs a job without steps. One that only asks somebody has an approval.',
}, a => ({ message: `The job ${show(a.job)} has no steps.`, remedy: 'Give it steps: [JobStep.run(\'make\')].' }));

export const noJobs = problem<{ what: string; id: string }>({
  code: 'FW1007',
  severity: Severity.ERROR,
  title: 'A pipeline without jobs',
  explanation: 'No system takes a pipeline in which nothing runs.',
}, a => ({ message: `The ${a.what} ${show(a.id)} has no jobs.`, remedy: 'Add one: new Job(pipeline, \'build\', { … }).' }));

export const noTriggers = problem<{ pipeline: string }>({
  code: 'FW1008',
  severity: Severity.ERROR,
  title: 'A pipeline that nothing starts',
  explanation: 'A pipeline is started by a trigger; one for people to start has Trigger.manual().',
}, a => ({ message: `The pipeline ${show(a.pipeline)} has no triggers.`, remedy: 'Give it triggers: [Trigger.push()].' }));

export const foreignJob = problem<{ job: string; other: string; where: string; how: string }>({
  code: 'FW1009',
  severity: Severity.ERROR,
  title: 'A job that needs one of another pipeline',
  explanation: 'Jobs of one run can wait for each other and read each other\'s outputs; jobs of other pipelines are not there. Within a template the same holds.',
}, a => ({ message: `${show(a.job)} ${a.how} ${show(a.other)}, which stands in ${show(a.where)}.`, remedy: 'Move one of the two, or hand the value over by an input of the template.' }));

export const ring = problem<{ jobs: string[] }>({
  code: 'FW1010',
  severity: Severity.ERROR,
  title: 'Jobs that wait for each other in a ring',
  explanation: 'Each job of a ring would wait for the next, and none would start. What a job reads, it waits for, too.',
}, a => ({ message: `Jobs wait for each other in a ring: ${a.jobs.map(show).join(' waits for ')} waits for ${show(a.jobs[0])}.`, remedy: 'Take out one dependsOn, or one output or artifact that is read.' }));

export const unknownOutput = problem<{ step: string; output: string; known: readonly string[] }>({
  code: 'FW1011',
  severity: Severity.ERROR,
  title: 'An output that a step does not declare',
  explanation: 'Systems read a missing output as an empty text, without a word. Outputs are therefore declared: `outputs: [\'version\']`.',
}, a => ({
  message: `The step ${show(a.step)} has no output ${show(a.output)}.`,
  remedy: a.known.length === 0 ? `Declare it: outputs: ['${a.output}'].` : `Declare it, or read ${list(a.known)}.`,
}));

export const unattachedStep = problem<{ step: string; job: string }>({
  code: 'FW1012',
  severity: Severity.ERROR,
  title: 'An output of a step that is in no job, or in several',
  explanation: 'An output is of one step in one job. A step may stand in several jobs, but then none of its outputs can be read by another.',
}, a => ({ message: `${show(a.job)} reads an output of the step ${show(a.step)}, which is in no job of its pipeline, or in several.`, remedy: 'Make a step for each job.' }));

export const laterStep = problem<{ step: string; reader: string }>({
  code: 'FW1013',
  severity: Severity.ERROR,
  title: 'A step that reads an output of a later one',
  explanation: 'The steps of a job run one after the other; what a later one says is not known before.',
}, a => ({ message: `${show(a.reader)} reads an output of ${show(a.step)}, which comes later in the same job.`, remedy: 'Change the order of the steps.' }));

export const noUploader = problem<{ artifact: string; job: string }>({
  code: 'FW1014',
  severity: Severity.ERROR,
  title: 'An artifact that nobody makes',
  explanation: 'A job that downloads an artifact waits for the one job that uploads it.',
}, a => ({ message: `${show(a.job)} downloads ${show(a.artifact)}, which no job before uploads.`, remedy: 'Upload it: JobStep.upload(artifact, { paths: [\'dist\'] }).' }));

export const twoUploaders = problem<{ artifact: string; jobs: string[] }>({
  code: 'FW1015',
  severity: Severity.ERROR,
  title: 'An artifact that two jobs make',
  explanation: 'Names of artifacts are unique in a run: the second upload fails on GitHub, and replaces the first one elsewhere.',
}, a => ({ message: `The artifact ${show(a.artifact)} is uploaded by ${list(a.jobs)}.`, remedy: 'Make an Artifact for each.' }));

export const secretShown = problem<{ where: string; secret: string }>({
  code: 'FW1016',
  severity: Severity.ERROR,
  title: 'A secret where people could read it',
  explanation: 'A secret belongs into environment variables of jobs and steps, inputs of steps, and credentials. In a name, a condition, a key of a cache, a group or an '
    + 'address it would be stored or shown in clear text; in the environment of a pipeline, all steps of all jobs would have it.',
}, a => ({ message: `The secret ${show(a.secret)} stands in ${a.where}.`, remedy: 'Hand it to the step that needs it: env: { TOKEN: secret }.' }));

export const untrustedValue = problem<{ where: string; value: string; origin?: string }>({
  code: 'FW1017',
  severity: Severity.ERROR,
  title: 'A value from outside where it decides what runs',
  explanation: 'Names of branches, titles of pull requests, inputs and the like are chosen by others. Where a value says which code is checked out, which version of a tool is loaded, or '
    + 'is a variable that shells and loaders obey (`PATH`, `BASH_ENV`, `LD_PRELOAD`, `NODE_OPTIONS`), whoever chooses it could run code with the rights of the job '
    + '(securitylab.github.com, Keeping your GitHub Actions and workflows secure: untrusted input). An output of a step that has such a value in a variable, of its own, of its job or of the '
    + 'pipeline, is chosen by others as well, and so is what is made of it: the script could hand the value on as it is.',
}, a => ({
  message: `The value ${show(a.value)}, which ${a.origin === undefined ? 'others choose' : `may say what ${show(a.origin)} says, which others choose`}, stands in ${a.where}.`,
  remedy: a.origin === undefined
    ? 'Use a value that is trusted (Context.SHA), or check it in a script and read an output of it that is among its checkedOutputs.'
    : 'Use a value that is trusted (Context.SHA), or let the script fail for texts that it does not expect, and say so: checkedOutputs: { name: \'is a version, or the step fails\' }.',
}));

export const valueInPlace = problem<{ where: string; value: string; fault: string }>({
  code: 'FW1018',
  severity: Severity.ERROR,
  title: 'A value where it is not known',
  explanation: 'A matrix value is known in the jobs of the matrix, an input in its pipeline or template, an output of a step in later steps and other jobs. The environment of a whole pipeline, its '
    + 'groups and the name of a run know contexts and inputs alone.',
}, a => ({ message: `The value ${show(a.value)} stands in ${a.where}, where it ${a.fault}.`, remedy: 'Read it where it is known.' }));

export const valueInScript = problem<{ step: string }>({
  code: 'FW1019',
  severity: Severity.ERROR,
  title: 'A value in the text of a script',
  explanation: 'A value that is put into the text of a script is run as code, whatever it says. Values therefore never become text: a step gets them as environment variables.',
}, a => ({ message: `The script of ${show(a.step)} has a value in its text.`, remedy: 'Hand it over: JobStep.run(\'echo "$TITLE"\', { env: { TITLE: Context.CHANGE_TITLE } }).' }));

export const matrixSize = problem<{ job: string; size: number }>({
  code: 'FW1020',
  severity: Severity.ERROR,
  title: 'A matrix that is empty or too large',
  explanation: 'A matrix has from 1 to 256 combinations (docs.github.com, Workflow syntax, `jobs.<job_id>.strategy.matrix`; Tekton, `max-matrix-combinations-count`).',
}, a => ({ message: `The matrix of ${show(a.job)} has ${a.size} combinations.`, remedy: 'Take values out, or split the job.' }));

export const idleExclude = problem<{ entry: string }>({
  code: 'FW1021',
  severity: Severity.ERROR,
  title: 'An entry that excludes nothing',
  explanation: 'An entry of `exclude` that matches no combination is a misspelt one: what it was to keep out would run.',
}, a => ({ message: `The exclude entry ${a.entry} matches no combination of the matrix.`, remedy: 'Use axes and values of the matrix.' }));

export const mixedStages = problem<{ job: string; pipeline: string }>({
  code: 'FW1022',
  severity: Severity.ERROR,
  title: 'A job outside of all stages',
  explanation: 'Stages follow each other. Where there are some, each job is in one; else nobody could say when the others run.',
}, a => ({ message: `The job ${show(a.job)} of ${show(a.pipeline)} is in no stage, others are.`, remedy: 'Make it in a stage: new Job(stage, …).' }));

export const backwardStage = problem<{ job: string; stage: string; needs: string; otherStage: string }>({
  code: 'FW1023',
  severity: Severity.ERROR,
  title: 'A job that needs one of a later stage',
  explanation: 'A stage begins when the one before has ended; a job in it cannot wait for one that comes later.',
}, a => ({ message: `${show(a.job)} in stage ${show(a.stage)} needs ${show(a.needs)} in the later stage ${show(a.otherStage)}.`, remedy: 'Change the order of the stages, or move one of the jobs.' }));

export const lateApproval = problem<{ job: string }>({
  code: 'FW1024',
  severity: Severity.ERROR,
  title: 'An approval in the middle of a job',
  explanation: 'Systems ask before a job starts; a runner that waits for people would be held, and time out.',
}, a => ({ message: `The job ${show(a.job)} asks for an approval after other steps, or twice.`, remedy: 'Make the approval the first step, or split the job.' }));

export const unsafeScript = problem<{ step: string; fault: string }>({
  code: 'FW1025',
  severity: Severity.ERROR,
  title: 'A script that no system hands to the shell as it is',
  explanation: 'Scripts are text of Unicode with line feeds, up to 128 KiB: an argument of a program on Linux is no longer (MAX_ARG_STRLEN), and control characters do not survive YAML.',
}, a => ({ message: `The script of ${show(a.step)} ${a.fault}.`, remedy: 'Put it into a file of the repository and run that.' }));

export const invalidSchedule = problem<{ cron: unknown; fault: string }>({
  code: 'FW1026',
  severity: Severity.ERROR,
  title: 'A schedule that is none',
  explanation: 'A schedule has five fields of cron, without names of its own (`@daily`), and comes at most every five minutes (docs.github.com, Events that trigger workflows, `schedule`).',
}, a => ({ message: `The schedule ${show(a.cron)} ${a.fault}.`, remedy: 'Write \'17 3 * * 1-5\'; a minute other than 0 is less busy.' }));

export const duplicateTrigger = problem<{ kind: string }>({
  code: 'FW1027',
  severity: Severity.ERROR,
  title: 'The same kind of trigger twice',
  explanation: 'A push, a tag, a pull request and so on has one description in a pipeline; two would contradict each other on most systems. Schedules may be several.',
}, a => ({ message: `There are two triggers of the kind ${show(a.kind)}.`, remedy: 'Make one of them.' }));

export const idleInput = problem<{ input: string }>({
  code: 'FW1028',
  severity: Severity.ERROR,
  title: 'An input that nobody can give',
  explanation: 'Inputs are asked for when people start a pipeline, or when a template is used.',
}, a => ({ message: `The input ${show(a.input)} has no trigger that asks for it.`, remedy: 'Add Trigger.manual().' }));

export const templateInputs = problem<{ use: string; template: string; fault: string }>({
  code: 'FW1029',
  severity: Severity.ERROR,
  title: 'Inputs that do not fit a template',
  explanation: 'A template says which inputs it has, of which type, and which of them must be given.',
}, a => ({ message: `${show(a.use)} does not fit the template ${show(a.template)}: ${a.fault}.`, remedy: 'Give the inputs that the template declares.' }));

export const grantsWithoutReason = problem<{ grant: string; reason: unknown }>({
  code: 'FW1030',
  severity: Severity.ERROR,
  title: 'A right without a reason',
  explanation: 'A job may do nothing beyond what it is granted, and each grant says why in one line, for whoever reviews the workflow.',
}, a => ({ message: `The reason for ${a.grant} is ${show(a.reason)}.`, remedy: `Say why: Grant.${a.grant}('pushes the tag of the release').` }));

export const reservedVariable = problem<{ name: string; where: string }>({
  code: 'FW1031',
  severity: Severity.ERROR,
  title: 'A variable that belongs to the system',
  explanation: 'Variables such as `GITHUB_TOKEN`, `CI_JOB_ID`, `BUILD_ID`, `SYSTEM_ACCESSTOKEN`, `TEKTON_…` and `FAIRWAY_…` are set by the systems themselves, '
    + 'which ignore others of that name, or break. `UID`, `PPID`, `SHELLOPTS` and `IFS` are set by bash, which lets nobody write them, or takes them from nobody.',
}, a => ({ message: `The variable ${show(a.name)} of ${a.where} belongs to a system.`, remedy: 'Choose another name.' }));

export const unreachableJob = problem<{ job: string; condition: string }>({
  code: 'FW1032',
  severity: Severity.WARNING,
  title: 'A job that never runs',
  explanation: 'The condition does not hold for any event that starts the pipeline.',
}, a => ({ message: `The job ${show(a.job)} never runs: ${a.condition} does not hold for any trigger of the pipeline.`, remedy: 'Add the trigger, or change the condition.' }));

export const orphanStatus = problem<{ job: string; other: string }>({
  code: 'FW1033',
  severity: Severity.ERROR,
  title: 'A condition that asks for itself, or for a job that waits for it',
  explanation: 'The result of a job is known when it has ended; who asks for it, waits for it.',
}, a => ({ message: `The condition of ${show(a.job)} asks for the result of ${show(a.other)}, which is not known before.`, remedy: 'Ask for a job that comes before.' }));

export const serviceOnRunner = problem<{ job: string; os: string }>({
  code: 'FW1034',
  severity: Severity.ERROR,
  title: 'Containers on a runner that has none',
  explanation: 'Service containers and job containers run on Linux alone (docs.github.com, About service containers).',
}, a => ({ message: `The job ${show(a.job)} runs on ${a.os}, where there are no containers.`, remedy: 'Run it on Runner.linux().' }));

export const shellOnRunner = problem<{ step: string; shell: string; os: string }>({
  code: 'FW1035',
  severity: Severity.ERROR,
  title: 'A shell that the runner does not have',
  explanation: 'Runners for Windows have PowerShell; bash there is what Git brings, on some systems. Linux and macOS runners have bash.',
}, a => ({ message: `The step ${show(a.step)} wants ${a.shell} on ${a.os}.`, remedy: 'Write shell: Shell.PWSH for Windows, and bash elsewhere.' }));

export const missingNative = problem<{ step: string; engine: string; known: string[] }>({
  code: 'FW1036',
  severity: Severity.ERROR,
  title: 'A native step without a body for the system',
  explanation: 'JobStep.native() is for what only some systems have. The pipeline is for another one.',
}, a => ({ message: `The step ${show(a.step)} has no body for ${a.engine}; it has some for ${list(a.known)}.`, remedy: 'Give it one, or choose another PipelineEngine.' }));

export const publishingPullRequest = problem<{ job: string; what: string }>({
  code: 'FW1037',
  severity: Severity.WARNING,
  title: 'A job that publishes, for pull requests too',
  explanation: 'Code of a pull request has not been reviewed. A job that pushes, publishes or deploys should not run it.',
}, a => ({ message: `The job ${show(a.job)} ${a.what}, and runs for pull requests as well.`, remedy: 'Give it condition: Condition.not(Condition.event(PipelineEvent.PULL_REQUEST)).' }));

export const invalidGlob = problem<{ what: string; glob: unknown; fault: string }>({
  code: 'FW1038',
  severity: Severity.ERROR,
  title: 'A pattern that systems read differently',
  explanation: 'Patterns have `*` within a segment, `**` across segments and `?` for one character. Brackets, braces, `!` and backslashes mean something else on each system; paths are '
    + 'relative to the root, without `./`.',
}, a => ({ message: `The ${a.what} ${show(a.glob)} ${a.fault}.`, remedy: 'Write \'src/**\', \'release/*\' or a plain name; leave out by except.' }));

export const takenPipeline = problem<{ what: string; name: string; other: string }>({
  code: 'FW1039',
  severity: Severity.ERROR,
  title: 'Two pipelines that write the same file or object',
  explanation: 'The file that a pipeline is written to is made of its id and its system; names of objects are made of its id and those of its jobs. Of two '
    + 'objects of one name in a namespace, the cluster keeps the one that is applied last.',
}, a => ({ message: `The ${a.what} ${show(a.name)} is also that of ${show(a.other)}.`, remedy: 'Give one of the pipelines, or of their jobs, another id.' }));

export const badPatch = problem<{ operation: unknown; fault: string }>({
  code: 'FW1040',
  severity: Severity.ERROR,
  title: 'A change of the output that cannot be',
  explanation: 'Changes are operations of JSON Patch (RFC 6902): add, remove and replace, with a path that begins with a slash, and a reason.',
}, a => ({ message: `The change ${show(a.operation)} ${a.fault}.`, remedy: 'Write pipeline.addPatch(PipelinePatch.github([JsonPatch.add(\'/env/X\', \'1\')], { reason: \'…\' })).' }));

export const secretOfOther = problem<{ job: string; secret: string; environment: string }>({
  code: 'FW1041',
  severity: Severity.ERROR,
  title: 'A secret of an environment that the job does not deploy to',
  explanation: 'A secret that is kept for an environment is shown to jobs of that environment alone, after its approvals.',
}, a => ({ message: `${show(a.job)} reads the secret ${show(a.secret)}, which is kept for the environment ${show(a.environment)}.`, remedy: 'Give the job that environment.' }));

export const idleUpload = problem<{ artifact: string; job: string }>({
  code: 'FW1042',
  severity: Severity.ERROR,
  title: 'An upload of nothing that could be in the repository',
  explanation: 'Paths of artifacts and caches are relative to the workspace, and stay in it; a cache may lie in the home folder: `~/.npm`.',
}, a => ({ message: `The path ${show(a.artifact)} of ${show(a.job)} leaves the workspace.`, remedy: 'Write it relative to the root of the repository.' }));

export const strayJob = problem<{ job: string }>({
  code: 'FW1043',
  severity: Severity.ERROR,
  title: 'A job or a stage outside of a pipeline',
  explanation: 'A job stands in a Pipeline, a Stage or a PipelineTemplate; a stage in a Pipeline.',
}, a => ({ message: `${show(a.job)} stands in no pipeline.`, remedy: 'Make it in one: new Job(pipeline, …).' }));

export const lateChange = problem<{ what: string }>({
  code: 'FW1044',
  severity: Severity.ERROR,
  title: 'A change of a pipeline that has been built',
  explanation: 'A pipeline is built once, when the platform is lowered or the pipeline is explained. What is added afterwards would not be written.',
}, a => ({ message: `${show(a.what)} is changed after its pipeline was built.`, remedy: 'Declare everything before lower(), synth() and explain().' }));

export const keptCredentials = problem<{ job: string }>({
  code: 'FW1045',
  severity: Severity.ERROR,
  title: 'Credentials that are kept, though the job may not push',
  explanation: 'A checkout keeps the token of the run in the folder only for steps that push with it. Every step and every dependency of the job can read it there.',
}, a => ({ message: `A checkout of ${show(a.job)} keeps its credentials, and the job has no grant to write code.`, remedy: 'Take persistCredentials out, or grant it: Grant.writeCode(\'pushes the tag of the release\').' }));

export const twoEnvironments = problem<{ job: string; environments: string[] }>({
  code: 'FW1046',
  severity: Severity.ERROR,
  title: 'A job that deploys to two environments',
  explanation: 'A job has one environment: its gates are asked once, and its secrets are those of it.',
}, a => ({ message: `The job ${show(a.job)} deploys to ${list(a.environments)}.`, remedy: 'Make a job for each.' }));

export const checkedWithoutReason = problem<{ output: unknown; reason: unknown }>({
  code: 'FW1047',
  severity: Severity.ERROR,
  title: 'An output that counts as checked, without a word of what is checked',
  explanation: 'What is said of a checked output lets a value that others choose decide what runs. The reason, one line of at most 200 characters, is what a reviewer looks for in the script.',
}, a => ({ message: `What is checked of the output ${show(a.output)} is ${show(a.reason)}.`, remedy: 'Say what the script makes sure of: checkedOutputs: { version: \'three numbers, or the step fails\' }.' }));

export const sharedFolder = problem<{ folder: string; address: string; other: string; otherAddress: string }>({
  code: 'FW1066',
  severity: Severity.ERROR,
  title: 'Pipelines of two repositories in one folder',
  explanation: 'The files of a pipeline that stands in another repository are written into a folder, from where they are taken over as they are. Two repositories in one folder would get the '
    + 'pipelines of each other.',
}, a => ({
  message: `The folder ${show(a.folder)} is for ${a.address}, and by ${show(a.other)} for ${a.otherAddress}.`,
  remedy: 'Give each repository a folder of its own.',
}));

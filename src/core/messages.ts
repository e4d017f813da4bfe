import { Severity } from './diagnostics/finding';
import { didYouMean, list, problem, show } from './diagnostics/problem';

/*
 * FW1xx: the platform, its tree, and the files it writes.
 */

export const validationFailed = problem<{ message: string }>({
  code: 'FW101',
  severity: Severity.ERROR,
  title: 'A validation of a construct failed',
  explanation: 'Constructs may carry validations of their own (`node.addValidation`), as those of cdk8s and cdk8s-plus do. '
    + 'All of them run before anything is written; each message they return is one of these findings.',
}, a => ({ message: a.message, remedy: 'Mend the construct as its validation says.' }));

export const idleAcknowledgement = problem<{ code: string }>({
  code: 'FW102',
  severity: Severity.WARNING,
  title: 'An acknowledgement matches nothing',
  explanation: 'A warning was acknowledged that is not found at or below that construct. Acknowledgements that outlive their '
    + 'reason hide the next warning of the same kind. Errors cannot be acknowledged.',
}, a => ({ message: `The acknowledgement of ${a.code} matches no warning here.`, remedy: 'Remove it, or move it to the construct that has the warning.' }));

export const emptyAcknowledgement = problem<{ code: string; reason: string }>({
  code: 'FW103',
  severity: Severity.ERROR,
  title: 'An acknowledgement without a code or a reason',
  explanation: 'To acknowledge a warning is to tell the next reader why it is right here. That needs the code of the warning and a reason in words.',
}, a => ({ message: `Cannot acknowledge ${show(a.code)} with the reason ${show(a.reason)}.`, remedy: 'Write acknowledge(\'FW302\', \'why this is right here\').' }));

export const checkFailed = problem<{ error: string }>({
  code: 'FW104',
  severity: Severity.ERROR,
  title: 'A check failed to run',
  explanation: 'A check threw an error instead of returning findings. It counts as a finding, because a check that cannot run must not pass for one that found nothing.',
}, a => ({ message: `A check could not run: ${a.error}`, remedy: 'Mend the check, or report it when it belongs to this library.' }));

export const invalidName = problem<{ what: string; name: string; fault: string }>({
  code: 'FW105',
  severity: Severity.ERROR,
  title: 'A name that Kubernetes or the file system refuses',
  explanation: 'Names of platforms, environments and workloads become labels, namespaces, object names and folders. They must be '
    + 'DNS labels (RFC 1123): lower-case letters, digits and hyphens, beginning with a letter, at most 63 characters '
    + '(less where several are joined).',
}, a => ({ message: `The ${a.what} name ${show(a.name)} ${a.fault}.`, remedy: 'Use lower-case letters, digits and hyphens, beginning with a letter, for example "checkout-api".' }));

export const alreadyLowered = problem<{ what: string }>({
  code: 'FW106',
  severity: Severity.ERROR,
  title: 'The model changed after it was lowered',
  explanation: '`platform.lower()` turns the model into objects, once. A workload or environment that is declared afterwards would '
    + 'silently not be written. Objects may still be added to charts, and patched.',
}, a => ({ message: `The ${a.what} is declared after platform.lower().`, remedy: 'Declare it before platform.lower(), or leave that call out: synth() makes it.' }));

export const dependencyCycle = problem<{ ring: string[] }>({
  code: 'FW107',
  severity: Severity.ERROR,
  title: 'Constructs depend on each other in a ring',
  explanation: 'Objects are applied in the order of their dependencies. In a ring there is no such order.',
}, a => ({ message: `These depend on each other in a ring: ${a.ring.join(' → ')}.`, remedy: 'Remove one of these dependencies (addDependency, dependsOn).' }));

export const dependencyOutsideChart = problem<{ source: string; target: string }>({
  code: 'FW108',
  severity: Severity.ERROR,
  title: 'A dependency on a construct that is in no chart',
  explanation: '`addDependency` orders objects and charts. A construct outside every chart, such as a workload of the model, has no '
    + 'place in that order; cdk8s fails on it with "cannot find a parent chart".',
}, a => ({ message: `${show(a.source)} depends on ${show(a.target)}, and one of them is in no chart.`, remedy: 'Depend on a chart or an object; between workloads, use dependsOn.' }));

export const serializationFailed = problem<{ error: string }>({
  code: 'FW109',
  severity: Severity.ERROR,
  title: 'An object cannot be printed',
  explanation: 'A value of the object is neither a plain value nor something that resolves to one, or a JSON patch does not apply to it.',
}, a => ({ message: a.error, remedy: 'Give plain values, Lazy values or tokens; check the paths of JSON patches.' }));

export const notPlatform = problem<{ path: string }>({
  code: 'FW110',
  severity: Severity.ERROR,
  title: 'A part of the model outside a platform',
  explanation: 'Environments, workloads and repository files belong to a `Platform`, the root of the tree that writes them. '
    + 'Building blocks such as `argocd.Application` need none.',
}, a => ({ message: `${show(a.path)} is not inside a Platform.`, remedy: 'Create it below new Platform({ name: \'…\' }).' }));

export const noEngine = problem<{ role: 'gitops' | 'rollouts' | 'promotion'; value: unknown }>({
  code: 'FW111',
  severity: Severity.ERROR,
  title: 'An engine that is none, or of another kind',
  explanation: 'A platform takes engines as the factories of `GitOpsEngine`, `RolloutEngine` and `PromotionEngine` make them. A name alone says nothing about its options.',
}, a => {
  const factory = { gitops: 'GitOpsEngine.argoCd()', rollouts: 'RolloutEngine.argoRollouts()', promotion: 'PromotionEngine.pullRequests()' }[a.role];
  return { message: `${show(a.value)} is no engine for ${show(a.role)}.`, remedy: `Write ${a.role}: ${factory}.` };
});

/*
 * FW12x: files.
 */

export const unsafePath = problem<{ path: string; fault: string }>({
  code: 'FW120',
  severity: Severity.ERROR,
  title: 'A path that may leave its root',
  explanation: 'Files are written below the root of the repository only, under names that every operating system can store. '
    + 'Absolute paths, `..`, drives, backslashes, control characters and reserved names are refused.',
}, a => ({ message: `The path ${show(a.path)} is refused: ${a.fault}.`, remedy: 'Use a path relative to the root, with / between folders.' }));

export const samePath = problem<{ path: string; other: string; otherPath: string }>({
  code: 'FW121',
  severity: Severity.ERROR,
  title: 'Two files with one path',
  explanation: 'Two objects, charts or repository files would be written to the same file, and one of them would be lost. '
    + 'Paths that differ only in case or in composed letters count as the same, as they do on macOS and Windows.',
}, a => ({ message: `The file ${show(a.path)} is also written by ${show(a.other)}${a.path === a.otherPath ? '' : ` as ${show(a.otherPath)}`}.`, remedy: 'Give one of them another name, or put it into another chart.' }));

export const fileIsFolder = problem<{ path: string; inside: string }>({
  code: 'FW122',
  severity: Severity.ERROR,
  title: 'A file where another file needs a folder',
  explanation: 'One path is a file, and the folder of another file at the same time.',
}, a => ({ message: `${show(a.path)} is a file, but ${show(a.inside)} lies inside it.`, remedy: 'Rename one of them.' }));

export const notOurs = problem<{ path: string; owner?: string }>({
  code: 'FW123',
  severity: Severity.ERROR,
  title: 'A file that this platform does not own',
  explanation: 'A file stands where the platform wants to write, and the ownership manifest (`.fairway/<platform>.json`) does not list it. '
    + 'It is never overwritten. When a platform was renamed, rename its manifest with it (`git mv .fairway/old.json .fairway/new.json`).',
}, a => ({
  message: a.owner ? `The file ${show(a.path)} is owned by the platform ${show(a.owner)}.` : `The file ${show(a.path)} exists and was not made by this platform.`,
  remedy: a.owner
    ? 'Give the two platforms different output folders; after a rename, rename the manifest in .fairway too.'
    : `Move it away, or hand it over: fairway synth --adopt ${quoted(a.path)}`,
}));

export const editedByHand = problem<{ path: string }>({
  code: 'FW124',
  severity: Severity.ERROR,
  title: 'A generated file was edited by hand',
  explanation: 'The file was made by this platform, and its content has changed since. What somebody wrote into it would be lost.',
}, a => ({ message: `The file ${show(a.path)} was edited since it was made.`, remedy: `Move the change into the program, then overwrite the file: fairway synth --adopt ${quoted(a.path)}` }));

export const staleAndEdited = problem<{ path: string }>({
  code: 'FW125',
  severity: Severity.ERROR,
  title: 'A file that is no longer made was edited by hand',
  explanation: 'The platform made the file once and no longer does, so it would remove it. But its content has changed since, and would be lost.',
}, a => ({ message: `The file ${show(a.path)} is no longer made, and was edited since it was.`, remedy: `Keep a copy if you need it, then let it go: fairway synth --adopt ${quoted(a.path)}` }));

export const linkedPath = problem<{ path: string; link: string }>({
  code: 'FW126',
  severity: Severity.ERROR,
  title: 'A path through a link',
  explanation: 'A symbolic link stands at the path, or leads out of the root on the way to it. Writing through it would change a file elsewhere.',
}, a => ({ message: `The path ${show(a.path)} is refused: ${show(a.link)} is a link, or leads out of the root.`, remedy: 'Replace the link by a folder or file.' }));

export const folderInTheWay = problem<{ path: string }>({
  code: 'FW127',
  severity: Severity.ERROR,
  title: 'A folder where a file should be',
  explanation: 'A folder, or something else that is no file, stands at the path.',
}, a => ({ message: `${show(a.path)} is not a file.`, remedy: 'Move it away.' }));

export const manifestUnreadable = problem<{ path: string; fault: string }>({
  code: 'FW128',
  severity: Severity.ERROR,
  title: 'The ownership manifest cannot be read',
  explanation: 'Without the manifest the platform cannot tell its own files from others. After a merge conflict take either side: '
    + 'the next synth compares every file and rewrites it.',
}, a => ({ message: `The ownership manifest ${show(a.path)} cannot be read: ${a.fault}.`, remedy: 'Restore it from version control (git checkout --ours), then synthesize again.' }));

export const diskFailed = problem<{ error: string; path: string; code: string }>({
  code: 'FW129',
  severity: Severity.ERROR,
  title: 'The disk refused',
  explanation: 'The operating system refused to read or write: the disk is full, or the folder is read-only. '
    + 'No file is torn; the next synth finishes the work.',
}, a => ({
  message: `Cannot write ${show(a.path)}: ${a.error}.`,
  remedy: a.code === 'ENOSPC' ? 'Make room on the disk, then synthesize again.' : 'Check the permissions of the folder, then synthesize again.',
}));

export const noMarkerSyntax = problem<{ path: string }>({
  code: 'FW130',
  severity: Severity.ERROR,
  title: 'A repository file whose comment syntax is not known',
  explanation: 'A file in the repository says in a comment that it is generated. For a name that is not known, the syntax of that comment must be given.',
}, a => ({ message: `How a comment is written in ${show(a.path)} is not known.`, remedy: 'Give FileContent.text(text, { marker: Marker.HASH }), or Marker.NONE for a format without comments.' }));

export const unknownComment = problem<{ path: string; key: string; known: string[] }>({
  code: 'FW131',
  severity: Severity.ERROR,
  title: 'A comment on a key that the file does not have',
  explanation: 'Comments of a YAML file are given by the path of the key that they stand before.',
}, a => ({ message: `The file ${show(a.path)} has no key ${show(a.key)} to put a comment on.${didYouMean(a.key, a.known)}`, remedy: `Name a key of the file, for example ${list(a.known.slice(0, 5))}.` }));

export const unprintableContent = problem<{ path: string; fault: string }>({
  code: 'FW132',
  severity: Severity.ERROR,
  title: 'A repository file that cannot be printed',
  explanation: 'The content is not plain data, or a JSON file has a root that is no object or array.',
}, a => ({ message: `The content of ${show(a.path)} cannot be printed: ${a.fault}.`, remedy: 'Give plain objects, arrays, strings, numbers and booleans.' }));

export const publishedElsewhere = problem<{ written: string; published: string }>({
  code: 'FW133',
  severity: Severity.WARNING,
  title: 'Manifests are written elsewhere than GitOps reads them',
  explanation: 'GitOps engines are pointed at `publishedPath`, which does not follow `CDK8S_OUTDIR` or `cdk8s.yaml`. '
    + 'When the manifests go to another folder, the clusters read a folder that nobody writes.',
}, a => ({ message: `Manifests are written to ${show(a.written)}, but are published at ${show(a.published)}.`, remedy: `Set publishedPath: ${show(a.written)}, or the same output folder in cdk8s.yaml.` }));

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replace(/'/g, '\'\\\'\'')}'`;
}

export const pinnedFileEdited = problem<{ file: string; environment: string }>({
  code: 'FW134',
  severity: Severity.ERROR,
  title: 'A file of a pinned environment that was edited',
  explanation: 'An environment whose release state names a commit of the program is not rendered by a synth: its files stay as the last promotion wrote them. '
    + 'One that was edited by hand is none of these.',
}, a => ({ message: `${show(a.file)} of the pinned environment ${show(a.environment)} is not as it was written.`, remedy: `Restore it: git restore -- ${quoted(a.file)}` }));

export const pinnedFileLost = problem<{ file: string; environment: string }>({
  code: 'FW135',
  severity: Severity.ERROR,
  title: 'A file of a pinned environment that is gone',
  explanation: 'The files of a pinned environment are made by another commit of the program than this one. They come back from the last commit of the repository when '
    + 'they are gone from the disk, as after `cdk8s synth`, which deletes its output folder first. There they must be as the ownership manifest knows them.',
}, a => ({ message: `${show(a.file)} of the pinned environment ${show(a.environment)} is gone, and is not in the last commit as it was written.`, remedy: 'Restore it from version control, or render the environment again: fairway promote --platform.' }));

export const pinnedWithoutFiles = problem<{ environment: string; revision: string }>({
  code: 'FW136',
  severity: Severity.ERROR,
  title: 'A pinned environment that was never rendered',
  explanation: 'The release state names the commit of the program that renders the environment, but the repository has none of its files.',
}, a => ({ message: `The environment ${show(a.environment)} is pinned to ${show(a.revision)}, and has no files.`, remedy: 'Promote the platform to it, fairway promote --platform, or take "platform" out of its release state.' }));

export const invalidSelection = problem<{ text: string }>({
  code: 'FW137',
  severity: Severity.ERROR,
  title: 'A selection of workloads that is none',
  explanation: 'With `FAIRWAY_ONLY` the command line has a program make some workloads alone. A selection that is half understood would make others.',
}, a => ({ message: `FAIRWAY_ONLY is ${show(a.text)}, which is no list of workloads.`, remedy: 'Unset it, or write it as JSON: [{"environment": "prod", "workload": "checkout"}].' }));

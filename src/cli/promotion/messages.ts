import { didYouMean, list, show } from '../../core/diagnostics/problem';

/* What promotions and rollbacks say, without codes, as the rest of the command line. */

export { manifestUnreadable, unknownWorkload } from '../messages';

const short = (version: string) => version.replace(/^(sha256:)?([a-f0-9]{12})[a-f0-9]*$/, '$1$2');
const howLong = (seconds: number) => {
  const [value, unit] = seconds % 86400 === 0 ? [seconds / 86400, 'day'] : seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
};

/** A digest or a commit as people read it. */
export { short as shortVersion };

export const nothingToPromote = () =>
  'Say what is to be promoted: names of workloads, --platform for the program alone, or --all for everything.';

export const nothingToRollBack = () =>
  'Say what is to be rolled back: names of workloads, or --platform for the program.';

export const doNotGoTogether = (options: string[]) =>
  `${list(options)} do not go together: choose one.`;

export const repeatedWorkload = (workload: string) =>
  `The workload ${show(workload)} is named twice.`;

export const noSuchEnvironment = (name: string, known: string[]) =>
  `There is no environment ${show(name)} here.${didYouMean(name, known)} ${known.length > 0 ? `There are ${list(known)}.` : 'The program has no environment.'}`;

export const noCommonPlatform = (environment: string, workloads: string[], platforms: string[]) =>
  `No platform has the environment ${show(environment)} and ${list(workloads)}; there are ${list(platforms)}. Promote the workloads of each platform in a command of its own.`;

export const ambiguousPlatform = (environment: string, platforms: string[]) =>
  `The environment ${show(environment)} is there in the platforms ${list(platforms)}. Name workloads that only one of them has, or give a program with one of them: --app.`;

export const severalSources = (environment: string, sources: string[]) =>
  `${show(environment)} is promoted from ${list(sources)}. Choose one: --from ${sources[0]}.`;

export const noSource = (environment: string) =>
  `${show(environment)} is promoted from no other environment: releases enter here. Give what is to run: --image <reference> --commit <sha>.`;

export const imageForOne = () =>
  'An image is the release of one workload: name it, and nothing else.';

export const imageNeedsCommit = () =>
  'A release that enters needs both --image and --commit, the commit of the source code that it was made from.';

export const imageRefused = (image: string, fault: string) =>
  `The image ${show(image)} is refused: ${fault}`;

export const imageWithoutDigest = (image: string) =>
  `The image ${show(image)} has no digest, so it is not known what would run. Give it as the registry reports it: repository:tag@sha256:….`;

export const noCommit = (commit: string) =>
  `The commit ${show(commit)} is no commit: give 7 to 64 hexadecimal digits.`;

export const emptyOption = (option: string) =>
  `${option} is empty.`;

export const notTheRoadsBegin = (environment: string, sources: string[]) =>
  `Releases enter the road elsewhere: ${show(environment)} is promoted from ${list(sources)}.`;

export const promoteFrom = (source: string) =>
  `Enter the release where the road begins, and promote it from there: --from ${source}.`;

export const notPromotedFrom = (environment: string, source: string, sources: string[]) =>
  `${show(environment)} is not promoted from ${show(source)}${sources.length > 0 ? `, but from ${list(sources)}` : ': releases enter there'}.`;

export const followTheRoad = (sources: string[]) =>
  sources.length > 0 ? `Promote from ${list(sources)}, or change promotedFrom in the program.` : 'Enter a release with --image and --commit, or change promotedFrom in the program.';

export const doesNotRunIn = (workload: string, environment: string) =>
  `${show(workload)} does not run in ${show(environment)}.`;

export const letItRun = () =>
  'Add the environment to the workload in the program, and promote the platform where that is pinned.';

export const noDigest = (workload: string, environment: string, tag: string | undefined) =>
  `${show(workload)} runs no digest in ${show(environment)}${tag === undefined ? ': nothing is known of it there.' : `, only the tag ${show(tag)}: what that points at may change.`}`;

export const giveDigest = (environment: string, entersThere: boolean) =>
  entersThere ? `Enter a release first: fairway promote <workload> --to ${environment} --image … --commit …` : `Promote a release to ${environment} first, or give the digest in the program.`;

export const otherRepository = (image: string, expected: string) =>
  `The image ${show(image)} is of another repository than the program names, ${show(expected)}.`;

export const otherRepositoryRemedy = () =>
  'Change the image of the workload in the program first.';

export const runsInAll = (environments: string[]) =>
  `It runs in ${list(environments)}.`;

export const otherVersion = (environment: string, found: string | undefined, version: string) =>
  `${show(environment)} runs ${found === undefined ? 'no digest' : short(found)}, not ${short(version)}.`;

export const promoteThereFirst = (environment: string) =>
  `Promote it to ${environment} first.`;

export const sinceUnknown = (environment: string) =>
  `It is not known since when it runs in ${show(environment)}: it never came there by a promotion.`;

export const enterFirst = (environment: string) =>
  `Promote a release to ${environment}, or enter one with --image and --commit: that notes the time.`;

export const soakedSince = (environment: string, since: string, seconds: number) =>
  `It runs in ${show(environment)} since ${since}; the soak time is ${howLong(seconds)}.`;

export const tryAgainAfter = (time: string) =>
  `Promote it after ${time}.`;

export const frozenByProgram = (environment: string, reason: string, until: string | undefined) =>
  `${show(environment)} is frozen by the program${until === undefined ? '' : ` until ${until}`}: ${reason.replace(/\.$/, '')}.`;

export const frozenByState = (environment: string, reason: string, until: string | undefined) =>
  `${show(environment)} is frozen by its release state${until === undefined ? '' : ` until ${until}`}: ${reason.replace(/\.$/, '')}.`;

export const thaw = (until: string | undefined, where: string) =>
  until === undefined ? `Wait until the freeze is taken out of ${where}.` : `Promote it after ${until}, or take the freeze out of ${where}.`;

export const withinTimes = () =>
  'Promotions are allowed now.';

export const outsideTimes = () =>
  'Promotions are not allowed at this time.';

export const nextOpening = (time: string | undefined) =>
  time === undefined ? 'No window opens again: change allowedTimes in the program.' : `The next window opens at ${time}.`;

export const isVouchedFor = (name: string) =>
  `The caller vouches for ${name}.`;

export const notVouchedFor = (name: string) =>
  name === 'health' ? 'It has to be healthy in the environments before, which nobody has vouched for.' : `The analysis ${show(name)} has to succeed in the environments before, which nobody has vouched for.`;

export const vouch = (name: string) =>
  `Look, and say so: --passed ${name}`;

export const alreadyThere = (workload: string | undefined, version: string, environment: string) =>
  `${workload ?? 'The platform'} is at ${short(version)} in ${environment} already.`;

export const wasRolledBack = (workload: string, version: string, environment: string, at: string, reason: string | undefined) =>
  `${workload} ${short(version)} was rolled back in ${environment} at ${at}${reason === undefined ? '.' : `: ${reason.replace(/\.$/, '')}.`}`;

export const dirtyProgram = (files: string[]) =>
  `The program differs from the last commit: ${list(files.slice(0, 5))}${files.length > 5 ? ` and ${files.length - 5} more` : ''}.`;

export const commitFirst = () =>
  'Commit them, or stash them: an environment is pinned to a commit, which must be what is rendered.';

export const noHead = () =>
  'The repository has no commit yet, so nothing can be pinned to one. Commit the program first.';

export const noRepository = () =>
  'The working folder lies in no git repository, or git is not installed. An environment that is pinned to a commit needs both.';

export const noSuchCommit = (revision: string) =>
  `The commit ${short(revision)}, which renders the environment, is not in this clone. Fetch it: git fetch --unshallow, or git fetch origin ${revision}.`;

export const gitFailed = (command: string, error: string) =>
  `git ${command} failed: ${error}.`;

export const noProgramAt = (revision: string, folder: string) =>
  `The commit ${short(revision)} has no folder ${show(folder)}. Run the command from a checkout of that commit.`;

export const otherDependencies = (file: string, revision: string) =>
  `${show(file)} is another at the commit ${short(revision)}, which renders the environment, so its program needs other dependencies than are installed here. `
  + 'Say how they are installed, --install "npm ci", or run the command from a checkout of that commit.';

export const ownPackage = (name: string, revision: string) =>
  `The dependency ${show(name)} is a folder of this repository, which may differ at the commit ${short(revision)}. `
  + 'Say how dependencies are installed, --install "npm ci", or run the command from a checkout of that commit.';

export const installFailed = (command: string, error: string) =>
  `The dependencies cannot be installed with ${show(command)}: ${error}.`;

export const notRendered = (workload: string, environment: string, revision: string | undefined) =>
  `${show(workload)} is not made in ${show(environment)}${revision === undefined ? '' : ` by the program of ${short(revision)}, which the environment is pinned to`}.`;

export const promotePlatformFirst = () =>
  'Promote the platform first: --platform, or --all for both.';

export const stateUnreadable = (file: string, fault: string) =>
  `The release state ${show(file)} cannot be read: ${fault}. Restore it from version control, or resolve the merge.`;

export const stateNotWritten = (file: string, error: string) =>
  `${show(file)} cannot be written: ${error}.`;

export const filesNotWritten = (error: string) =>
  `The files cannot be written: ${error}. Run the same command again when the reason is gone: it completes them.`;

export const lockHeld = (file: string, pid: number | undefined, host: string | undefined, since: string | undefined) =>
  `Another promotion is at work${pid === undefined ? '' : `: process ${pid} on ${host}, since ${since}`}. Wait for it; if it is long gone, remove ${file}.`;

export const lockRefused = (file: string, error: string) =>
  `${file} cannot be written: ${error}.`;

export const interruptedPromotion = (command: string) =>
  `A command was interrupted before it had written everything: ${command}. Run it again, or fairway synth, to complete it.`;

export const completed = (command: string) =>
  `Completed what was interrupted: ${command}.`;

export const noRelease = (workload: string, environment: string) =>
  `No release of ${show(workload)} is known in ${show(environment)}: what runs there is what the program says.`;

export const changeProgram = () =>
  'Change the image in the program, or promote a release.';

export const nothingBefore = (subject: string, environment: string) =>
  `There is no earlier release of ${subject} in ${show(environment)} that was not rolled back itself.`;

export const nameOne = (known: string[]) =>
  known.length > 0 ? `Name one that is to come back all the same: --to ${known[0]}.` : 'Promote another release.';

export const notPinned = (environment: string) =>
  `${show(environment)} is not pinned: it follows every synth.`;

export const revertProgram = () =>
  'Revert the program in version control.';

export const noReleaseNamed = (name: string, subject: string, known: string[]) =>
  `No release of ${subject} is called ${show(name)}. ${known.length > 0 ? `Known are ${list(known)}.` : 'None is known.'}`;

export const severalNamed = (name: string, subject: string, found: string[]) =>
  `Several releases of ${subject} are called ${show(name)}: ${list(found)}. Give more digits of the digest.`;

export const approvalsNeeded = (teams: string[], count: number) =>
  `The change has to be approved by ${count === 1 ? 'one person' : `${count} people`} of ${list(teams)}: they review the pull request.`;

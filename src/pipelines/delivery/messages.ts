import { Severity } from '../../core/diagnostics/finding';
import { list, problem, show } from '../../core/diagnostics/problem';

/*
 * FW1050 to FW1079: steps of delivery.
 */

export const ownVariable = problem<{ step: string; name: string }>({
  code: 'FW1050',
  severity: Severity.ERROR,
  title: 'A variable that the step sets itself',
  explanation: 'A delivery step hands what it is told to its script by environment variables. One of the same name would be overwritten.',
}, a => ({ message: `The variable ${show(a.name)} of ${show(a.step)} is one that the step sets itself.`, remedy: 'Choose another name, or use the option of the step.' }));

export const invalidImage = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW1051',
  severity: Severity.ERROR,
  title: 'An image that a step cannot name',
  explanation: 'A step names the repository of an image without a tag, `ghcr.io/acme/checkout`, by the grammar of distribution/reference. What was built is named by its digest from then '
    + 'on: a tag can be moved between the scan and the signature.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write image: \'ghcr.io/acme/checkout\', and digest: build.output(\'digest\').' }));

export const invalidVersion = problem<{ language: string; version: unknown; fault: string }>({
  code: 'FW1052',
  severity: Severity.ERROR,
  title: 'A version of a tool that is none',
  explanation: 'A version is numbers, `24`, `3.14` or `1.26.2`. `latest`, `lts/*` and ranges name another version tomorrow, and not every system reads them.',
}, a => ({ message: `The version ${show(a.version)} of ${a.language} ${a.fault}.`, remedy: 'Write the version: Setup.node({ version: \'24\' }).' }));

export const versionFile = problem<{ file: string; fault: string }>({
  code: 'FW1053',
  severity: Severity.ERROR,
  title: 'A file that says no version',
  explanation: 'The file with the version of a tool is read when the program runs, from the root of the repository, so that every system sets up the same version. '
    + 'Known are .nvmrc, .node-version, .python-version, .java-version, .go-version, .tool-versions, go.mod, global.json, rust-toolchain and rust-toolchain.toml, package.json.',
}, a => ({ message: `The version file ${show(a.file)} ${a.fault}.`, remedy: 'Write the version into the file, or into the program: version: \'24\'.' }));

export const foreignManager = problem<{ language: string; manager: unknown; known: readonly string[] }>({
  code: 'FW1054',
  severity: Severity.ERROR,
  title: 'A package manager of another language',
  explanation: 'The cache is that of the package manager, which belongs to a language.',
}, a => ({ message: `${show(a.manager)} is no package manager of ${a.language}.`, remedy: `Known are ${list([...a.known])}.` }));

export const unfitOptions = problem<{ step: string; fault: string; remedy: string }>({
  code: 'FW1055',
  severity: Severity.ERROR,
  title: 'Options of a step that do not go together',
  explanation: 'What a command would refuse when the pipeline runs is refused when it is written.',
}, a => ({ message: `The options of ${show(a.step)} do not go together: ${a.fault}.`, remedy: a.remedy }));

export const invalidUrl = problem<{ what: string; value: unknown }>({
  code: 'FW1056',
  severity: Severity.ERROR,
  title: 'An address that is none',
  explanation: 'What a pipeline talks to has an address of http or https, without a user in it: that would be shown in logs.',
}, a => ({ message: `The ${a.what} is ${show(a.value)}, which is no address of http or https without a user.`, remedy: 'Write \'https://shop.example.com/healthz\'.' }));

export const noHost = problem<{ whose: string; repository: string | undefined; remedy: string }>({
  code: 'FW1060',
  severity: Severity.ERROR,
  title: 'A delivery whose repository lies nobody knows where',
  explanation: 'Comments, pull requests and pushes go to the host of the repository. It is known by the address of the repository for github.com and gitlab.com.',
}, a => ({ message: `The repository of the ${a.whose} is ${show(a.repository)}, which says no host.`, remedy: a.remedy }));

export const noRoad = problem<{ fault: string }>({
  code: 'FW1061',
  severity: Severity.ERROR,
  title: 'A delivery without the environments that it leads to',
  explanation: 'The jobs of a delivery are made from the environments that are declared by then. One that comes later would get nothing, and nobody would notice.',
}, a => ({ message: `The delivery ${a.fault}.`, remedy: 'Make deliveries after all environments.' }));

export const unheldGate = problem<{ environment: string; gate: string; remedy: string }>({
  code: 'FW1062',
  severity: Severity.ERROR,
  title: 'A gate that nothing in the pipeline vouches for',
  explanation: '`fairway promote` is told by its caller that a release is healthy where it runs, and that its analyses have succeeded (`requireHealth`, `requireAnalysis`). The pipeline vouches only for what it '
    + 'has looked at; otherwise each promotion would be refused.',
}, a => ({ message: `The environment ${show(a.environment)} demands ${a.gate}, and nothing in the pipeline looks at that.`, remedy: a.remedy }));

export const strangeInDelivery = problem<{ what: string; name: unknown; fault: string }>({
  code: 'FW1063',
  severity: Severity.ERROR,
  title: 'Something in a delivery that does not belong to its platform',
  explanation: 'Images are built for workloads of the platform, once each, into a registry that the pipeline logs in to; addresses and checks are of its environments.',
}, a => ({ message: `The ${a.what} ${show(a.name)} ${a.fault}.`, remedy: 'Use workloads and environments of the same platform, each once.' }));

export const noEntry = problem<{ workload: string; fault: string; entries: string[] }>({
  code: 'FW1064',
  severity: Severity.ERROR,
  title: 'A delivery of a service that enters nowhere',
  explanation: 'The pipeline of a service hands its releases over to the environments that nothing is promoted into: those without `promotedFrom`. From there the platform promotes them. A service that '
    + 'runs in none of these could never be released.',
}, a => ({
  message: `The workload ${show(a.workload)} ${a.fault}.`,
  remedy: a.entries.length > 0 ? `Let it run in ${list(a.entries)} as well.` : 'Take promotedFrom out of the first environment of the road.',
}));

export const tokenOfRun = problem<{ workload: string }>({
  code: 'FW1065',
  severity: Severity.ERROR,
  title: 'A delivery that would change another repository with the token of its run',
  explanation: 'The token that GitHub Actions has for a job reaches the repository of the workflow alone (docs.github.com, Automatic token authentication). The release states of the platform lie in another '
    + 'one: checking that out, or at the latest the push, would fail.',
}, a => ({
  message: `The delivery of ${show(a.workload)} would write into the repository of the platform with GITHUB_TOKEN.`,
  remedy: 'Give the host the token of an app that may write there: CodeHost.github({ repository: \'acme/platform\', token: PipelineSecret.named(\'PLATFORM_TOKEN\') }).',
}));

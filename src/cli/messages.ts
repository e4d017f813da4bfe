import { didYouMean, list, show } from '../core/diagnostics/problem';

/*
 * What the command line says when it cannot do what it was asked: what is wrong, with which value,
 * and what to do. These are no findings, so they carry no code.
 */

const EXAMPLE = 'app: npx tsx main.ts';

export const noSettings = () =>
  `There is no cdk8s.yaml in this folder, so it is not known which program to run. Write one with the line "${EXAMPLE}", or give the command with --app.`;

export const settingsUnreadable = (error: string) =>
  `cdk8s.yaml cannot be read: ${error}.`;

export const settingsNotYaml = (error: string) =>
  `cdk8s.yaml is not valid YAML: ${error}. Write a mapping, for example "${EXAMPLE}".`;

export const settingsNotMapping = (found: unknown) =>
  `cdk8s.yaml is ${found === null ? 'empty' : `${show(found)}, not a mapping`}. Write the command of the program into it: "${EXAMPLE}".`;

export const noApp = () =>
  `cdk8s.yaml has no key "app", so it is not known which program to run. Add the line "${EXAMPLE}", or give the command with --app.`;

export const settingNotText = (key: string, found: unknown) =>
  `The key "${key}" of cdk8s.yaml is ${show(found)}. ${key === 'app' ? `Give the command of the program as text: "${EXAMPLE}".` : `Give the path of a folder as text: "${key}: dist".`}`;

export const emptyApp = () =>
  'The option --app is empty. Give the command that runs the program: --app "npx tsx main.ts".';

export const adoptRefused = (path: string, fault: string) =>
  `Cannot adopt ${show(path)}: ${fault}. Give paths inside this folder, as the findings name them, or --adopt alone for every file.`;

export const adoptMatchedNothing = (path: string) =>
  `--adopt ${show(path)} matches no file that is written here.`;

export const spawnFailed = (command: string, error: string) =>
  `The program ${show(command)} cannot be started: ${error}.`;

export const killed = (signal: string) =>
  `The program was killed by ${signal}.${signal === 'SIGKILL' ? ' When nobody did that, the memory may have run out.' : ''}`;

export const commandNotFound = (command: string) =>
  `The shell does not find the program ${show(command)} (exit code 127). Check "app" in cdk8s.yaml, and that the dependencies are installed.`;

export const programFailed = (code: number) =>
  `The program failed with exit code ${code}.`;

export const didNotSynthesize = () =>
  'The program ended, but it did not synthesize: call platform.synth() at its end.';

export const reportNotWritten = (path: string, error: string) =>
  `The findings cannot be written to ${show(path)}: ${error}.`;

export const nothingSynthesized = () =>
  'Nothing has been synthesized here yet: this folder has no ownership manifest (.fairway/*.json). Run fairway synth.';

export const manifestUnreadable = (path: string, fault: string) =>
  `The ownership manifest ${show(path)} cannot be read: ${fault}. Restore it from version control, then run fairway synth.`;

export const interruptedSynth = (path: string) =>
  `A synth was interrupted: ${path} has files that may not be written yet. Run fairway synth to finish it.`;

export const unknownEnvironment = (name: string, known: string[]) =>
  `There is no environment ${show(name)} here.${didYouMean(name, known)} ${known.length > 0 ? `There are ${list(known)}.` : 'No file belongs to an environment.'}`;

export const unknownPipeline = (name: string, known: string[]) =>
  `There is no pipeline ${show(name)} here.${didYouMean(name, known)} ${known.length > 0 ? `There are ${list(known)}.` : 'The program has none.'}`;

export const nothingToExplain = () => 'The program has no pipeline.';

export const unknownCode = (code: string, known: string[]) =>
  `There is no error code ${show(code)}.${didYouMean(code, known)} Run fairway errors for the list.`;

export const unknownWorkload = (name: string, known: string[]) =>
  `There is no workload ${show(name)} here.${didYouMean(name, known)} ${known.length > 0 ? `There are ${list(known)}.` : 'The program has no workload.'}`;

export const notInEnvironment = (workload: string, environment: string, known: string[]) =>
  `The workload ${show(workload)} does not run in the environment ${show(environment)}.${didYouMean(environment, known)} It runs in ${list(known)}.`;

export const severalPlatforms = (workload: string, platforms: string[]) =>
  `The workload ${show(workload)} is there in the platforms ${list(platforms)}. Give a program with one of them: --app.`;

export const severalFinal = (workload: string, environments: string[]) =>
  `The road of ${show(workload)} ends in ${list(environments)}. Choose one: --environment ${environments[0]}.`;

export const scenarioUnreadable = (file: string, error: string) =>
  `The scenario ${show(file)} cannot be read: ${error}.`;

export const scenarioRefused = (file: string, error: string) =>
  `The scenario ${show(file)} is refused.\n${error}`;

export const pictureNotWritten = (file: string, error: string) =>
  `The picture cannot be written to ${show(file)}: ${error}.`;

export const unexpectedOutcome = (outcome: string, expected: string) =>
  `The update is ${outcome}, not ${expected}.`;

export const sameEnvironment = (name: string) =>
  `The environment ${show(name)} is compared with itself. Give two of them: fairway diff dev prod.`;

export const notTogether = (from: string, to: string) =>
  `No platform has both of the environments ${show(from)} and ${show(to)}.`;

export const severalPlatformsWith = (from: string, to: string, platforms: string[]) =>
  `The environments ${show(from)} and ${show(to)} are there in the platforms ${list(platforms)}. Give a program with one of them: --app.`;

export const inNeither = (workload: string, from: string, to: string, known: string[]) =>
  `The workload ${show(workload)} runs neither in ${show(from)} nor in ${show(to)}.${didYouMean(workload, known)} ${known.length > 0 ? `There are ${list(known)}.` : 'No workload does.'}`;

export const comparisonNotWritten = (file: string, error: string) =>
  `The comparison cannot be written to ${show(file)}: ${error}.`;

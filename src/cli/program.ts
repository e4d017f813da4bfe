/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it runs, so that --help loads none of them */
import { Argument, Command, Option } from 'commander';
import { guideUrl } from './documentation';
import type { ExitCode } from './failure';
import type { Io } from './io';
import { libraryVersion } from './version';

const HELP = `
Examples:
  fairway synth                            write everything that the program describes
  fairway synth --adopt dist/prod          the same, over files that were edited by hand
  fairway check --strict                   look for errors and warnings, write nothing
  fairway check --format sarif --output fairway.sarif
  fairway list --environment prod          what is written for an environment
  fairway explain delivery                 what the system does with each part of a pipeline
  fairway simulate checkout --html checkout.html
  fairway diff dev prod                    what two environments get, and where they differ
  fairway promote checkout --to prod       what runs in the environment before, into this one
  fairway rollback checkout --environment prod
  fairway errors FW124                     what a code means

Exit codes:
  0  all is well
  1  there are findings, or the program failed
  2  the command line or cdk8s.yaml is wrong

Documentation: ${guideUrl('cli.md')}`;

const SIMULATE_HELP = `
A scenario, for example:
  pods: { startup: 30s }
  metrics:
    error-rate: { from: 0, to: 0.05, at: 3m }
  actions:
    - { at: 10m, do: promote }

Example:
  fairway simulate checkout --scenario bad-release.yaml --expect aborted`;

const PROMOTE_HELP = `
It moves the digest, tag and commit of a release into releases/<to>.json, renders what follows from it, and writes both. It commits nothing.
All gates of the environment are held against it but approvals, which only the review of the change can give.

Examples:
  fairway promote checkout --to staging --passed health
  fairway promote checkout --to dev --image ghcr.io/acme/checkout:1.5.0@sha256:… --commit 3f2a1c9
  fairway promote --all --to prod --dry-run --format markdown > body.md`;

const ROLLBACK_HELP = `
Freezes, windows, soak times and missing analyses do not stop a rollback. A release that is left this way is marked in the history: a
second rollback goes one further back, not back to it.

Examples:
  fairway rollback checkout --environment prod --reason "errors in payments"
  fairway rollback checkout --environment prod --to 1.4.1
  fairway rollback --platform --environment prod`;

const APP = ['--app <command>', 'the command that runs the program (default: the key "app" of cdk8s.yaml)'] as const;
const STACK = ['--stack', 'show the stack trace of an error'] as const;

const FORMAT = () => new Option('--format <format>', 'how the result is printed').choices(['human', 'markdown', 'json']).default('human');
const INSTALL = ['--install <command>', 'how the dependencies of another commit are installed (default: those here, if they are the same)'] as const;

/**
 * The commands and their options: the one description that parsing, help and completion come from.
 *
 * @param io the process around it
 * @param done takes the exit code of the command that ran
 */
export function buildProgram(io: Io, done: (exitCode: ExitCode) => void): Command {
  const program = new Command('fairway')
    .description('Runs a cdk8s-fairway program, and shows what it owns and what its findings mean.')
    .version(libraryVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print the help of a command')
    .addHelpText('after', HELP)
    .showHelpAfterError('Run fairway --help for what there is.')
    .exitOverride()
    .configureOutput({
      writeOut: text => io.out.write(text),
      writeErr: text => io.err.write(text),
      getOutHelpWidth: () => io.out.columns ?? 100,
      getErrHelpWidth: () => io.err.columns ?? 100,
      getOutHasColors: () => io.out.color,
      getErrHasColors: () => io.err.color,
    });

  program.command('synth')
    .description('run the program and write what it describes')
    .option('--adopt [paths...]', 'take over files that are not its own or were edited by hand; all of them without paths')
    .option(...APP)
    .option(...STACK)
    .option('--quiet', 'print findings only')
    .action(async options => {
      const synth: typeof import('./commands/synth') = require('./commands/synth');
      done(await synth.synth(io, options));
    });

  program.command('check')
    .description('run the program, print all findings and write nothing')
    .addOption(new Option('--format <format>', 'how the findings are printed').choices(['human', 'json', 'sarif']).default('human'))
    .option('--output <file>', 'write the findings to a file, and print them for people')
    .option('--strict', 'fail for warnings too, unless they are acknowledged')
    .option(...APP)
    .option(...STACK)
    .action(async options => {
      const check: typeof import('./commands/check') = require('./commands/check');
      done(await check.check(io, options));
    });

  program.command('list')
    .description('print which files are owned, by environment and workload')
    .option('--environment <name>', 'only the files of one environment')
    .option('--json', 'print JSON')
    .action(options => {
      const list: typeof import('./commands/list') = require('./commands/list');
      done(list.list(io, options));
    });

  program.command('explain')
    .description('run the program and print what the systems do with each part of its pipelines; nothing is written')
    .argument('[pipelines...]', 'the pipelines, by their paths in the program; all of them without one')
    .option('--json', 'print JSON')
    .option(...APP)
    .option(...STACK)
    .action(async (pipelines, options) => {
      const explain: typeof import('./commands/explain') = require('./commands/explain');
      done(await explain.explain(io, pipelines, options));
    });

  program.command('simulate')
    .description('run the program and show how the rollout of a workload would go; nothing is written but pictures')
    .argument('<workload>', 'the name of the workload')
    .option('--environment <name>', 'where it is rolled out (default: the last one on its road)')
    .option('--scenario <file>', 'what happens: YAML or JSON (default: pods start in ten seconds, all metrics pass)')
    .option('--compare', 'compare its strategy with rolling, canaries and blue-green, instead of its timeline')
    .option('--json', 'print JSON')
    .option('--svg <file>', 'write a picture')
    .option('--html <file>', 'write a page with the picture and tables')
    .addOption(new Option('--controller <version>', 'the version of Argo Rollouts').choices(['1.8', '1.9', '1.10']).default('1.9'))
    .addOption(new Option('--expect <outcome>', 'fail unless the rollout ends so').choices(['promoted', 'aborted', 'rolled-back', 'paused', 'stuck', 'unfinished']))
    .option(...APP)
    .option(...STACK)
    .addHelpText('after', SIMULATE_HELP)
    .action(async (workload, options) => {
      const simulate: typeof import('./commands/simulate') = require('./commands/simulate');
      done(await simulate.simulate(io, workload, options));
    });

  program.command('diff')
    .description('run the program and compare what two environments get, workload by workload; nothing is written')
    .argument('<from>', 'the name of an environment')
    .argument('<to>', 'the name of another')
    .option('--workload <names...>', 'only these workloads')
    .option('--all', 'list expected differences too, such as the names of namespaces')
    .addOption(new Option('--format <format>', 'how the differences are printed').choices(['text', 'markdown', 'json']).default('text'))
    .option('--output <file>', 'write them to a file, and print them for people')
    .option('--exit-code', 'fail when there are differences that are not expected')
    .option(...APP)
    .option(...STACK)
    .addHelpText('after', '\nExample:\n  fairway diff staging prod --format markdown --output diff.md')
    .action(async (from, to, options) => {
      const diff: typeof import('./commands/diff') = require('./commands/diff');
      done(await diff.diff(io, from, to, options));
    });

  program.command('promote')
    .description('bring what runs in an environment into the next one: release state and manifests')
    .argument('[workloads...]', 'the workloads whose releases are promoted')
    .requiredOption('--to <environment>', 'where it goes')
    .option('--from <environment>', 'where it runs (default: the environment that the other one is promoted from)')
    .option('--all', 'every workload that runs in both, and the program')
    .option('--platform', 'the program alone: what it describes at the commit that renders the environment before')
    .option('--image <reference>', 'a new release, where the road begins: repository:tag@sha256:…')
    .option('--commit <sha>', 'the commit of the source code that the image was made from')
    .option('--source-repository <url>', 'the repository of that commit')
    .option('--passed <names...>', 'what you vouch for: health, and analyses by name')
    .option('--dry-run', 'say what would be, and write nothing')
    .addOption(FORMAT())
    .option(...INSTALL)
    .option(...APP)
    .option(...STACK)
    .addHelpText('after', PROMOTE_HELP)
    .action(async (workloads, options) => {
      const promote: typeof import('./commands/promote') = require('./commands/promote');
      done(await promote.promote(io, workloads, options));
    });

  program.command('rollback')
    .description('bring an earlier release back: release state and manifests')
    .argument('[workloads...]', 'the workloads whose releases are rolled back')
    .requiredOption('--environment <name>', 'where')
    .option('--to <release>', 'a tag, or the beginning of a digest or commit (default: the release before)')
    .option('--reason <text>', 'why, for the release state')
    .option('--platform', 'the program instead: an earlier commit renders the environment')
    .option('--dry-run', 'say what would be, and write nothing')
    .addOption(FORMAT())
    .option(...INSTALL)
    .option(...APP)
    .option(...STACK)
    .addHelpText('after', ROLLBACK_HELP)
    .action(async (workloads, options) => {
      const rollback: typeof import('./commands/rollback') = require('./commands/rollback');
      done(await rollback.rollback(io, workloads, options));
    });

  program.command('errors')
    .description('print what the codes of findings mean')
    .argument('[codes...]', 'codes such as FW123; all of them without one')
    .option('--json', 'print JSON')
    .action((codes, options) => {
      const errors: typeof import('./commands/errors') = require('./commands/errors');
      done(errors.errors(io, codes, options));
    });

  program.command('completion')
    .description('print a completion script, to be sourced by the shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nExample:\n  source <(fairway completion bash)')
    .action(shell => {
      const completion: typeof import('./commands/completion') = require('./commands/completion');
      done(completion.completion(io, program, shell));
    });

  return program;
}

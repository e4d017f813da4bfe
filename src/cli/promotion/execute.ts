import * as path from 'path';
import type { Finding } from '../../core/diagnostics/finding';
import { readJournal } from '../../core/files/journal';
import { readManifest } from '../../core/files/manifest';
import type { PlannedFile } from '../../core/files/paths';
import { relativePath } from '../../core/host';
import { emptyState } from '../../environments/release-file';
import { ExitCode, failure } from '../failure';
import type { Io } from '../io';
import * as messages from './messages';
import { printFindings } from '../print-findings';
import { readSettings } from '../settings';
import { complain } from '../text';
import { carryOut, completeInterrupted, FileChanges, prepare } from './apply';
import { changesOf } from './changes';
import { locked } from './lock';
import { Outcome, Plan, reasonsAgainst, Result } from './plan';
import { renderHuman, renderJson, renderMarkdown, renderRefusal } from './report';
import type { States } from './state-files';
import { ProgramRefused, Workspace } from './workspace';

/** Options that promotions and rollbacks share. */
export interface ExecuteOptions {
  readonly dryRun?: boolean;
  readonly format: 'human' | 'markdown' | 'json';
  readonly install?: string;
  readonly app?: string;
  readonly stack?: boolean;
}

/** A command that changes what runs in an environment. */
export interface Command {
  readonly name: 'promote' | 'rollback';
  readonly environment: string;
  readonly workloads: string[];
  /** What is asked for, in words of the command line, without options of the output: the same words ask for the same. */
  readonly words: string;
  plan(workspace: Workspace, states: States, now: Date): Promise<Plan>;
}

/** Carries a command out: plan, render, compare, write; or says why not. */
export async function execute(io: Io, command: Command, options: ExecuteOptions): Promise<ExitCode> {
  const { app, stack = false, install, dryRun } = options;
  const settings = readSettings(io.cwd, app);
  try {
    const workspace = await Workspace.open(io, { settings, stack, install }, command.environment, command.workloads);
    const run = new Execution(io, workspace, command, options);
    return dryRun ? await run.run() : await locked(workspace.root, io.now(), async () => run.run());
  } catch (e) {
    if (!(e instanceof ProgramRefused)) {
      throw e;
    }
    sayRefused(io, e);
    return ExitCode.FINDINGS;
  }
}

const NOTHING: FileChanges = { written: [], removed: [], unchanged: 0, findings: [] };

class Execution {
  public constructor(
    private readonly io: Io,
    private readonly workspace: Workspace,
    private readonly command: Command,
    private readonly options: ExecuteOptions,
  ) {}

  public async run(): Promise<ExitCode> {
    const { workspace, command, options, io } = this;
    const interrupted = options.dryRun ? this.refuseInterrupted() : completeInterrupted(workspace);
    if (interrupted !== undefined) {
      if (interrupted.changes.findings.length > 0) {
        return this.end(Outcome.REFUSED, this.emptyPlan(), interrupted.changes, [], interrupted.changes.findings);
      }
      if (interrupted.journal.command === command.words) {
        return this.end(Outcome.COMPLETED, { ...this.emptyPlan(), notes: [messages.completed(command.words)] }, interrupted.changes);
      }
      io.err.write(`${messages.completed(interrupted.journal.command)}\n`);
    }
    const plan = await command.plan(workspace, workspace.states(), io.now());
    if (reasonsAgainst(plan).length > 0) {
      return this.end(Outcome.REFUSED, plan);
    }
    return plan.moves.length === 0 && plan.platform === undefined ? this.end(Outcome.ALREADY, plan) : this.write(plan);
  }

  private async write(plan: Plan): Promise<ExitCode> {
    const { workspace, command, options } = this;
    const { scope, revision } = plan;
    const files = await this.render(plan);
    if (files === undefined) {
      return ExitCode.FINDINGS;
    }
    const unmade = (scope.workloads ?? []).filter(workload => !files.some(file => file.workload === workload));
    if (unmade.length > 0) {
      const refusals = unmade.map(subject => ({
        subject, message: messages.notRendered(subject, scope.environment, revision), remedy: messages.promotePlatformFirst(),
      }));
      return this.end(Outcome.REFUSED, { ...plan, refusals });
    }
    const prepared = prepare(workspace, scope, files);
    if (prepared.changes.findings.length > 0) {
      return this.end(Outcome.REFUSED, plan, NOTHING, [], prepared.changes.findings);
    }
    const owned = readManifest(workspace.base, workspace.platform);
    const changes = changesOf(workspace.base, files, prepared.changes, file => owned.files.get(file)?.workload);
    if (!options.dryRun) {
      carryOut(workspace, command.words, plan, files, prepared);
    }
    return this.end(options.dryRun ? Outcome.DRY_RUN : Outcome.DONE, plan, prepared.changes, changes);
  }

  private async render(plan: Plan): Promise<PlannedFile[] | undefined> {
    try {
      return await this.workspace.render(plan.scope, [plan.state], plan.revision);
    } catch (e) {
      if (!(e instanceof ProgramRefused)) {
        throw e;
      }
      this.end(Outcome.REFUSED, plan, NOTHING, [], e.findings, e.fault);
      return undefined;
    }
  }

  /** Says how it ended: results on standard output, reasons and findings on standard error. */
  private end(outcome: Outcome, plan: Plan, files = NOTHING, changes: Result['changes'] = [], findings: Finding[] = [], fault?: string): ExitCode {
    const { io, workspace, command, options } = this;
    const state = relativePath(workspace.root, path.join(workspace.releases, `${plan.environment}.json`));
    const result: Result = { command: command.name, outcome, platform: workspace.platform, plan, state, files, changes, findings };
    if (options.format !== 'human') {
      io.out.write(options.format === 'json' ? renderJson(result) : renderMarkdown(result));
    } else if (outcome !== Outcome.REFUSED) {
      io.out.write(renderHuman(result));
    }
    if (reasonsAgainst(plan).length > 0) {
      io.err.write(renderRefusal(plan));
    }
    if (findings.length > 0) {
      printFindings(io.err, findings, { note: ': nothing was written' });
    }
    if (fault !== undefined) {
      complain(io.err, fault);
    }
    return outcome === Outcome.REFUSED ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private refuseInterrupted(): undefined {
    const journal = readJournal(this.workspace.root, this.workspace.platform);
    if (journal !== undefined) {
      throw failure(messages.interruptedPromotion(journal.command));
    }
  }

  private emptyPlan(): Plan {
    const { environment } = this.command;
    return { environment, moves: [], already: [], notes: [], gates: [], refusals: [], state: emptyState(environment), scope: { environment } };
  }
}

function sayRefused(io: Io, { findings, fault }: ProgramRefused): void {
  if (findings.length > 0) {
    printFindings(io.err, findings, { note: ': nothing was written' });
  }
  if (fault !== undefined) {
    complain(io.err, fault);
  }
}

import { Actions, checkOptions } from './actions';
import { hasGate, withPathsInside } from './gate';
import { withMatches } from './matching';
import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import { Report } from './report';
import { lowerWorkflow } from './workflow';
import { Lowering, PipelineBackend } from '../../engine';
import { gapFindings } from '../../gaps';
import { flattened, inlined, withChangesJob } from '../../graph';
import type { PipelineGraph } from '../../graph';

/** Makes workflows of GitHub Actions. */
export class GitHubActionsBackend extends PipelineBackend {
  public readonly system = 'github';
  public readonly title = 'GitHub Actions';

  public constructor(private readonly options: GitHubActionsOptions = {}) {
    super();
    checkOptions(options);
  }

  public fileOf(pipeline: string): string {
    return `.github/workflows/${pipeline}.yml`;
  }

  public lower(given: PipelineGraph): Lowering {
    const { options } = this;
    const report = new Report();
    const gate = hasGate(given, options);
    const inline = inlined(given);
    const flat = { ...inline, jobs: inline.jobs.map(job => ({ ...job, steps: flattened(job.steps) })) };
    const graph = withMatches(withChangesJob(gate ? withPathsInside(flat, report) : flat));
    const file = lowerWorkflow({ graph, file: this.fileOf(given.id), options, actions: new Actions(options), report, gate });
    secrets(given, report);
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [file],
      objects: [],
      rows: report.rows,
      remains: report.remains,
      findings: [...report.findings, ...gapFindings(this.title, given.path, job => paths.get(job), report.rows)],
    };
  }
}

/** Secrets stand in the settings, and nobody but their owner can put them there. */
function secrets({ secrets: all, path }: PipelineGraph, report: Report): void {
  for (const { name, environment } of all) {
    if (name.startsWith('GITHUB_') && name !== 'GITHUB_TOKEN') {
      report.find(messages.reservedSecret.at(path, { name }));
    } else if (environment !== undefined) {
      report.remain(`Give the environment '${environment}' the secret ${name}.`, 'Settings > Environments');
    } else if (name !== 'GITHUB_TOKEN') {
      report.remain(`Give the repository the secret ${name}.`, 'Settings > Secrets and variables > Actions');
    }
  }
}

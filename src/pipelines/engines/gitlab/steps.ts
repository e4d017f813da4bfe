import * as messages from './messages';
import { textWord, wordOf } from './values';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow } from '../../engine';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { CheckoutStepNode, DeliveryStepNode, describeText, Environment, JobNode, meant, NativeStepNode, StepNode, UploadStepNode } from '../../graph';
import { quote, scriptFile, shellCondition, ShellReader } from '../../shell';

/** How the shell of a job gets at what conditions ask. */
export function readerOf(status: ShellReader['status']): ShellReader {
  return {
    word: wordOf,
    event: () => '"$(event_of_run)"',
    status,
    result: job => `"$(result_of_job ${job})"`,
    changed: () => 'true', // there are none after `withChangesJob`
  };
}

const STEP_READER = readerOf(status => {
  switch (status) {
    case 'success': return 'none_failed';
    case 'failure': return 'some_failed';
    case 'always': return 'true';
    // A run that is cancelled stops its jobs.
    case 'cancelled': return 'false';
  }
});

/** Lines that set variables. */
export function settings(env: Environment): string[] {
  return Object.entries(env).map(([name, text]) => `  set_env ${name} ${textWord(text)}`);
}

/** A function of the shell; nothing when it would do nothing. */
export function shellFunction(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : lines.length === 1 ? [`${name}() { ${lines[0].trim()}; }`] : [`${name}() {`, ...lines, '}'];
}

export interface LoweredSteps {
  /** One text for each step. */
  readonly blocks: readonly string[];
  /** Variables by which GitLab itself checks out. */
  readonly variables: Readonly<Record<string, string>>;
  readonly reports: Readonly<Record<string, unknown>>;
  readonly rows: readonly PipelineRow[];
  readonly findings: readonly Finding[];
}

export function stepsOf(job: JobNode): LoweredSteps {
  const lowering = new StepsLowering(job);
  job.steps.forEach(step => lowering.add(step));
  return lowering.result();
}

class StepsLowering {
  private readonly blocks: string[] = [];
  private readonly rows: PipelineRow[] = [];
  private readonly findings: Finding[] = [];
  private readonly reports: Record<string, unknown> = {};
  private readonly own: CheckoutStepNode | undefined;

  public constructor(private readonly job: JobNode) {
    this.own = job.steps.find((step): step is CheckoutStepNode => step.kind === 'checkout' && step.folder === undefined && step.ref === undefined);
  }

  public add(step: StepNode): void {
    switch (step.kind) {
      case 'run':
        return this.script(step, step.script, [...options(step), ...folder(step.workingDirectory), ...step.shell === 'bash' ? [] : [`shell=${step.shell}`]]);
      case 'checkout': return this.checkout(step);
      case 'upload': return this.upload(step);
      case 'download':
        this.rows.push(native(`artifact ${step.artifact}`, `needs:artifacts of ${step.from}`, this.job.id));
        return this.command(step, `download_files ${step.artifact} ${quote(step.folder === '' ? '.' : step.folder)}`);
      case 'delivery':
        this.delivery(step);
        return this.script(step, step.portable.script, [...options(step), ...folder(step.portable.workingDirectory)]);
      case 'native': return this.native(step);
      // Caches and tools belong to the job; groups have been flattened.
      default: return undefined;
    }
  }

  public result(): LoweredSteps {
    const { blocks, rows, findings, reports } = this;
    return { blocks, rows, findings, reports, variables: this.variables() };
  }

  private script(step: StepNode, script: string, told: readonly string[]): void {
    this.blocks.push([...head(step), ...scriptFile(script, '"$fairway_script"'), call(step, told)].join('\n'));
  }

  private command(step: StepNode, command: string): void {
    this.blocks.push([...head(step), call(step, [...options(step), '--', command])].join('\n'));
  }

  private checkout(step: CheckoutStepNode): void {
    const { id } = this.job;
    if (step === this.own) {
      this.rows.push(native('checkout', `GIT_DEPTH ${step.depth}`, id));
      if (step.persistCredentials) {
        this.rows.push(emulated('push with the token of the run', 'the remote keeps the token of the job', id));
      } else {
        this.command(step, 'forget_token');
      }
      return;
    }
    this.rows.push(emulated('checkout of another folder or ref', 'git in the job; its image needs git', id));
    const ref = step.ref === undefined ? '\'\'' : textWord(step.ref);
    const { depth, submodules, lfs, persistCredentials } = step;
    this.command(step, `check_out ${quote(step.folder ?? '.')} ${ref} ${depth} ${submodules} ${lfs} ${persistCredentials}`);
  }

  private upload(step: UploadStepNode): void {
    this.rows.push(native(`artifact ${step.artifact}`, 'artifacts:paths, as it was when the step ran', this.job.id));
    if (this.job.runner.os === 'macos' && step.paths.some(path => path.includes('**'))) {
      this.rows.push(approximated(`artifact ${step.artifact}`, 'the bash of macOS reads ** as *', this.job.id));
    }
    this.command(step, `upload_files ${step.artifact} ${step.ifMissing} ${step.paths.map(path => quote(uploadPattern(path))).join(' ')}`);
  }

  private native(step: NativeStepNode): void {
    const body = step.bodies.gitlab;
    const script = Array.isArray(body) && body.length > 0 && body.every(line => typeof line === 'string') ? body.join('\n') : body;
    if (typeof script !== 'string' || script.trim() === '') {
      if (body === undefined) {
        this.rows.push(unsupported(`step ${step.id}`, 'it has no body for GitLab', this.job.id));
      } else {
        this.findings.push(messages.invalidNative.at(step.path, { step: step.id, body }));
      }
      return;
    }
    this.rows.push(native(`step ${step.id}`, 'its own script for GitLab', this.job.id));
    this.script(step, script.replace(/\n+$/, ''), options(step));
  }

  /** What GitLab shows in merge requests; everything else is done by the script of the step alone. */
  private delivery(step: DeliveryStepNode): void {
    const { id } = this.job;
    const files = Array.isArray(step.with.files) ? step.with.files.filter(file => typeof file === 'string') : [];
    const { commands } = step.portable;
    const needed = commands.length === 0 ? '' : `; the image has to bring ${commands.join(', ')}`;
    if (step.action === 'test-report') {
      this.reports.junit = [...this.reports.junit as string[] ?? [], ...files];
      this.rows.push(native('test report', 'artifacts:reports:junit', id));
    } else if (step.action === 'coverage-report') {
      const format = formatOf(step.with.format);
      const known = ['cobertura', 'jacoco'].includes(format);
      if (known && files.length > 0 && this.reports.coverage_report === undefined) {
        this.reports.coverage_report = { coverage_format: format, path: files[0] };
      }
      this.rows.push(known && files.length === 1
        ? native('coverage report', 'artifacts:reports:coverage_report', id)
        : approximated('coverage report', known ? `merge requests show ${files[0]} alone` : `merge requests show no ${format}; the log has the sum`, id));
    } else {
      this.rows.push(emulated(`step ${step.id} (${step.action})`, `a script${needed}`, id));
    }
  }

  private variables(): Record<string, string> {
    const own = this.own;
    return own === undefined ? { GIT_STRATEGY: 'none' } : {
      GIT_DEPTH: String(own.depth),
      ...own.submodules && { GIT_SUBMODULE_STRATEGY: 'recursive' },
      ...!own.lfs && { GIT_LFS_SKIP_SMUDGE: '1' },
    };
  }
}

function formatOf(told: DeliveryStepNode['with'][string] | undefined): string {
  return typeof told === 'string' ? told : Array.isArray(told) ? told.filter(part => typeof part === 'string').join('') : 'cobertura';
}

function oneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim();
}

/** What stands before the script of a step. The first line is what the log shows. */
function head(step: StepNode): string[] {
  return [
    `# ${oneLine(describeText(step.name))}`,
    ...step.condition === undefined ? [] : shellFunction('step_if', [`  ${shellCondition(meant(step.condition), STEP_READER)}`]),
    ...shellFunction('step_env', settings(step.env)),
  ];
}

function call(step: StepNode, told: readonly string[]): string {
  return ['run_step', step.id, textWord(step.name), ...told].join(' ');
}

function options(step: StepNode): string[] {
  return [
    ...step.timeoutMinutes === undefined ? [] : [`timeout=${step.timeoutMinutes * 60}`],
    ...step.retry === undefined || step.retry.attempts < 2 ? [] : [`attempts=${step.retry.attempts}`],
    ...step.retry === undefined || step.retry.attempts < 2 || step.retry.delaySeconds === 0 ? [] : [`delay=${step.retry.delaySeconds}`],
    ...step.continueOnError ? ['allowed'] : [],
  ];
}

function folder(path: string | undefined): string[] {
  return path === undefined || path === '.' || path === '' ? [] : [quote(`folder=${path}`)];
}

/** A path for the shell to expand: only stars and question marks mean something. */
function uploadPattern(path: string): string {
  const trimmed = path.replace(/^\.\//, '').replace(/(?:\/\*\*)?\/*$/, '');
  return (trimmed === '' || trimmed === '**' ? '.' : trimmed).replace(/[[\]\\]/g, '\\$&');
}

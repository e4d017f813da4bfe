import { spawn } from 'child_process';
import * as fs from 'fs';
import * as http from 'http';
import * as os from 'os';
import * as path from 'path';
import { Job, JobStep } from '../../../src/pipelines';
import type { DeliveryStepNode } from '../../../src/pipelines/graph';
import { pipeline } from '../stand-in';

/** A stub that does nothing. */
export const OK = 'exit 0';

/** A step as the graph has it. */
export function built(step: JobStep): DeliveryStepNode {
  const ci = pipeline();
  new Job(ci, 'job', { steps: [step] });
  return ci._graph().jobs[0].steps[0] as DeliveryStepNode;
}

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What the stubs were called with, one call on a line: `docker login ghcr.io`. */
  readonly calls: string[];
  readonly outputs: Record<string, string>;
  /** The folder that it ran in. */
  readonly folder: string;
}

export interface RunRequest {
  /** Commands of the path beside those of the system, as scripts of bash; each call is noted before. */
  readonly stubs?: Record<string, string>;
  /** What values say. By variable. */
  readonly env?: Record<string, string>;
  /** Files of the folder. */
  readonly files?: Record<string, string>;
  readonly folder?: string;
}

/** Commands of the system that scripts may use. */
const SYSTEM = [
  'bash', 'base64', 'cat', 'cut', 'date', 'dirname', 'env', 'grep', 'head', 'mkdir', 'mktemp', 'rm', 'sed', 'sort', 'tr', 'wc', 'awk', 'git', 'node', 'chmod', 'sleep', 'cp', 'touch',
];

const made: string[] = [];

export function cleanUp(): void {
  made.splice(0).forEach(folder => fs.rmSync(folder, { recursive: true, force: true }));
}

/** Runs the portable script of a step by bash, with nothing on the path but some commands of the system, and stubs. */
export async function run(step: JobStep | DeliveryStepNode, { stubs = {}, env = {}, files = {}, folder: given }: RunRequest = {}): Promise<Ran> {
  const node = step instanceof JobStep ? built(step) : step;
  const around = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-script-'));
  made.push(around);
  const [bin, log, output, folder] = ['bin', 'calls', 'output', 'work'].map(name => path.join(around, name));
  fs.mkdirSync(bin);
  fs.mkdirSync(folder);
  [log, output].forEach(file => fs.writeFileSync(file, ''));
  for (const command of SYSTEM.filter(each => !Object.hasOwn(stubs, each))) {
    fs.symlinkSync(pathOf(command), path.join(bin, command));
  }
  for (const [name, script] of Object.entries(stubs)) {
    fs.writeFileSync(path.join(bin, name), `#!${pathOf('bash')}\necho "${name} $*" >> "$CALLS"\n${script}\n`, { mode: 0o755 });
  }
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(given ?? folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  const cwd = path.join(given ?? folder, node.portable.workingDirectory ?? '');
  fs.mkdirSync(cwd, { recursive: true });
  const variables = Object.fromEntries(Object.entries(node.env).map(([name, text]) => [name, text.map(part => typeof part === 'string' ? part : `<${part.kind}>`).join('')]));
  const script = path.join(around, 'script.sh');
  fs.writeFileSync(script, node.portable.script);
  const child = spawn(pathOf('bash'), ['-euo', 'pipefail', script], {
    cwd,
    env: { PATH: bin, HOME: around, CALLS: log, FAIRWAY_OUTPUT: output, ...variables, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = [child.stdout, child.stderr].map(stream => {
    const said = { text: '' };
    stream.setEncoding('utf8').on('data', text => { said.text += text; });
    return said;
  });
  const status = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)));
  const outputs = fs.readFileSync(output, 'utf8').trimEnd().split('\n').filter(line => line !== '').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return { status, out: out.text, err: err.text, calls: fs.readFileSync(log, 'utf8').trimEnd().split('\n').filter(line => line !== ''), outputs: Object.fromEntries(outputs), folder: given ?? folder };
}

function pathOf(command: string): string {
  const found = process.env.PATH!.split(path.delimiter).map(folder => path.join(folder, command)).find(file => fs.existsSync(file));
  if (found === undefined) {
    throw new Error(`There is no ${command} here.`);
  }
  return fs.realpathSync(found);
}

/** Something that answers as the API of a host does. */
export async function withHost(answers: Record<string, unknown>, use: (api: string, seen: string[]) => Promise<void>): Promise<void> {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', chunk => { body += chunk; }).on('end', () => {
      seen.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`);
      const answer = answers[`${request.method} ${request.url!.split('?')[0]}`];
      response.statusCode = answer === undefined ? 404 : typeof answer === 'number' ? answer : 200;
      response.end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as { port: number }).port}`, seen);
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
}

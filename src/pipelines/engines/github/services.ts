import { inert } from './expressions';
import { environmentOf, JobScope, StepBody } from './scope';
import { emulated, native, unsupported } from '../../gaps';
import type { JobNode, ServiceNode } from '../../graph';
import { quote } from '../../shell';

export function lowerServices(job: JobNode, scope: JobScope): { readonly services?: Record<string, unknown>; readonly steps: readonly StepBody[] } {
  const { report, options } = scope;
  if (job.services.length === 0) {
    return { steps: [] };
  }
  if (job.runner.os !== 'linux') {
    report.row(unsupported('services', 'GitHub runs containers on Linux alone', job.id));
  }
  const services = Object.fromEntries(job.services.map(service => {
    if (service.command.length > 0 && !options.serviceCommand) {
      report.row(unsupported(`command of the service ${service.name}`, 'the option serviceCommand writes it, which older servers and linters refuse', job.id));
    }
    return [service.name, lowerService(service, scope)];
  }));
  if (job.container) {
    report.row(native('services', 'services', job.id));
    return { services, steps: [] };
  }
  // Steps that run beside containers, and in none, reach their ports on the machine itself.
  const names = job.services.map(service => service.name).join(' ');
  report.row(emulated('services', 'services, and their names in /etc/hosts', job.id));
  return { services, steps: [{ name: 'Name the services', run: `echo '127.0.0.1 ${names}' | sudo tee -a /etc/hosts > /dev/null` }] };
}

function lowerService(service: ServiceNode, { values, options }: JobScope): Record<string, unknown> {
  const { readiness, command, ports } = service;
  return {
    image: inert(service.image),
    ...environmentOf(service.env, values),
    ...ports.length > 0 && { ports: ports.map(port => `${port}:${port}`) },
    ...readiness && {
      options: inert([
        `--health-cmd ${argument(readiness.command.map(quote).join(' '))}`,
        `--health-interval ${readiness.intervalSeconds}s`,
        `--health-timeout ${readiness.timeoutSeconds}s`,
        `--health-retries ${readiness.retries}`,
      ].join(' ')),
    },
    ...command.length > 0 && options.serviceCommand && { command: inert(command.map(argument).join(' ')) },
  };
}

/**
 * A word of a command line as .NET takes it apart, which is how the runner starts Docker: double quotes alone count, and backslashes before them
 * (learn.microsoft.com, ProcessStartInfo.Arguments).
 */
function argument(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

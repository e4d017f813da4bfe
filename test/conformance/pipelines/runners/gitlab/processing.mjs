import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * Loaded before gitlab-ci-local. What it lacks of GitLab's own processing of a pipeline: which job begins when others were skipped
 * (gitlab-org/gitlab, app/services/ci/process_build_service.rb and lib/gitlab/ci/status/composite.rb), `retry`, and `timeout`.
 */

const source = process.env.FAIRWAY_GITLAB_CI_LOCAL;
const from = file => import(pathToFileURL(join(source, file)).href);
const { Executor } = await from('executor.js');
const { Job } = await from('job.js');

const MINUTE = Number(process.env.FAIRWAY_MINUTE_MILLIS || 60_000);
const COMPLETE = ['success', 'success_with_warnings', 'failed', 'skipped', 'ignored'];

// ---------------------------------------------------------------- which job begins

/** What the jobs before come to, taken together; undefined while that is open. */
function composite(statuses, dag) {
  if (statuses.length === 0) return 'success';
  if (!statuses.every(status => COMPLETE.includes(status))) return undefined;
  if (dag && statuses.some(status => status === 'skipped' || status === 'ignored')) return 'skipped';
  if (statuses.every(status => status === 'skipped' || status === 'ignored')) return 'skipped';
  return statuses.includes('failed') ? 'failed' : 'success';
}

function begins(when, before, dag) {
  switch (when) {
    case 'on_failure': return before === 'failed';
    case 'always': return true;
    default: return before === 'success' || (!dag && before === 'skipped');
  }
}

Executor.runLoop = async (argv, jobs, stages, starters) => {
  const status = new Map();
  const all = [...jobs].filter(job => job.when !== 'never');
  const running = new Set();
  const startable = new Set(starters);
  all.filter(job => !startable.has(job)).forEach(job => status.set(job, job.allowFailure ? 'ignored' : 'manual'));

  const before = job => {
    if (job.needs === null || job.needs === undefined) return all.filter(each => stages.indexOf(each.stage) < stages.indexOf(job.stage));
    return job.needs.flatMap(need => {
      const found = all.filter(each => each.baseName === need.job);
      if (found.length === 0 && !need.optional) throw new Error(`${job.name} needs ${need.job}, which is not in the pipeline`);
      return found;
    });
  };
  const run = async job => {
    await job.start();
    for (let left = retries(job); job.jobStatus === 'failed' && left > 0; left--) {
      job._prescriptsExitCode = null;
      await job.start();
    }
    status.set(job, { success: 'success', warning: 'success_with_warnings' }[job.jobStatus] ?? 'failed');
  };

  for (;;) {
    let moved = false;
    for (const job of startable) {
      if (status.has(job) || running.size >= (argv.concurrency ?? Infinity)) continue;
      const dag = Array.isArray(job.needs) && job.needs.length > 0;
      const came = composite(before(job).map(each => status.get(each)), dag);
      if (came === undefined) continue;
      moved = true;
      if (!begins(job.when, came, dag)) {
        status.set(job, 'skipped');
        continue;
      }
      status.set(job, 'running');
      const promise = run(job).finally(() => running.delete(promise));
      running.add(promise);
    }
    if (moved) continue;
    if (running.size === 0) return;
    await Promise.race(running);
  }
};

function retries(job) {
  const { retry } = job.jobData;
  const { max, when = 'always' } = typeof retry === 'object' && retry !== null ? retry : { max: retry ?? 0 };
  return [when].flat().some(each => each === 'always' || each === 'script_failure') ? max : 0;
}

// ---------------------------------------------------------------- timeouts

const inJob = new AsyncLocalStorage();
const { spawn } = childProcess;

/** A process of a job leads a group of its own, so that all of it can be ended. */
childProcess.spawn = (file, args, options) => {
  const children = inJob.getStore();
  const child = spawn(file, args, children === undefined ? options : { ...options, detached: true });
  children?.push(child);
  return child;
};

const { execPreScripts } = Job.prototype;

Job.prototype.execPreScripts = async function (expanded) {
  const millis = millisOf(this.jobData.timeout);
  if (millis === undefined) return execPreScripts.call(this, expanded);
  const children = [];
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    children.forEach(child => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* It is through already. */ } });
  }, millis);
  await inJob.run(children, () => execPreScripts.call(this, expanded));
  clearTimeout(clock);
  if (late) this._prescriptsExitCode = 137;
};

/** `1h 30m`, `5 minutes`, `90 seconds`. */
function millisOf(timeout) {
  if (typeof timeout !== 'string') return undefined;
  const minutes = [...timeout.matchAll(/(\d+)\s*(h|m|s|d|w)/g)].map(([, count, unit]) => count * { s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080 }[unit]);
  return Math.min(minutes.reduce((sum, each) => sum + each, 0) * MINUTE, 2 ** 31 - 1);
}

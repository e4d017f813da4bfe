import type { JobNode } from './nodes';

/** A job that the library adds: short, on any runner, without rights that it does not name. */
export function ownJob(given: Pick<JobNode, 'id' | 'path' | 'name' | 'stage' | 'steps' | 'outputs'> & Partial<JobNode>): JobNode {
  return {
    needs: [],
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 5,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    ...given,
  };
}

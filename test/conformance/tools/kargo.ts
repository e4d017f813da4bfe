import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goDownload } from '../workshop';

/** The module of Kargo is downloaded and not built: what its own types are in is published nowhere. */
const KARGO = { module: 'github.com/akuity/kargo', version: 'v1.11.2' };

let program: string;
let request: object;

/** Kargo's definitions, the schemas of its steps and subscriptions, and the engines that read its expressions. */
export const kargo: Tool = {
  name: 'kargo',
  version: KARGO.version,
  install: () => {
    program = goBuild({ name: 'kargo', folder: 'kargo' });
    const module = goDownload(KARGO.module, KARGO.version);
    const crds = join(module, 'charts/kargo/resources/crds');
    request = {
      crds: readdirSync(crds).sort().map((file) => join(crds, file)),
      steps: join(module, 'pkg/promotion/runner/builtin/schemas'),
      subscriptions: join(module, 'pkg/subscription/schemas'),
      functions: join(module, 'pkg/expressions/function/functions.go'),
    };
  },
  check: (tree) => ask([program], tree, (documents) => ({ documents, ...request })),
};

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goDownload, goVersionOf } from '../workshop';

const PROMOTER = { module: 'github.com/argoproj-labs/gitops-promoter', folder: 'promoter' };

let program: string;
let crds: string[];

/** GitOps Promoter's definitions and types, and the engines that read its expressions, templates and schedules. */
export const gitopsPromoter: Tool = {
  name: 'gitops-promoter',
  version: goVersionOf(PROMOTER.module, PROMOTER.folder),
  install: () => {
    program = goBuild({ name: 'gitops-promoter', folder: PROMOTER.folder });
    const folder = join(goDownload(PROMOTER.module, goVersionOf(PROMOTER.module, PROMOTER.folder)), 'config/crd/bases');
    crds = readdirSync(folder).sort().map((file) => join(folder, file));
  },
  check: (tree) => ask([program], tree, (documents) => ({ documents, crds })),
};

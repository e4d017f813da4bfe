import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './checker';
import type { Tool } from './tool';
import { npmInstall } from '../workshop';

let folder: string;

/** Monokle's practices, and that every reference finds its object. */
export const monokle: Tool = {
  name: 'monokle',
  version: JSON.parse(readFileSync(join(__dirname, '..', 'npm', 'package.json'), 'utf8')).dependencies['@monokle/validation'],
  install: () => { folder = npmInstall('npm'); },
  check: (tree) => ask(['node', join(folder, 'monokle.mjs')], tree, (documents) => documents),
};

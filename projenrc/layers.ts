import * as fs from 'fs';
import * as path from 'path';

/**
 * The layers, ground floor first. A folder may import the folders before it, never one after it.
 * This list is the only place where the direction of imports is written down.
 */
export const LAYERS = [
  'core',
  'environments',
  'images',
  'strategies',
  'workloads',
  'simulation',
  'flags',
  'gitops',
  'promotion',
  'observability',
  'supplychain',
  'pipelines',
  'github',
  'portal',
  'golden-path',
  'cli',
];

/** The zones of `import/no-restricted-paths` that make the list binding. */
export function importZones(layers: string[]) {
  const upward = layers.slice(0, -1).map((layer, i) => ({
    target: `./src/${layer}`,
    from: layers.slice(i + 1).map(above => `./src/${above}`),
    message: `${layer}/ is below; it may import only ${layers.slice(0, i).join(', ') || 'itself'}.`,
  }));
  const engines = layers.map(layer => ({
    target: `./src/${layer}/!(index).ts`,
    from: `./src/${layer}/engines`,
    message: `The model of ${layer}/ never imports its engines; index.ts joins them.`,
  }));
  const strangers = layers.flatMap(layer => enginesOf(layer).map(engine => ({
    target: `./src/${layer}/engines/${engine}`,
    from: `./src/${layer}/engines`,
    except: [`./${engine}`],
    message: 'An engine never imports another engine.',
  })));
  const front = { target: layers.map(layer => `./src/${layer}`), from: './src/index.ts', message: 'index.ts is for users.' };
  return [...upward, ...engines, ...strangers, front];
}

function enginesOf(layer: string): string[] {
  const folder = path.join(__dirname, '..', 'src', layer, 'engines');
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

import type { WritableFolder } from './plan';

/** Folders with the names of their volumes, by path. Paths that give one name, as `/a/b` and `/a-b`, are numbered. */
export function writableFolders(sizes: Record<string, string>): WritableFolder[] {
  const taken = new Set<string>();
  return Object.entries(sizes).sort(([a], [b]) => a < b ? -1 : 1).map(([path, size]) => {
    const name = volumeName(path);
    let volume = name;
    for (let i = 2; taken.has(volume); i++) {
      volume = `${name}-${i}`;
    }
    taken.add(volume);
    return { path, size, volume };
  });
}

/** A DNS label from a path, short enough for a number after it. */
function volumeName(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(1, 59).replace(/-$/, '') || 'folder';
}

import * as fs from 'fs';
import * as path from 'path';
import * as messages from './messages';
import { imageFileName } from './release-file';
import { isMap } from '../core/metadata';
import { nameFault } from '../core/names';

/*
 * What an automation says runs where releases enter the road, as data in the repository: `releases/<environment>.images.yaml`,
 * a map of workloads to images, one line each. The automation changes the lines and nothing else. An entry of a workload in
 * `releases/<environment>.json` goes before its line: that is how a person holds a release, or takes one back.
 */

/** An image, by its digest. */
export interface AutomatedImage {
  readonly image: string;
  readonly tag?: string;
  readonly digest: string;
}

/** The images of an environment that an automation follows. */
export interface ImageFile {
  readonly images: Readonly<Record<string, AutomatedImage>>;
  /** The file as it is, for those who look for marks in its comments. */
  readonly text: string;
}

/** The images of an environment; nothing where there is no file. Throws FW224 for a file that cannot be read, FW225 where releases do not enter. */
export function readImageFile(folder: string, environment: string, isEntry: boolean): ImageFile | undefined {
  const file = imageFileName(environment);
  const refuse = (fault: string) => messages.imageFileUnreadable.error(environment, { file, fault });
  let text: string;
  try {
    text = fs.readFileSync(path.join(folder, file), 'utf8');
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return undefined;
    }
    throw refuse(`it cannot be read (${code})`);
  }
  if (!isEntry) {
    throw messages.imageFileOffEntry.error(environment, { file, environment });
  }
  return { images: imagesOf(text, refuse), text };
}

function imagesOf(text: string, refuse: (fault: string) => Error): Record<string, AutomatedImage> {
  // Loaded when there is such a file: few programs have one.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(text, { maxAliasCount: 0, schema: 'core' } as object);
  if (document.errors.length > 0) {
    throw refuse(/^(<{7}|={7}|>{7})/m.test(text) ? 'it has merge conflict marks' : 'it is no YAML with each workload once');
  }
  let lines: unknown;
  try {
    lines = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    throw refuse('it has aliases');
  }
  if (!isMap(lines)) {
    throw refuse('it is no map of workloads to images');
  }
  return Object.fromEntries(Object.entries(lines as object).map(([workload, reference]) => {
    if (nameFault(workload) || workload === 'constructor') {
      throw refuse(`its workload ${JSON.stringify(workload.slice(0, 80))} has no name that a workload can have`);
    }
    const image = parsed(reference);
    if (image === undefined) {
      throw refuse(`the image of ${JSON.stringify(workload)} is not repository:tag@sha256:…`);
    }
    return [workload, image];
  }));
}

function parsed(reference: unknown): AutomatedImage | undefined {
  if (typeof reference !== 'string' || reference.length > 600) {
    return undefined;
  }
  const [, image, tag, digest] = /^([a-zA-Z0-9.:/_-]+?)(?::(\w[\w.-]{0,127}))?@(sha256:[a-f0-9]{64})$/.exec(reference) ?? [];
  return digest === undefined || tag === 'latest' ? undefined : { image, ...(tag === undefined ? {} : { tag }), digest };
}

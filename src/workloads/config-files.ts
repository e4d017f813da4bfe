import { isUtf8 } from 'buffer';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import * as messages from './messages';
import { READABLE, Volume } from './volume';
import { isMap } from '../core/metadata';

/** What etcd and the API server take: the sum of all values (k8s core validation `MaxSecretSize`). */
const LARGEST = 1024 * 1024;

/**
 * Configuration as files in a folder of a container: an immutable ConfigMap whose name carries a
 * hash of its content. Changed content is another ConfigMap and so a rollout, and what still runs,
 * or is gone back to, finds the files that it was made for.
 */
export class ConfigFiles extends Volume {
  /**
   * Files by their names.
   *
   * @param files the text of each: `{ 'app.yaml': 'level: info' }`. Throws FW427 for names and sizes that a ConfigMap cannot hold
   */
  public static of(files: Record<string, string>): ConfigFiles {
    if (!isMap(files)) {
      throw messages.invalidConfig.error('', { what: 'map of files', value: files, fault: 'is none' });
    }
    for (const [name, text] of Object.entries(files)) {
      if (typeof text !== 'string') {
        throw messages.invalidConfig.error('', { what: `content of ${name}`, value: text, fault: 'is no text' });
      }
    }
    return new ConfigFiles(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  }

  /**
   * All files of a folder, read now, without folders in it.
   *
   * @param folder where it is. Throws FW427 when it cannot be read
   */
  public static fromFolder(folder: string): ConfigFiles {
    return new ConfigFiles(reading(folder, () => fs.readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map((entry): [string, Buffer] => [entry.name, fs.readFileSync(path.join(folder, entry.name))])));
  }

  /**
   * One file, read now, under its own name.
   *
   * @param file where it is. Throws FW427 when it cannot be read
   */
  public static fromFile(file: string): ConfigFiles {
    return new ConfigFiles(reading(file, () => [[path.basename(file), fs.readFileSync(file)]]));
  }

  /** @internal */
  public readonly _facts = { readOnly: true };

  private readonly texts: Record<string, string> = {};
  private readonly binaries: Record<string, string> = {};
  private readonly hash: string;

  private constructor(files: Array<[name: string, content: Buffer]>) {
    super();
    const digest = createHash('sha256');
    for (const [name, content] of files.sort(([a], [b]) => a < b ? -1 : 1)) {
      // k8s validation.IsConfigMapKey
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(name) || name === '.' || name.startsWith('..')) {
        throw messages.invalidConfig.error('', { what: 'name of a file', value: name, fault: 'is no key of a ConfigMap' });
      }
      digest.update(`${name.length} ${name} ${content.length} `).update(content);
      if (isUtf8(content)) {
        this.texts[name] = content.toString();
      } else {
        this.binaries[name] = content.toString('base64');
      }
    }
    const size = files.reduce((sum, [, content]) => sum + content.length, 0);
    if (files.length === 0 || size > LARGEST) {
      throw messages.invalidConfig.error('', { what: 'content', value: `${files.length} files with ${size} bytes`, fault: files.length === 0 ? 'is empty' : 'is more than 1 MiB' });
    }
    this.hash = digest.digest('hex').slice(0, 10);
  }

  /** @internal */
  public _source(workload: string): any {
    return { configMap: { name: this._configMapName(workload), defaultMode: READABLE } };
  }

  /**
   * The name of the ConfigMap that a workload gets for these files.
   *
   * @internal
   */
  public _configMapName(workload: string): string {
    return `${workload}-${this.hash}`;
  }

  /** @internal */
  public _data(): { data?: Record<string, string>; binaryData?: Record<string, string> } {
    return {
      ...(Object.keys(this.texts).length > 0 ? { data: { ...this.texts } } : {}),
      ...(Object.keys(this.binaries).length > 0 ? { binaryData: { ...this.binaries } } : {}),
    };
  }
}

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    throw messages.invalidConfig.error('', { what: 'path', value: what, fault: `cannot be read (${(e as NodeJS.ErrnoException)?.code ?? 'no path'})` });
  }
}

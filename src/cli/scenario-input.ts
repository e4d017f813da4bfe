import * as fs from 'fs';
import * as path from 'path';
import { parseDocument } from 'yaml';
import { misuse } from './failure';
import type { Io } from './io';
import * as messages from './messages';
import { FairwayError } from '../core/diagnostics/fairway-error';
import { Scenario } from '../simulation/scenario';

/** More bytes than this are no scenario; reading must not go on for ever where the file is a device. */
const LARGEST = 2 * 1024 * 1024;

/** The scenario of a file, or the one in which nothing bad happens. */
export function readScenario(io: Io, file: string | undefined): Scenario {
  if (file === undefined) {
    return new Scenario();
  }
  let content: unknown;
  try {
    const document = parseDocument(textOf(path.resolve(io.cwd, file)));
    if (document.errors.length > 0) {
      const [error] = document.errors;
      throw error.code === 'MULTIPLE_DOCS' ? new Error('it holds several documents') : error;
    }
    content = document.toJS() ?? {}; // throws when aliases multiply
    if (typeof content === 'string') {
      throw new Error('it is a text, and no mapping'); // what any binary file is to YAML
    }
  } catch (e) {
    throw misuse(messages.scenarioUnreadable(file, (e as Error).message.split('\n')[0].replace(/[.:]$/, '')));
  }
  return asMisuse(file, () => Scenario.fromJson(content));
}

/** What the library refuses in a scenario is an error of the command line: the file was given there. */
export function asMisuse<T>(file: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (e) {
    throw FairwayError.isFairwayError(e) && file !== undefined ? misuse(messages.scenarioRefused(file, e.message)) : e;
  }
}

/** The text of a file, or of a pipe: its size is not known before it is read. */
function textOf(file: string): string {
  const descriptor = fs.openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    const chunk = Buffer.alloc(64 * 1024);
    let size = 0;
    for (let read = fs.readSync(descriptor, chunk); read > 0; read = fs.readSync(descriptor, chunk)) {
      size += read;
      if (size > LARGEST) {
        throw new Error('it is larger than 2 MiB');
      }
      chunks.push(Buffer.from(chunk.subarray(0, read)));
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    fs.closeSync(descriptor);
  }
}

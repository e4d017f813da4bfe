import * as fs from 'fs';
import * as path from 'path';
import { parseDocument } from 'yaml';
import { misuse } from './failure';
import * as messages from './messages';

/** The program to run, and where it writes. */
export interface ProgramSettings {
  /** The command, for the shell. */
  readonly command: string;
  /** The output folder as `cdk8s.yaml` gives it, if it does. */
  readonly output?: string;
}

/**
 * Reads `cdk8s.yaml`. Its other keys belong to cdk8s-cli.
 *
 * @param folder the working folder
 * @param app the command that takes the place of the one in the file, if any
 */
export function readSettings(folder: string, app?: string): ProgramSettings {
  if (app !== undefined && app.trim() === '') {
    throw misuse(messages.emptyApp());
  }
  const settings = readMapping(path.join(folder, 'cdk8s.yaml'));
  if (settings === undefined && app === undefined) {
    throw misuse(messages.noSettings());
  }
  const command = app ?? text(settings, 'app');
  if (command === undefined) {
    throw misuse(messages.noApp());
  }
  return { command, output: text(settings, 'output') };
}

/** The mapping in a YAML file; nothing when there is no file. */
function readMapping(file: string): Record<string, unknown> | undefined {
  let content: string;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch (e) {
    const { code, message } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    throw misuse(messages.settingsUnreadable(code === 'EISDIR' ? 'it is a folder' : message));
  }
  const data = parse(content);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw misuse(messages.settingsNotMapping(data));
  }
  return data as Record<string, unknown>;
}

function parse(content: string): unknown {
  try {
    const document = parseDocument(content);
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    return document.toJS(); // throws when aliases multiply
  } catch (e) {
    // The first line says what and where; the rest quotes the file.
    throw misuse(messages.settingsNotYaml((e as Error).message.split('\n')[0].replace(/[.:]$/, '')));
  }
}

function text(settings: Record<string, unknown> | undefined, key: string): string | undefined {
  const value = settings?.[key];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'string' || value.trim() === '') {
    throw misuse(messages.settingNotText(key, value));
  }
  return value;
}

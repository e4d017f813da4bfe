import * as fs from 'fs';
import * as path from 'path';
import Ajv from 'ajv'; // eslint-disable-line import/no-extraneous-dependencies -- cdk8s-cli brings it along
import { parseReleaseState } from '../../src/environments/release-state';

/* The schema for editors, and the parser, say the same of a release state. */

const schema = JSON.parse(fs.readFileSync(path.join(__dirname, '../../schema/release-state.json'), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

const digest = `sha256:${'a'.repeat(64)}`;
const since = '2026-11-27T10:00:00Z';
const release = (more: object = {}) => ({ image: 'ghcr.io/acme/app', digest, since, ...more });
const state = (more: object = {}) => ({ version: 1, environment: 'prod', workloads: {}, ...more });
const run = (more: object = {}) => state({ workloads: { app: release(more) } });
const program = (more: object = {}) => state({ platform: { revision: 'a'.repeat(40), since, ...more } });

function parses(value: unknown): boolean {
  try {
    parseReleaseState(JSON.stringify(value), 'prod');
    return true;
  } catch {
    return false;
  }
}

test.each<[string, unknown]>([
  ['an empty one', state()],
  ['one without workloads', { version: 1, environment: 'prod' }],
  ['one that names its schema', state({ $schema: './schema.json' })],
  ['a frozen one', state({ frozen: { reason: 'incident', until: since } })],
  ['a release', run({ tag: '1.0', source: { commit: 'abcdef1', repository: 'x' }, from: 'staging', passed: ['health'] })],
  ['a history', run({ history: [release(), release({ since: undefined }), release({ rolledBack: { at: since, reason: 'r' } })] })],
  ['a program', program({ from: 'staging', history: [{ revision: 'b'.repeat(64), since, rolledBack: { at: since } }] })],
])('both accept %s', (_, value) => {
  const read = JSON.parse(JSON.stringify(value));
  expect([validate(read), parses(read)]).toEqual([true, true]);
});

test.each<[string, unknown]>([
  ['a list', []], ['nothing', null], ['a text', 'x'],
  ['another version', state({ version: 2 })], ['no version', { environment: 'prod' }], ['no environment', { version: 1 }],
  ['an unknown field', state({ extra: 1 })], ['a schema that is no address', state({ $schema: 1 })],
  ['workloads as a list', state({ workloads: [] })],
  ['a name with capitals', state({ workloads: { App: release() } })], ['a name that ends with a hyphen', state({ workloads: { 'app-': release() } })],
  ['a name that Windows keeps', state({ workloads: { con: release() } })], ['a constructor', state({ workloads: { constructor: release() } })],
  ['a long name', state({ workloads: { ['a'.repeat(64)]: release() } })],
  ['a release that is none', state({ workloads: { app: null } })],
  ['no image', run({ image: undefined })], ['an empty image', run({ image: '' })],
  ['no digest', run({ digest: undefined })], ['a short digest', run({ digest: 'sha256:abc' })], ['another hash', run({ digest: `sha512:${'a'.repeat(64)}` })],
  ['no time', run({ since: undefined })], ['a day', run({ since: '2026-11-27' })], ['a time without zone', run({ since: '2026-11-27T10:00:00' })],
  ['a tag that is none', run({ tag: '-1' })], ['a commit that is none', run({ source: { commit: 'main' } })], ['a source without commit', run({ source: {} })],
  ['a source with more', run({ source: { commit: 'abcdef1', branch: 'main' } })], ['a number that passed', run({ passed: [1] })], ['a from that is no text', run({ from: 1 })],
  ['a rollback of what runs', run({ rolledBack: { at: since } })], ['a history in a history', run({ history: [release({ history: [] })] })],
  ['a rollback without time', run({ history: [release({ rolledBack: {} })] })], ['a history that is no list', run({ history: {} })],
  ['a rollback with more', run({ history: [release({ rolledBack: { at: since, by: 'x' } })] })],
  ['a freeze without reason', state({ frozen: {} })], ['an empty reason', state({ frozen: { reason: ' ' } })], ['an end that is no time', state({ frozen: { reason: 'r', until: 'x' } })],
  ['a short revision', program({ revision: 'abcdef1' })], ['a program without time', program({ since: undefined })], ['a program with a tag', program({ tag: '1' })],
  ['a program that ran before without time', program({ history: [{ revision: 'a'.repeat(40) }] })],
])('both refuse %s', (_, value) => {
  const read = JSON.parse(JSON.stringify(value));
  expect([validate(read), parses(read)]).toEqual([false, false]);
});

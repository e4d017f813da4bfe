import * as fs from 'fs';
import * as path from 'path';
import { workflows } from '../../ci/workflows';
import { newFolder } from '../support/folders';

/* The workflows in the repository are those of the program: npm run workflows. */

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = '.github/workflows';

function filesIn(root: string): Record<string, string> {
  const folder = path.join(root, FOLDER);
  return Object.fromEntries(fs.readdirSync(folder).sort().map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}

test('what is in the repository is what the program makes', () => {
  const root = newFolder();
  workflows(root).synth();
  expect(filesIn(ROOT)).toEqual(filesIn(root));
});

import * as fs from 'fs';
import * as path from 'path';
import { catalogue } from '../src/cli/catalogue';

/** The page that explains every code, made from the catalogue. */
export function errorDocs(): string {
  const sections = catalogue().map(({ code, severity, title, explanation }) => [
    `## ${code}`,
    '',
    `**${title}** (${severity})`,
    '',
    explanation,
  ].join('\n'));
  return [
    '# What each code means',
    '',
    'Made by `npm run docs` from the catalogue in the source. `fairway errors FW401` prints the same on a terminal.',
    '',
    'Errors stop a synth before anything is written. Warnings can be acknowledged, with a reason:',
    '`Diagnostics.of(construct).acknowledge(code, reason)`.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}

if (require.main === module) {
  fs.writeFileSync(path.join(__dirname, '..', 'docs', 'errors.md'), errorDocs());
}

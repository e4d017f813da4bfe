// GitHub's own language service over workflows and actions: [{file, text}] on standard input, [{file, rule, message}] on standard output.
import { readFileSync } from 'node:fs';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

async function main() {
  const sources = JSON.parse(readFileSync(0, 'utf8'));
  const fileProvider = {
    getFileContent: async ({ path, repository }) => {
      const found = repository === undefined ? sources.find((source) => source.file === path) : undefined;
      if (!found) throw new Error(`${path} is not there`);
      return { name: path, content: found.text };
    },
  };
  const findings = [];
  for (const { file, text } of sources) {
    const document = TextDocument.create(`file:///${file}`, 'yaml', 1, text);
    for (const { severity, message, range } of await validate(document, { fileProvider })) {
      const rule = ['', 'error', 'warning', 'information', 'hint'][severity ?? 1];
      findings.push({ file, rule, message: `${range.start.line + 1}: ${message}` });
    }
  }
  console.log(JSON.stringify(findings));
}

main();

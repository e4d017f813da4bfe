// Microsoft's language service over Azure Pipelines: {schema, sources: [{file, text}]} on standard input, [{file, rule, message}] on standard output.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { getLanguageService } = require('azure-pipelines-language-service');
const { parse } = require('azure-pipelines-language-service/lib/parser/yamlParser');
const { TextDocument } = require('vscode-languageserver-textdocument');

// It prints what it is doing.
console.log = () => undefined;

async function main() {
  const { schema: path, sources } = JSON.parse(readFileSync(0, 'utf8'));
  const schema = JSON.parse(readFileSync(path, 'utf8'));
  // The service takes the schema parsed: given text, it finds nothing wrong with anything.
  allowWhatIsOnlyNamed(schema.definitions.task);
  allowExpressionsInNames(schema);
  const service = getLanguageService(async () => schema, [], async () => 'mem://schema', { resolveRelativePath: (_, name) => name });
  service.configure({ validate: true, customTags: [] });
  const findings = [];
  for (const { file, text } of sources) {
    const document = TextDocument.create(`file:///${file}`, 'azure-pipelines', 1, text);
    for (const { message, range } of await service.doValidation(document, parse(text))) {
      findings.push({ file, rule: 'schema', message: `${range.start.line + 1}: ${message}` });
    }
  }
  process.stdout.write(JSON.stringify(findings));
}

/** The schema names some tasks (`UseNode@1`) without telling their inputs, and so refuses whoever gives some. */
function allowWhatIsOnlyNamed(task) {
  const described = new Set(task.anyOf.map(({ properties }) => properties?.task?.pattern));
  const named = task.properties.task.anyOf.flatMap((choice) => choice.enum ?? []);
  for (const name of named.filter((candidate) => !described.has(`^${candidate}$`))) {
    const properties = { task: { ignoreCase: 'value', pattern: `^${name}$` }, inputs: { type: 'object' } };
    task.anyOf.push({ properties, firstProperty: ['task'], required: ['task'] });
  }
}

/** A name in a template may be made of a parameter (learn.microsoft.com, Template parameters); the schema has letters alone. */
function allowExpressionsInNames(part) {
  if (typeof part !== 'object' || part === null) return;
  if (part.pattern === '^[-_A-Za-z0-9]*$') part.pattern = '^([-_A-Za-z0-9]|\\$\\{\\{ parameters\\.\\w+ \\}\\})*$';
  Object.values(part).forEach(allowExpressionsInNames);
}

main();

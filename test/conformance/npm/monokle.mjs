// Runs Monokle's practices and its check of references over Kubernetes objects: documents in, a report out, both JSON.
import { json } from 'node:stream/consumers';
import {
  AnnotationSuppressor, DisabledFixer, MonokleValidator, RemotePluginLoader, ResourceParser, SchemaLoader,
  processRefs, requireFromStringCustomPluginLoader,
} from '@monokle/validation';
import { parse } from 'yaml';

const documents = await json(process.stdin);
const resources = documents.map(({ file, text }, index) => {
  const content = parse(text);
  const { apiVersion, kind, metadata: { name, namespace } } = content;
  return { id: String(index), fileId: file, filePath: file, fileOffset: 0, name, namespace, apiVersion, kind, content, text };
});

const parser = new ResourceParser();
const validator = new MonokleValidator({
  loader: new RemotePluginLoader(requireFromStringCustomPluginLoader),
  parser,
  schemaLoader: new SchemaLoader(),
  suppressors: [new AnnotationSuppressor()],
  fixer: new DisabledFixer(),
});
await validator.preload({ plugins: { 'practices': true, 'resource-links': true } });
processRefs(resources, parser);
const { runs } = await validator.validate({ resources });
console.log(JSON.stringify({
  known: documents.map(({ object }) => object),
  findings: runs.flatMap(({ results }) => results).map(findingOf).filter((finding) => !namesForeignPods(finding)),
}));

function findingOf({ ruleId, message, locations }) {
  const { artifactLocation, region } = locations.map(({ physicalLocation }) => physicalLocation)
    .find((location) => location.artifactLocation.uriBaseId === 'RESOURCE');
  const { file, object, text } = documents[Number(artifactLocation.uri)];
  return { file, object, rule: ruleId, message: `${message.text} (${text.split('\n')[region.startLine - 1].trim()})` };
}

/** A network policy may well name pods of other systems, such as the cluster's DNS. */
function namesForeignPods({ rule, object }) {
  return rule === 'LNK001' && object.startsWith('NetworkPolicy/');
}

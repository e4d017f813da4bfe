type Item = Record<string, any>;

/** What tells an item of a list from the others, and nothing where it says nothing of that kind. */
type Identity = (item: Item) => string | undefined;

const named: Identity = item => word(item.name);

/** Lists of things that have an identity, by the field that they stand in. Their order says nothing, but for `initContainers`. */
const IDENTITIES: Record<string, Identity> = {
  args: named, // of analysis; those of a container are texts
  backendRefs: item => reference(item),
  conditions: item => word(item.type),
  containers: named,
  env: named,
  envFrom: item => joined(item.prefix, item.configMapRef ? 'ConfigMap' : 'Secret', item.configMapRef?.name ?? item.secretRef?.name),
  ephemeralContainers: named,
  headers: named,
  hostAliases: item => word(item.ip),
  httpHeaders: named,
  imagePullSecrets: named,
  initContainers: named,
  items: item => word(item.key),
  listeners: named,
  matchExpressions: item => joined(item.key, item.operator),
  metrics: item => named(item) ?? joined(
    item.type, ...[item.resource, item.pods?.metric, item.external?.metric, item.object?.metric].map(m => m?.name)),
  parentRefs: item => joined(item.namespace, item.name, item.sectionName, item.port),
  ports: item => named(item) ?? joined(item.containerPort ?? item.port ?? '*', item.endPort, item.protocol ?? 'TCP'),
  rules: named,
  subjects: item => joined(item.kind, item.namespace, item.name),
  templates: item => word(item.templateName),
  tolerations: item => joined(item.key ?? '*', item.operator, item.value, item.effect),
  topologySpreadConstraints: item => joined(item.topologyKey, item.whenUnsatisfiable),
  triggers: item => named(item) ?? word(item.type),
  volumeClaimTemplates: item => word(item.metadata?.name),
  volumeDevices: item => word(item.devicePath),
  volumeMounts: item => joined(item.mountPath, item.subPath ?? item.subPathExpr),
  volumes: named,
  webhooks: named,
};

/** Lists of words whose order says nothing. */
const SETS = new Set([
  'accessModes', 'add', 'apiGroups', 'drop', 'except', 'externalIPs', 'finalizers', 'loadBalancerSourceRanges', 'matchLabelKeys', 'nonResourceURLs',
  'policyTypes', 'resourceNames', 'resources', 'scopes', 'supplementalGroups', 'verbs',
]);

/** Lists of rules that add up, so that their order says nothing either: those of a NetworkPolicy. */
const SUMS = new Set(['egress', 'from', 'ingress', 'to']);

/**
 * The identities of the items of a list.
 *
 * @param field the field that the list stands in
 * @returns one for each item, no two the same; nothing when the list is none of things with identity
 */
export function identitiesOf(field: string, items: unknown[]): string[] | undefined {
  const identity = Object.hasOwn(IDENTITIES, field) ? IDENTITIES[field] : undefined;
  const found = items.map(item => SETS.has(field) ? scalar(item) : identity !== undefined && isItem(item) ? identity(item) : undefined);
  const known = found.filter(id => id !== undefined);
  return known.length === items.length && new Set(known).size === items.length ? known : undefined;
}

/** Whether the order of a list says nothing although its items have no identity. */
export function isSum(field: string): boolean {
  return SUMS.has(field);
}

/** Whether things with identity work in the order in which they stand. */
export function isOrdered(field: string): boolean {
  return field === 'initContainers';
}

function isItem(x: unknown): x is Item {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function scalar(x: unknown): string | undefined {
  return typeof x === 'string' || typeof x === 'number' ? String(x) : undefined;
}

function word(x: unknown): string | undefined {
  return typeof x === 'string' && x !== '' ? x : undefined;
}

function joined(...parts: unknown[]): string | undefined {
  return parts.map(scalar).filter(part => part !== undefined && part !== '').join(' ') || undefined;
}

/** `frontend:80`; another kind than a Service is said. */
function reference(item: Item): string | undefined {
  const name = word(item.name);
  const kind = item.kind === undefined || item.kind === 'Service' ? undefined : item.kind;
  return name === undefined ? undefined : joined(kind, item.namespace, item.port === undefined ? name : `${name}:${item.port}`);
}

const NAME_PART = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Labels that the platform sets, and selects by. */
const OWN_LABELS = [
  'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/part-of', 'app.kubernetes.io/managed-by',
];

/** The labels of every object that a platform makes. */
export function platformLabels(platform: string): Record<string, string> {
  return { 'app.kubernetes.io/part-of': platform, 'app.kubernetes.io/managed-by': 'cdk8s-fairway' };
}

/** What is wrong with a label, or nothing (k8s apimachinery `ValidateLabels`). */
export function labelFault(key: string, value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'has a value that is no string';
  }
  if (!isQualifiedName(key)) {
    return 'has a key that is refused';
  }
  if (value !== '' && !NAME_PART.test(value)) {
    return 'has a value that is refused';
  }
  return OWN_LABELS.includes(key) ? 'belongs to the platform' : undefined;
}

/** A label value from free text such as a tag: what a label cannot hold is replaced. */
export function labelValue(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/** What is wrong with an annotation, or nothing (k8s apimachinery `ValidateAnnotations`). */
export function annotationFault(key: string, value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'has a value that is no string';
  }
  return isQualifiedName(key.toLowerCase()) ? undefined : 'has a key that is refused';
}

/** Whether something is a name that may stand in a DNS record: labels with dots between them. */
export function isDnsSubdomain(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 253 && DNS_SUBDOMAIN.test(name);
}

/** Whether something is a map of names to values, as it is written in braces. */
export function isMap(x: unknown): boolean {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function isQualifiedName(key: string): boolean {
  const [first, second, ...rest] = key.split('/');
  return rest.length === 0 && (second === undefined ? NAME_PART.test(first) : isDnsSubdomain(first) && NAME_PART.test(second));
}

/** The first key in plain data that cdk8s cannot print (its `sanitizeValue` drops one and stumbles over the other), if there is one. */
export function unprintableKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const own = Array.isArray(value) ? undefined : ['__proto__', 'constructor'].find(key => Object.hasOwn(value, key));
  return own ?? Object.values(value).map(unprintableKey).find(key => key !== undefined);
}

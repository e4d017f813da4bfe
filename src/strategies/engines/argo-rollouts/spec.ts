import { Field, Look } from './fields';
import { isPlain, merged, toJson } from './json';
import * as messages from './messages';
import { RolloutsVersion } from './version';
import { FairwayError } from '../../../core/diagnostics/fairway-error';
import { Finding, Severity } from '../../../core/diagnostics/finding';

/** What all objects have besides their `spec`. */
interface CommonProps {
  readonly metadata?: unknown;
  readonly version?: RolloutsVersion;
  readonly native?: Record<string, unknown>;
}

/** What is known of a kind of object. */
export interface Kind {
  /** The type of `spec`. */
  readonly shape: Field;
  /** What is wrong with a `spec` whose fields are all of their types. */
  rules(where: string, spec: any, version: RolloutsVersion): Finding[];
}

/** The `spec` of props. Throws everything that is wrong with it. */
export function specOf(where: string, kind: Kind, props: CommonProps): { spec: Record<string, unknown>; version: RolloutsVersion } {
  if (typeof (props ?? {}) !== 'object' || Array.isArray(props)) {
    throw messages.wrongType.error(where, { field: 'props', value: props, fault: 'is no map' });
  }
  const { metadata, version = RolloutsVersion.V1_9, native = {}, ...given } = props ?? {};
  if (!Object.values(RolloutsVersion).includes(version)) {
    throw messages.notOneOf.error(where, { field: 'version', value: version, fault: `is none of ${Object.values(RolloutsVersion).join(', ')}` });
  }
  for (const [field, value] of Object.entries({ metadata: metadata ?? {}, native })) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || (field === 'native' && !isPlain(value))) {
      throw messages.wrongType.error(where, { field, value, fault: 'is no map' });
    }
  }
  const look: Look = { where, version, strict: true, findings: [] };
  const typed = toJson(given) as Record<string, unknown>;
  kind.shape.check(look, 'spec', typed);
  refuse(look.findings);
  if (Object.keys(native).length === 0) {
    refuse(kind.rules(where, typed, version));
    return { spec: typed, version };
  }
  const spec = merged(typed, toJson(native) as Record<string, unknown>);
  refuse(findingsIn(where, kind, spec, version));
  return { spec, version };
}

/** All that is wrong or unwise in a `spec` which may have fields that are not known here. */
export function findingsIn(where: string, kind: Kind, spec: unknown, version: RolloutsVersion): Finding[] {
  const look: Look = { where, version, strict: false, findings: [] };
  kind.shape.check(look, 'spec', spec);
  return look.findings.length > 0 ? look.findings : kind.rules(where, spec, version);
}

function refuse(findings: Finding[]): void {
  const errors = findings.filter(finding => finding.severity === Severity.ERROR);
  if (errors.length > 0) {
    throw new FairwayError(errors);
  }
}

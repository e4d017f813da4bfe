import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW550 to FW570 and FW575 to FW577: one object of Flux on its own. FW571 to FW574: several together.
 * Sources name files of Flux 2.9: source-controller 1.9, kustomize-controller 1.9, helm-controller 1.6, image-reflector-controller 1.2,
 * image-automation-controller 1.2, notification-controller 1.9.
 */

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW550',
  severity: Severity.ERROR,
  title: 'A field that Flux needs is missing',
  explanation: 'The custom resource definitions of Flux (config/crd/bases of each controller), or the controller that reads the field, demand it.',
}, a => ({ message: `The ${a.kind} has no ${a.field}.`, remedy: `Give a ${a.field} that is not empty.` }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW551',
  severity: Severity.ERROR,
  title: 'A field of a Flux object that is refused',
  explanation: 'The custom resource definitions of Flux give every field a type, and many a pattern, a length or a set of values (config/crd/bases of each controller).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the field says.' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW552',
  severity: Severity.ERROR,
  title: 'A field that Flux does not have',
  explanation: 'The API server drops fields that are not in the custom resource definition, without a word.',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what is newer than this library is set with addJsonPatch.',
}));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW553',
  severity: Severity.ERROR,
  title: 'A duration that Flux refuses',
  explanation: 'Durations are numbers with the units ms, s, m and h, without days and without a sign; the timeouts of sources and of Providers know no h '
    + '(the patterns in config/crd/bases). Go holds at most 292 years. An interval of zero would never come round again.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no duration that Flux reads: ${show(a.value)}.`, remedy: 'Write for example 30s, 10m or 1m30s.' }));

export const hastyTiming = problem<{ kind: string; field: string; value: string; fault: string; least: string }>({
  code: 'FW554',
  severity: Severity.WARNING,
  title: 'A duration shorter than Flux works with',
  explanation: 'The interval of a Kustomization is to be 60 seconds or longer (docs/spec/v1/kustomizations.md), and a timeout below 30 seconds is raised to 30 '
    + '(kustomize-controller api/v1/kustomization_types.go, GetTimeout). An ImageRepository waits for a second at least '
    + '(image-reflector-controller api/v1/imagerepository_types.go, GetTimeout).',
}, a => ({ message: `The ${a.field} ${show(a.value)} of the ${a.kind} ${a.fault}.`, remedy: `Write ${a.least} or longer.` }));

export const exactlyOne = problem<{ kind: string; fields: string[]; given: string[] }>({
  code: 'FW555',
  severity: Severity.ERROR,
  title: 'Exactly one of several fields is needed',
  explanation: 'The API server refuses a HelmRelease with both or neither of chart and chartRef, by a rule of its definition. '
    + 'Other fields are told apart by classes of this library, whose factories make one of them.',
}, a => ({
  message: a.given.length === 0 ? `The ${a.kind} has none of ${list(a.fields)}.` : `The ${a.kind} has ${list(a.given)} together.`,
  remedy: `Give exactly one of ${list(a.fields)}.`,
}));

export const movingReference = problem<{ kind: string; what: string }>({
  code: 'FW556',
  severity: Severity.WARNING,
  title: 'A source whose version nobody chose',
  explanation: 'A GitRepository without a ref follows the branch master, an OCIRepository the tag latest, and a chart without a version the newest one '
    + '(source-controller docs/spec/v1). What runs then changes without a commit, or comes from a branch that does not exist.',
}, a => ({ message: `The ${a.kind} follows ${a.what}.`, remedy: 'Say what it follows: a branch, a tag, a range of versions or a digest.' }));

export const invalidReference = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW557',
  severity: Severity.ERROR,
  title: 'A reference to a version that cannot be',
  explanation: 'Branches, tags and reference names follow `git check-ref-format`, commits are SHA-1 or SHA-256 hashes in full, tags and digests of registries follow the OCI distribution specification.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write it as the repository or the registry knows it.' }));

export const invalidRange = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW558',
  severity: Severity.ERROR,
  title: 'A range of versions that Flux cannot read',
  explanation: 'Flux reads ranges with github.com/Masterminds/semver (constraints.go, NewConstraint), whose syntax is not that of npm: '
    + 'conditions are joined by a comma or a space, alternatives by `||`, and a range with ` - ` has spaces around the hyphen.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write for example 1.x, ^1.2.0 or >=1.2.0 <2.0.0.' }));

export const insecureTransport = problem<{ kind: string; what: string }>({
  code: 'FW559',
  severity: Severity.WARNING,
  title: 'A connection that anyone on the way can change',
  explanation: 'Over plain HTTP, what Flux fetches and applies to the cluster can be read and replaced on the way, and credentials can be read.',
}, a => ({ message: `The ${a.kind} has ${a.what}.`, remedy: 'Use TLS, with certSecretRef for a private authority, or acknowledge FW559 with a reason.' }));

export const credentialsInUrl = problem<{ kind: string; field: string }>({
  code: 'FW560',
  severity: Severity.ERROR,
  title: 'Credentials in a URL',
  explanation: 'What stands in a URL is committed to the repository, printed in events and sent to alert providers. Flux reads credentials from Secrets.',
}, a => ({ message: `The ${a.field} of the ${a.kind} has a user or a password in it.`, remedy: 'Put them into a Secret, and name it with secretRef.' }));

export const invalidUrl = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW561',
  severity: Severity.ERROR,
  title: 'An address that Flux cannot reach anything by',
  explanation: 'Each source knows some schemes (the patterns in config/crd/bases). Git over SSH is written `ssh://git@host/path`, never `git@host:path`. '
    + 'Images of an ImageRepository have neither a scheme nor a tag (image-reflector-controller internal/registry/helper.go, ParseImageReference).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write the address as the documentation of the field says.' }));

export const refusedTogether = problem<{ kind: string; field: string; fault: string }>({
  code: 'FW562',
  severity: Severity.ERROR,
  title: 'Fields that Flux refuses together',
  explanation: 'Rules of the custom resource definitions (x-kubernetes-validations in config/crd/bases), and states in which a controller stalls: '
    + 'a GitHub App without a Secret (source-controller internal/controller/gitrepository_controller.go), '
    + 'a wildcard without labels (notification-controller internal/server/receiver_handlers.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}.`, remedy: 'Change one of the two fields.' }));

export const idleField = problem<{ kind: string; field: string; fault: string }>({
  code: 'FW563',
  severity: Severity.ERROR,
  title: 'A field that Flux ignores',
  explanation: 'The field is accepted by the API server and read by nobody, because of another one: the comments of the API types and docs/spec say which '
    + '(healthChecks with wait, remediation with RetryOnFailure, the version of a chart from Git, provider and insecure of a HelmRepository over HTTP).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}.`, remedy: 'Leave the field out, or change the one by which it is ignored.' }));

export const wideIgnore = problem<{ kind: string; paths: string[] }>({
  code: 'FW564',
  severity: Severity.WARNING,
  title: 'A drift rule for every object',
  explanation: 'A rule in ignore without a target holds for every object that is applied (kustomize-controller docs/spec/v1/kustomizations.md, Ignore Rules): '
    + 'a change of such a field in the repository may then never arrive.',
}, a => ({ message: `The ${a.kind} ignores ${list(a.paths)} of every object.`, remedy: 'Give a target with a kind and a name, or acknowledge FW564 with a reason.' }));

export const invalidPointer = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW565',
  severity: Severity.ERROR,
  title: 'A path of a field that is no JSON pointer',
  explanation: 'Drift rules name fields by JSON pointers (RFC 6901): they begin with a slash, and a slash in a key is written ~1. The pointer of the whole object would ignore everything.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no JSON pointer to a field: ${show(a.value)}.`, remedy: 'Write for example /spec/replicas.' }));

export const invalidDependency = problem<{ kind: string; name: string; fault: string }>({
  code: 'FW566',
  severity: Severity.ERROR,
  title: 'A dependency that is never met, or named twice',
  explanation: 'An object that depends on itself waits for itself. Of two entries with one name, only the stricter one counts '
    + '(kustomize-controller and helm-controller, checkDependencies).',
}, a => ({ message: `The ${a.kind} depends on ${show(a.name)}, ${a.fault}.`, remedy: 'Remove the entry from dependsOn.' }));

export const invalidExpression = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW567',
  severity: Severity.ERROR,
  title: 'A CEL expression that cannot be read',
  explanation: 'The expression is only looked at from the outside: brackets and quotes that close, no single `=`, no words for operators. '
    + 'The controllers compile it, and stall on one that is wrong (github.com/fluxcd/pkg/runtime/cel).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write for example dep.status.observedGeneration == dep.metadata.generation.' }));

export const missingForType = problem<{ kind: string; type: string; field: string; why: string }>({
  code: 'FW568',
  severity: Severity.ERROR,
  title: 'A type that cannot work without another field',
  explanation: 'Which Provider needs an address, a channel or a Secret stands in the constructors of notification-controller internal/notifier: '
    + 'without it, every event fails to be sent, and only the log says so.',
}, a => ({ message: `The ${a.kind} of type ${show(a.type)} needs ${a.field}: ${a.why}.`, remedy: `Give ${a.field}.` }));

export const unsignedPolicy = problem<{ kind: string; fault: string }>({
  code: 'FW569',
  severity: Severity.WARNING,
  title: 'A signature that proves little',
  explanation: 'Keyless verification without matchOIDCIdentity accepts a signature of anyone who can sign with the public instance of Sigstore '
    + '(source-controller docs/spec/v1/ocirepositories.md, Verification).',
}, a => ({ message: `The ${a.kind} ${a.fault}.`, remedy: 'Give matchOIDCIdentity with an issuer and a subject, or a Secret with public keys.' }));

export const inlineSecret = problem<{ kind: string; field: string }>({
  code: 'FW570',
  severity: Severity.WARNING,
  title: 'What looks like a secret, in clear text',
  explanation: 'Values, substitutions and addresses of webhooks are committed to the repository as they are. Anyone who reads the repository, or may get the object, has them.',
}, a => ({ message: `The ${a.field} of the ${a.kind} looks like a secret in clear text.`, remedy: 'Take it from a Secret: valuesFrom, substituteFrom or secretRef; or acknowledge FW570 with a reason.' }));

export const foreignNamespace = problem<{ kind: string; field: string; namespace: string; own: string }>({
  code: 'FW571',
  severity: Severity.ERROR,
  title: 'A reference to another namespace under multi-tenancy',
  explanation: 'With `--no-cross-namespace-refs=true`, the controllers deny what is in another namespace than the object that names it (AccessDenied), '
    + 'for sources, dependencies, image repositories, events and receivers alike.',
}, a => ({ message: `The ${a.field} of the ${a.kind} names the namespace ${show(a.namespace)}, and the object is in ${show(a.own)}.`, remedy: 'Name an object in the same namespace, or declare a source there.' }));

export const missedReference = problem<{ kind: string; field: string; wanted: string; found: string }>({
  code: 'FW572',
  severity: Severity.WARNING,
  title: 'A reference that misses an object of the same name',
  explanation: 'Flux finds a source or a dependency by kind, namespace and name; without a namespace it is that of the object. '
    + 'Here the name exists with another kind or in another namespace, and what is named does not.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} names ${a.wanted}, which is not here; ${a.found} is.`,
  remedy: 'Use the reference property of the construct, or acknowledge FW572 with where the object comes from.',
}));

export const dependencyCycle = problem<{ kind: string; from: string; to: string; length: number }>({
  code: 'FW573',
  severity: Severity.ERROR,
  title: 'Dependencies in a circle',
  explanation: 'Kustomizations, and HelmReleases, that wait for each other are never applied (docs/spec/v1/kustomizations.md, Dependencies).',
}, a => ({
  message: `The ${a.kind} ${show(a.from)} depends on ${show(a.to)}, which leads back to it by ${a.length} ${a.length === 1 ? 'dependency' : 'dependencies'}.`,
  remedy: 'Remove one of the entries from dependsOn.',
}));

export const foreignDependency = problem<{ kind: string; name: string; other: string }>({
  code: 'FW574',
  severity: Severity.ERROR,
  title: 'A dependency on another kind of object',
  explanation: 'The dependsOn of a HelmRelease sees only HelmReleases, that of a Kustomization only Kustomizations (fluxcd/flux2 #956, #3364; fluxcd/kustomize-controller #242).',
}, a => ({
  message: `The ${a.kind} depends on ${show(a.name)}, which is a ${a.other}.`,
  remedy: a.kind === 'HelmRelease'
    ? `Put the HelmRelease into the path of a Kustomization that depends on ${show(a.name)}.`
    : `Name the Kustomization that applies ${show(a.name)}, with wait or a health check of it.`,
}));

export const nowhereToPush = problem<{ fault: string; value: unknown }>({
  code: 'FW575',
  severity: Severity.ERROR,
  title: 'An automation that cannot push',
  explanation: 'Without push.branch, commits go to the branch that was checked out; a tag, a commit, a range or a name is none '
    + '(image-automation-controller internal/source/git.go, configurePush). A refspec is `<source>:<destination>`, both in full.',
}, a => ({ message: `The ImageUpdateAutomation ${a.fault}: ${show(a.value)}.`, remedy: 'Give push.branch, or check out a branch.' }));

export const invalidPattern = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW576',
  severity: Severity.ERROR,
  title: 'A regular expression that Flux cannot use',
  explanation: 'Expressions are those of Go (RE2): without lookaround and without backreferences. An extract names groups of the pattern; '
    + 'a group that is not there gives an empty text (image-reflector-controller internal/policy/filter.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write it as https://pkg.go.dev/regexp/syntax says.' }));

export const recreates = problem<{ kind: string; field: string }>({
  code: 'FW577',
  severity: Severity.WARNING,
  title: 'Objects that are deleted to be changed',
  explanation: 'With force, an object whose immutable field changes is deleted and made anew: its pods go away, and with a StatefulSet or a claim perhaps its data '
    + '(kustomize-controller docs/spec/v1/kustomizations.md, Force).',
}, a => ({ message: `The ${a.kind} has ${a.field}.`, remedy: 'Annotate single objects with flux.Annotations.FORCE instead, or acknowledge FW577 with a reason.' }));

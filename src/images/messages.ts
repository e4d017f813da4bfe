import { Severity } from '../core/diagnostics/finding';
import { problem, show } from '../core/diagnostics/problem';

/*
 * FW3xx: images.
 */

export const invalidImage = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW301',
  severity: Severity.ERROR,
  title: 'An image reference that no registry accepts',
  explanation: 'References follow the grammar of distribution/reference: a repository of lower-case path components with an optional registry host, '
    + 'a tag of at most 128 letters, digits, `_`, `.` and `-`, and a digest `sha256:` with 64 hexadecimal digits.',
}, a => ({ message: `The image ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write Image.of(\'ghcr.io/acme/checkout\', { tag: \'1.4.2\', digest: \'sha256:…\' }).' }));

export const latestImage = problem<{ repository: string }>({
  code: 'FW302',
  severity: Severity.ERROR,
  title: 'An image that follows `latest`',
  explanation: 'The tag `latest`, and a reference without tag and digest, which means the same, name another image tomorrow. '
    + 'Two pods of one Deployment may then run different code, and a rollback brings back nothing.',
}, a => ({ message: `The image ${show(a.repository)} has the tag "latest", or none.`, remedy: 'Give the tag of a release, and its digest.' }));

export const noDigest = problem<{ image: string; environment: string }>({
  code: 'FW303',
  severity: Severity.WARNING,
  title: 'An image without a digest at the end of the road',
  explanation: 'A tag can be moved; a digest cannot. In an environment that nothing is promoted from, the image that runs should be the one that was tested and signed.',
}, a => ({ message: `The image ${show(a.image)} is deployed to ${show(a.environment)} by its tag alone.`, remedy: 'Add the digest of the tested image: { tag: …, digest: \'sha256:…\' }.' }));

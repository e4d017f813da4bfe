import { platformLabels } from '../../core/metadata';
import type { Environment } from '../../environments';

/** The labels that everything of a platform carries (the recommended labels of Kubernetes). */
export function standardLabels(platform: string, environment: Environment): Record<string, string> {
  return {
    ...platformLabels(platform),
    ...environment.labels,
  };
}

/**
 * The one label by which pods are selected. One is enough, it never changes, and network policies
 * of scanners expect a single one (Polaris missingNetworkPolicy).
 */
export function selector(name: string): Record<string, string> {
  return { 'app.kubernetes.io/instance': name };
}

import { isAnnotationKey } from './annotation';
import { NotificationCondition, NotificationTemplate } from './notification-props';
import { at } from './shapes';
import { struct, text } from '../../../core/shape';
import * as messages from '../../messages';

/** Properties of `DeploymentNotifications`. */
export interface DeploymentNotificationsProps {
  /**
   * The annotation of an Application with the commit that its images were built from.
   *
   * @default 'cdk8s-fairway/source-commit'
   */
  readonly commitAnnotation?: string;

  /**
   * The annotation of an Application with the repository of that commit.
   *
   * @default 'cdk8s-fairway/source-repository'
   */
  readonly repositoryAnnotation?: string;

  /**
   * The label of an Application with its environment.
   *
   * @default 'cdk8s-fairway/environment'
   */
  readonly environmentLabel?: string;
}

/**
 * Templates and triggers that say what runs: the images with their digests, and the commit that they were built from.
 * What Argo CD has ready speaks of the commit of the manifests instead, which changes with every other workload of the repository.
 *
 * Both are to be put into a `NotificationsConfig`. A condition counts once for each set of images.
 */
export class DeploymentNotifications {
  /** `deployed`, `deploy-failed` and `degraded`. */
  public readonly templates: Record<string, NotificationTemplate>;

  /** `on-deployed`, `on-deploy-failed` and `on-degraded`. */
  public readonly triggers: Record<string, NotificationCondition[]>;

  /**
   * @param props the annotations of Applications. Throws FW517 for a key that no annotation has
   */
  public constructor(props: DeploymentNotificationsProps = {}) {
    struct({ commitAnnotation: text, repositoryAnnotation: text, environmentLabel: text })(at('', 'DeploymentNotifications'), props);
    const names = {
      commit: props.commitAnnotation ?? 'cdk8s-fairway/source-commit',
      repository: props.repositoryAnnotation ?? 'cdk8s-fairway/source-repository',
      environment: props.environmentLabel ?? 'cdk8s-fairway/environment',
    };
    for (const [field, value] of Object.entries(names)) {
      if (!isAnnotationKey(value)) {
        throw messages.invalidField.error('', { kind: 'DeploymentNotifications', field, value, fault: 'is no key of an annotation' });
      }
    }
    this.templates = {
      'deployed': template('is deployed', 'success', names),
      'deploy-failed': template('could not be deployed: {{ .app.status.operationState.message }}', 'failure', names),
      'degraded': template('is degraded', 'error', names),
    };
    this.triggers = {
      'on-deployed': [{
        when: 'app.status?.operationState?.phase == "Succeeded" and app.status?.health?.status == "Healthy"',
        oncePer: IMAGES,
        send: ['deployed'],
        description: 'Its images run, and it is healthy.',
      }],
      'on-deploy-failed': [{
        when: 'app.status?.operationState?.phase in ["Error", "Failed"]',
        oncePer: 'app.status?.operationState?.startedAt',
        send: ['deploy-failed'],
        description: 'A sync failed.',
      }],
      'on-degraded': [{
        when: 'app.status?.health?.status == "Degraded"',
        oncePer: IMAGES,
        send: ['degraded'],
        description: 'It is degraded.',
      }],
    };
  }
}

/** What runs now, in a fixed order (types.go, ApplicationTree.GetSummary). */
const IMAGES = 'app.status?.summary?.images';

/** A piece of a template for an entry of the metadata that may be missing. */
function entry(kind: 'labels' | 'annotations', key: string, before = '', after = ''): string {
  return `{{ with .app.metadata.${kind} }}{{ with index . "${key}" }}${before}{{ . }}${after}{{ end }}{{ end }}`;
}

function template(what: string, state: string, { commit, repository, environment }: Record<string, string>): NotificationTemplate {
  const images = '{{ with .app.status.summary }}{{ range .images }}\n- {{ . }}{{ end }}{{ end }}';
  return {
    message: `{{ .app.metadata.name }} ${what}.${entry('annotations', commit, '\nCommit: ')}${entry('annotations', repository, ' of ')}\nImages:${images}\n`,
    email: { subject: `{{ .app.metadata.name }} ${what.replace(/:.*$/, '')}` },
    github: {
      repoURLPath: entry('annotations', repository),
      revisionPath: entry('annotations', commit),
      status: { state, label: `deploy/${entry('labels', environment)}`, targetURL: '{{ .context.argocdUrl }}/applications/{{ .app.metadata.name }}' },
    },
  };
}

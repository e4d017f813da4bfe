import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ApplicationSetProps } from './application-set-props';
import { checkApplicationSet } from './application-set-validation';
import { setWarnings } from './application-set-warnings';
import { specOf } from './application-spec';
import { ApplicationTemplate } from './application-template';
import { SYNC_WAVE } from './fields';
import { copied } from '../../../core/copied';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { plain } from '../../../core/shape';

/**
 * An Argo CD `ApplicationSet` (argoproj.io/v1alpha1), in any cdk8s chart: Applications for clusters, folders, pull requests and the like.
 *
 * Texts are Go templates that fail for a parameter that is missing, unless said otherwise. Fields that have no property here are
 * set with `addJsonPatch`.
 */
export class ApplicationSet extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the ApplicationSet. Throws FW510 to FW524 for its template, FW530 to FW535 for what the controller would refuse or ignore;
   * warns FW521, FW523, FW534 and FW536 to FW538, and FW543
   */
  public constructor(scope: Construct, id: string, props: ApplicationSetProps) {
    const path = `${scope.node.path}/${id}`;
    checkApplicationSet(path, props ?? {}, () => specJson(props));
    const own = copied(props, 8);
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: {
        ...own.metadata,
        annotations: { ...own.metadata?.annotations, ...(own.syncWave === undefined ? {} : { [SYNC_WAVE]: String(own.syncWave) }) },
      },
      spec: specJson(own),
    });
    Diagnostics.of(this).addCheck({ check: () => setWarnings(this.node.path, own) });
  }
}

function specJson(props: ApplicationSetProps): any {
  const { generators, template, templatePatch, syncPolicy, strategy, preservedFields, ignoreApplicationDifferences } = props;
  const goTemplate = props.goTemplate ?? true;
  const options = props.goTemplateOptions ?? (goTemplate ? ['missingkey=error'] : []);
  return plain({
    goTemplate,
    goTemplateOptions: options.length > 0 ? options : undefined,
    generators,
    template: templateJson(template),
    templatePatch,
    syncPolicy,
    strategy,
    preservedFields,
    ignoreApplicationDifferences,
  });
}

function templateJson({ name, namespace, labels, annotations, finalizer, ...spec }: ApplicationTemplate): any {
  const { ignoreDifferences, ...rest } = spec;
  return {
    metadata: { name, namespace, labels, annotations, finalizers: finalizer === undefined ? undefined : [finalizer] },
    spec: { ...specOf(rest), ignoreDifferences: ignoreDifferences?.length ? ignoreDifferences : undefined },
  };
}

import { specOf } from './application-spec';
import { TemplateOverride } from './application-template';
import { at, word, wordMap } from './shapes';
import { isDestination } from './types';
import { checkFinalizer, checkSources, checkSpecWithoutSources, SPEC_FIELDS } from './validation';
import { anything, struct } from '../../../core/shape';
import * as messages from '../../messages';

const OVERRIDE = struct({ ...SPEC_FIELDS, name: word, labels: wordMap, annotations: wordMap, finalizer: anything, project: word });

/**
 * A template of a generator as Argo CD reads it. Its fields are put over those of the template of the ApplicationSet, where they are not
 * empty; the API server demands a project and a destination, which are left empty when they are not given.
 */
export function overrideOf(template: TemplateOverride | undefined): any {
  if (template === undefined) {
    return undefined;
  }
  OVERRIDE(at('', 'template of a generator'), template);
  const { name, labels, annotations, finalizer, project, destination, ...spec } = template;
  if (destination !== undefined && !isDestination(destination)) {
    throw messages.invalidField.error('', { kind: 'template of a generator', field: 'destination', value: destination, fault: 'is no Destination' });
  }
  if (spec.source || spec.sources || spec.sourceHydrator) {
    checkSources('', spec);
  }
  checkSpecWithoutSources('', 'template of a generator', spec);
  checkFinalizer('', finalizer);
  const none = { _toJson: () => ({}) } as any;
  return {
    metadata: {
      ...(name === undefined ? {} : { name }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizer === undefined ? {} : { finalizers: [finalizer] }),
    },
    spec: specOf({ ...spec, project: project ?? '', destination: destination ?? none }),
  };
}

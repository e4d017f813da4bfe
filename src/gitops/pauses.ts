import { ApiObject } from 'cdk8s';

/** A Rollout with a pause that has no end, or a blue-green one that is promoted by hand. */
export function waitsForPerson(object: ApiObject): boolean {
  if (object.kind !== 'Rollout' || object.apiGroup !== 'argoproj.io') {
    return false;
  }
  const { canary, blueGreen } = object.toJson().spec?.strategy ?? {};
  const steps: Array<{ pause?: { duration?: unknown } }> = canary?.steps ?? [];
  return steps.some(step => step.pause !== undefined && step.pause.duration === undefined)
    || (blueGreen?.autoPromotionEnabled === false && !blueGreen.autoPromotionSeconds);
}

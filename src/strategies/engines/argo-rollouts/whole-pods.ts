/**
 * The pods of a canary without a router that come nearest to a weight: rounded up or down, of the wanted number or of one
 * more where there may be one (argo-rollouts v1.9.1 utils/replicaset/canary.go, approximateWeightedCanaryStableReplicaCounts).
 *
 * @param replicas the wanted number, above 0
 * @param weight percent
 * @param maxSurge pods, or percent of the wanted number
 */
export function wholePods(replicas: number, weight: number, maxSurge: number | string): { canary: number; pods: number } {
  const up = Math.ceil(replicas * weight / 100);
  const down = Math.floor(replicas * weight / 100);
  const hasSurge = parseInt(String(maxSurge), 10) > 0;
  // Some of both versions run at any weight between none and all, unless there is one pod and no room for another.
  const isOneSided = weight === 0 || weight === 100 || (replicas === 1 && !hasSurge);
  const options = (pods: number) => [
    ...(pods > replicas || up < replicas || isOneSided ? [{ canary: up, pods }] : []),
    // Halfway between two it is rounded up, even where rounding up was no option: then the canary has no pods at all.
    ...((pods * (weight / 100)) % 1 !== 0.5 && (down > 0 || isOneSided) ? [{ canary: down, pods }] : []),
  ];
  const [first = { canary: 0, pods: replicas }, ...others] = [...options(replicas), ...(hasSurge ? options(replicas + 1) : [])];
  const far = ({ canary, pods }: { canary: number; pods: number }) => Math.abs(canary * 100 / pods - weight);
  return others.reduce((best, one) => far(one) < far(best) ? one : best, first);
}

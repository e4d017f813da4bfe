import { AvailabilityStrategy, FreightRequest } from './stage-props';
import { PromotionGate } from '../../gate';
import { entriesOf, Road, RoadEnvironment, RoadWorkload } from '../../road';

/** A workload that releases enter for, and from which image. */
export interface Traveller {
  readonly name: string;
  readonly image: string;
  /** The environment whose image it is. */
  readonly entry: string;
}

/** The workloads that enter the road somewhere, in the order of their names. */
export function travellersOf(road: Road): Traveller[] {
  const travellers = new Map<string, Traveller>();
  for (const entry of entriesOf(road)) {
    for (const { name, image } of entry.workloads) {
      travellers.set(name, travellers.get(name) ?? { name, image, entry: entry.name });
    }
  }
  return [...travellers.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The workloads whose releases come to an environment. One that runs in none of the environments before has no way there (FW222). */
export function arrivingAt(road: Road, environment: RoadEnvironment): RoadWorkload[] {
  return environment.workloads.filter(workload => arrives(road, environment, workload.name));
}

function arrives(road: Road, { sources, workloads }: RoadEnvironment, workload: string): boolean {
  return workloads.some(({ name }) => name === workload)
    && (sources.length === 0 || sources.some(source => arrives(road, environmentOf(road, source), workload)));
}

export function environmentOf(road: Road, name: string): RoadEnvironment {
  return road.environments.find(environment => environment.name === name)!;
}

/** What the Stage of an environment takes: the Freight of each workload, from where it comes. */
export function requestsOf(road: Road, environment: RoadEnvironment): FreightRequest[] {
  const { sources, gates, protection: { soakTime } } = environment;
  return arrivingAt(road, environment).map(({ name }): FreightRequest => {
    const stages = sources.filter(source => arrives(road, environmentOf(road, source), name));
    return {
      origin: { name },
      sources: sources.length === 0 ? { direct: true } : {
        stages,
        ...(stages.length > 1 ? { availabilityStrategy: AvailabilityStrategy.ALL } : {}),
        ...(gates.includes(PromotionGate.SOAK_TIME) ? { requiredSoakTime: `${soakTime!.toSeconds()}s` } : {}),
      },
    };
  });
}

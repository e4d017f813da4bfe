import type { Stage } from './stage';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';
import { namespaceOf } from '../../objects';

/** FW934: rings of Stages, each once, for the Freight of each Warehouse. */
export function stageCycles(stages: Stage[]): Finding[] {
  const graphs = new Map<string, Map<string, { stage: Stage; upstream: string[]; warehouse: string }>>();
  for (const stage of stages) {
    for (const { origin, sources } of stage._props.requestedFreight) {
      const key = JSON.stringify([namespaceOf(stage), origin.name]);
      const graph = graphs.get(key) ?? new Map();
      graphs.set(key, graph);
      graph.set(stage.name, { stage, upstream: sources.stages ?? [], warehouse: origin.name });
    }
  }
  return [...graphs.values()].flatMap(graph => ringsOf(graph).map(ring => {
    const { stage, warehouse } = graph.get(ring[0])!;
    return messages.stageCycle.at(stage, { warehouse, from: ring[0], to: ring[1] ?? ring[0], length: ring.length });
  }));
}

/** One ring for each way back to a node that is being looked at. Without recursion: a chain may be long. */
function ringsOf(graph: Map<string, { upstream: string[] }>): string[][] {
  const done = new Set<string>();
  const rings: string[][] = [];
  for (const start of graph.keys()) {
    const path: Array<{ name: string; next: number }> = done.has(start) ? [] : [{ name: start, next: 0 }];
    const places = new Map<string, number>([[start, 0]]);
    while (path.length > 0) {
      const at = path[path.length - 1];
      const upstream = graph.get(at.name)!.upstream[at.next++];
      if (upstream === undefined) {
        done.add(at.name);
        places.delete(at.name);
        path.pop();
      } else if (places.has(upstream)) {
        rings.push(path.slice(places.get(upstream)).map(({ name }) => name));
      } else if (graph.has(upstream) && !done.has(upstream)) {
        places.set(upstream, path.length);
        path.push({ name: upstream, next: 0 });
      }
    }
  }
  return rings;
}

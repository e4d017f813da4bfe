import { SCENARIOS } from './scenarios';

describe('the graph of each scenario', () => {
  it.each(SCENARIOS.map(scenario => [scenario.name, scenario] as const))('%s', (_, { graph, proves }) => {
    proves(graph());
    expect(Object.isFrozen(graph().jobs[0].steps)).toBe(true);
  });

  it('is the same each time', () => {
    SCENARIOS.forEach(({ graph }) => expect(JSON.stringify(graph())).toBe(JSON.stringify(graph())));
  });

  it('has an id of its own', () => {
    expect(new Set(SCENARIOS.map(scenario => scenario.id)).size).toBe(SCENARIOS.length);
  });
});

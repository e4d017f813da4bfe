import { scenario } from './engines';
import { fleet } from '../../conformance/fleet';
import { newFolder } from '../../support/folders';

/* A platform with everything at once, for every engine. */

scenario('a fleet', engine => {
  const platform = fleet({ gitops: engine.make(), root: newFolder() });
  const open = platform.check().filter(finding => finding.acknowledged === undefined).map(({ code, path }) => `${code} ${path}`);
  expect(open).toEqual([]);
  const { deployed, isAfter } = engine.see(platform);
  expect(deployed.size).toBe(3 * 4 + 3 * 6 + 2); // folders, what every cluster gets, and the policies
  for (const region of ['eu', 'us']) {
    const after = (a: string, b: string) => isAfter(`fleet-prod-${a}`, `fleet-prod-${b}`);
    expect(after(`${region}-storefront`, `${region}-orders`)).toBe(true);
    expect(after(`${region}-orders`, `${region}-argo-rollouts`)).toBe(true);
    expect(after(`${region}-storefront`, `${region}-monitoring`)).toBe(true);
    expect(after(`${region}-storefront`, `${region}-gateways`)).toBe(true);
    expect(after(`${region}-ingress-nginx`, `${region}-cert-manager`)).toBe(true);
    expect(deployed.get(`fleet-prod-${region}-orders`)!.revision).toBe('env/prod');
  }
});

import * as fs from 'fs';
import * as path from 'path';
import { boutique } from '../../examples/online-boutique/boutique';
import { newFolder, readTree } from '../support/folders';

/*
 * Whole files of the example, byte for byte. They are read by people: a change of one of them is a change for everybody
 * who uses the library. After looking at it, take it over with
 *
 *     UPDATE_GOLDEN=1 npx jest test/examples/golden
 */

const GOLDEN = path.join(__dirname, 'golden');
const FILES = [
  'prod/adservice/Deployment.adservice.k8s.yaml',
  'prod/checkoutservice/Rollout.checkoutservice.k8s.yaml',
  'prod/frontend/AnalysisTemplate.frontend-background.k8s.yaml',
  'prod/frontend/HTTPRoute.frontend.k8s.yaml',
  'prod/frontend/Rollout.frontend.k8s.yaml',
  'prod/frontend/NetworkPolicy.frontend.k8s.yaml',
  'prod/namespaces/Namespace.boutique-prod.k8s.yaml',
  'argocd/apps/prod-eu/prod/AppProject.boutique-prod.k8s.yaml',
  'argocd/apps/prod-eu/prod/Application.boutique-prod-frontend.k8s.yaml',
];

const platform = boutique('1.34', { root: newFolder() });
platform.synth();
const written = readTree(path.join(platform.root, 'dist'));
const actual = { ...Object.fromEntries(FILES.map(file => [file, written[file]])), 'files.txt': Object.keys(written).sort().join('\n') + '\n' };

if (process.env.UPDATE_GOLDEN) {
  fs.rmSync(GOLDEN, { recursive: true, force: true });
  for (const [file, content] of Object.entries(actual)) {
    fs.mkdirSync(path.dirname(path.join(GOLDEN, file)), { recursive: true });
    fs.writeFileSync(path.join(GOLDEN, file), content);
  }
}

const golden = readTree(GOLDEN);

test('the golden files are these', () => {
  expect(Object.keys(golden).sort()).toEqual(Object.keys(actual).sort());
});

test.each(Object.entries(actual))('%s', (file, content) => {
  expect(content).toBe(golden[file]);
});

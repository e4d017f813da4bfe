import { ApiObject, Chart } from 'cdk8s';
import { environment, followedPlatform, manifests, service } from '../support/model';
import { OwnedFields } from 'cdk8s-fairway';

/* Nobody writes a drift rule: they come from the objects whose fields a controller owns. */

test('what a user says of an object that is added after lower()', () => {
  const platform = followedPlatform();
  const prod = environment(platform);
  service(platform);
  platform.lower();
  const rules = () => manifests(platform, 'Application').find(each => each.metadata.name === 'acme-prod-app').spec.ignoreDifferences;
  expect(rules()).toBeUndefined();
  const extra = new ApiObject(prod.node.findChild('app') as Chart, 'extra', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' } });
  const fields = { jsonPointers: ['/data/ca.crt'], owner: 'trust-manager', reason: 'it renews the certificates' };
  OwnedFields.of(extra).add(fields);
  OwnedFields.of(extra).add(fields);
  expect(OwnedFields.of(extra).all).toEqual([fields]);
  expect(rules()).toEqual([{ kind: 'ConfigMap', name: 'extra', namespace: 'acme-prod', jsonPointers: ['/data/ca.crt'] }]);
});

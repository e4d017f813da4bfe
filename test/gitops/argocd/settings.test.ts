import * as fc from 'fast-check';
import '../../support/properties';
import { codesOf, synth } from './support';
import { expectFinding } from '../../support/misuse';
import { argocd } from 'cdk8s-fairway';

const {
  ArgoCdConfig, DeploymentNotifications, NotificationService, NotificationsConfig, RbacAction, RbacConfig, RbacEffect, RbacMatchMode, RbacResource,
} = argocd;

describe('argocd-cm', () => {
  test('with everything', () => {
    const { configMapName, data } = new ArgoCdConfig({
      health: [{ resource: { group: 'example.com', kind: 'Thing' }, lua: 'return { status = "Healthy" }', useOpenLibs: true }],
      ignoreDifferences: [{ jsonPointers: ['/status'] }, { resource: { group: '', kind: 'Service' }, jqPathExpressions: ['.spec.a'], managedFieldsManagers: ['m'] }],
      ignoreResourceUpdates: [{ resource: { group: '*', kind: '*' }, jsonPointers: ['/metadata/annotations/a'] }],
      resourceExclusions: [{ apiGroups: ['cilium.io'], kinds: ['CiliumIdentity'], clusters: ['*'] }],
      resourceInclusions: [{ apiGroups: ['*'], kinds: ['*'] }],
      others: { 'timeout.reconciliation': '60s', 'resource.customizations.actions.apps_Deployment': 'definitions: []', 'oidc.config': 'clientSecret: $oidc.clientSecret' },
    });
    expect(configMapName).toBe('argocd-cm');
    expect(Object.fromEntries(Object.entries(data).map(([key, text]) => [key, /^[[{]/.test(text) ? JSON.parse(text) : text]))).toEqual({
      'oidc.config': 'clientSecret: $oidc.clientSecret',
      'resource.customizations.actions.apps_Deployment': 'definitions: []',
      'resource.customizations.health.example.com_Thing': 'return { status = "Healthy" }',
      'resource.customizations.ignoreDifferences.Service': { jqPathExpressions: ['.spec.a'], managedFieldsManagers: ['m'] },
      'resource.customizations.ignoreDifferences.all': { jsonPointers: ['/status'] },
      'resource.customizations.ignoreResourceUpdates.all': { jsonPointers: ['/metadata/annotations/a'] },
      'resource.customizations.useOpenLibs.example.com_Thing': 'true',
      'resource.exclusions': [{ apiGroups: ['cilium.io'], kinds: ['CiliumIdentity'], clusters: ['*'] }],
      'resource.inclusions': [{ apiGroups: ['*'], kinds: ['*'] }],
      'timeout.reconciliation': '60s',
    });
  });

  test('as a patch, and as a whole', () => {
    const config = new ArgoCdConfig({ others: { b: '1', a: '2' } });
    expect(config.mergePatch()).toBe('{\n  "data": {\n    "a": "2",\n    "b": "1"\n  }\n}\n');
    expect(synth(chart => config.toConfigMap(chart, 'config', { name: 'mine', labels: { x: 'y' } }))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd', labels: { 'x': 'y', 'app.kubernetes.io/part-of': 'argocd' } },
      data: { a: '2', b: '1' },
    });
  });

  test.each<[string, string, any]>([
    ['FW544', 'a script that returns nothing', { health: [{ resource: { group: 'a', kind: 'B' }, lua: 'x = 1' }] }],
    ['FW544', 'a glob in a group', { health: [{ resource: { group: '*.a', kind: 'B' }, lua: 'return {}' }] }],
    ['FW544', 'a group that is none', { health: [{ resource: { group: 'a_b', kind: 'C' }, lua: 'return {}' }] }],
    ['FW544', 'two scripts for one kind', { health: [1, 2].map(() => ({ resource: { group: 'a', kind: 'B' }, lua: 'return {}' })) }],
    ['FW544', 'no fields', { ignoreResourceUpdates: [{ resource: { group: 'a', kind: 'B' } }] }],
    ['FW544', 'everything is excluded', { resourceExclusions: [{ kinds: ['*'] }] }],
    ['FW544', 'a key with a property of its own', { others: { 'resource.exclusions': '[]' } }],
    ['FW544', 'a key that no ConfigMap has', { others: { 'a/b': 'c' } }],
    ['FW544', 'a customization that is unknown', { others: { 'resource.customizations.heath.a_B': 'return {}' } }],
    ['FW540', 'a secret', { others: { 'webhook.github.secret': 'a' } }],
    ['FW540', 'a secret inside', { others: { 'oidc.config': 'clientID: a\nclientSecret: b\n' } }],
    ['FW517', 'managers that do not count here', { ignoreResourceUpdates: 5 }],
    ['FW518', 'managers of updates', { ignoreResourceUpdates: [{ managedFieldsManagers: ['m'] }] }],
    ['FW518', 'an unknown setting', { healths: [] }],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => new ArgoCdConfig(props), code);
  });

  test('FW517: metadata that is none', () => {
    expectFinding(() => synth(chart => new ArgoCdConfig({}).toConfigMap(chart, 'a', 5 as any)), 'FW517');
  });
});

describe('argocd-rbac-cm', () => {
  const RULE = { subject: 'role:deployers', resource: RbacResource.APPLICATIONS, action: RbacAction.SYNC, object: 'shop/*' };

  test('with everything', () => {
    expect(new RbacConfig({
      policies: [
        RULE,
        { ...RULE, action: RbacAction.deleteResource('*/Pod/*/*'), effect: RbacEffect.DENY },
        { ...RULE, action: RbacAction.updateResource('apps/Deployment/*/*') },
        { subject: 'role:deployers', resource: RbacResource.CLUSTERS, action: RbacAction.GET, object: 'https://10.0.0.1' },
        { subject: 'role:deployers', resource: RbacResource.EXTENSIONS, action: RbacAction.INVOKE, object: 'x' },
      ],
      groups: [{ group: 'acme:deployers', role: 'role:deployers' }, { group: 'cn=a, "b"', role: 'role:admin' }],
      defaultRole: 'role:readonly',
      scopes: ['groups', 'email'],
      matchMode: RbacMatchMode.GLOB,
    }).data).toEqual({
      'policy.csv': [
        'p, role:deployers, applications, sync, shop/*, allow',
        'p, role:deployers, applications, delete/*/Pod/*/*, shop/*, deny',
        'p, role:deployers, applications, update/apps/Deployment/*/*, shop/*, allow',
        'p, role:deployers, clusters, get, https://10.0.0.1, allow',
        'p, role:deployers, extensions, invoke, x, allow',
        'g, acme:deployers, role:deployers',
        'g, "cn=a, ""b""", role:admin',
        '',
      ].join('\n'),
      'policy.default': 'role:readonly',
      'policy.matchMode': 'glob',
      'scopes': '["groups","email"]',
    });
  });

  test.each<[string, string, any]>([
    ['FW547', 'a line break in a subject', { policies: [{ ...RULE, subject: 'a\np, *, *, *, *, allow' }] }],
    ['FW547', 'a line break in an object', { policies: [{ ...RULE, object: 'a/b\r' }] }],
    ['FW547', 'a line break in a group', { groups: [{ group: 'a\u2028b', role: 'role:admin' }] }],
    ['FW547', 'a line break in a role', { groups: [{ group: 'a', role: 'role:admin\n' }] }],
    ['FW547', 'a line break in the default role', { defaultRole: 'role:admin\n' }],
    ['FW547', 'a blank at the end', { groups: [{ group: 'a ', role: 'role:admin' }] }],
    ['FW547', 'an object without a project', { policies: [{ ...RULE, object: 'shop' }] }],
    ['FW547', 'an action that logs do not have', { policies: [{ ...RULE, resource: RbacResource.LOGS }] }],
    ['FW547', 'a shell that is looked at', { policies: [{ ...RULE, resource: RbacResource.EXEC, action: RbacAction.GET }] }],
    ['FW547', 'a role of a project', { policies: [{ ...RULE, subject: 'proj:shop:ci' }] }],
    ['FW547', 'a role without rules', { groups: [{ group: 'a', role: 'role:admins' }] }],
    ['FW547', 'a default role without rules', { defaultRole: 'readonly' }],
    ['FW547', 'a rule twice', { policies: [RULE, RULE] }],
    ['FW547', 'an expression that is none', { policies: [{ ...RULE, object: 'a/(' }], matchMode: RbacMatchMode.REGEX }],
    ['FW517', 'an action that is a text', { policies: [{ ...RULE, action: 'sync' }] }],
    ['FW517', 'a resource that is none', { policies: [{ ...RULE, resource: 'application' }] }],
    ['FW512', 'no subject', { policies: [{ ...RULE, subject: '' }] }],
    ['FW518', 'an unknown field', { policy: '' }],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => new RbacConfig(props), code);
  });

  test.each<[string[], string, any]>([
    [['FW548'], 'everybody is an administrator', { defaultRole: 'role:admin' }],
    [['FW548'], 'everybody may sync', { defaultRole: 'role:deployers', policies: [RULE] }],
    [[], 'everybody may look', { defaultRole: 'role:readonly' }],
    [[], 'everybody may look at some', { defaultRole: 'role:guests', policies: [{ ...RULE, subject: 'role:guests', action: RbacAction.GET }] }],
    [[], 'nobody', {}],
  ])('%p: %s', (codes, _, props) => {
    expect(codesOf(chart => new RbacConfig(props).toConfigMap(chart, 'rbac'))).toEqual(codes);
  });

  test('no name becomes a rule of its own', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\u2028', '\u0085', ' ', '#', 'p', '*', '\t') }), name => {
      let csv: string;
      try {
        csv = new RbacConfig({ policies: [{ ...RULE, subject: name }], groups: [{ group: name, role: 'role:admin' }] }).data['policy.csv'];
      } catch {
        return;
      }
      expect(csv.trimEnd().split(/[\n\r\u0085\u2028\u2029]/).map(line => line.slice(0, 3))).toEqual(['p, ', 'g, ']);
      expect(fieldsOf(csv.split('\n')[0])).toEqual(['p', name, 'applications', 'sync', 'shop/*', 'allow']);
    }));
  });
});

/** The fields of a line, as a reader of comma-separated values takes them. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,) ?(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

describe('argocd-notifications-cm', () => {
  const { templates, triggers } = new DeploymentNotifications();
  const SLACK = NotificationService.slack({ token: '$slack-token' });
  const SEND = { templates: { a: { message: 'x' } }, triggers: { 'on-a': [{ when: 'true', send: ['a'] }] } };

  test('with everything', () => {
    const { data, configMapName } = new NotificationsConfig({
      templates: {
        a: {
          message: '{{ .app.metadata.name }}',
          email: { subject: 's', body: 'b' },
          slack: { attachments: '[]', blocks: '[]', groupingKey: 'g', notifyBroadcast: true, deliveryPolicy: 'Update' },
          github: { repoURLPath: 'r', revisionPath: 'v', status: { state: 'success', label: 'l' }, deployment: { state: 'success', requiredContexts: [] }, pullRequestComment: 'c' },
          webhook: { hook: { method: 'POST', path: '/p', body: '{}' } },
          others: { teams: { title: 't' } },
        },
      },
      triggers: { 'on-a': [{ when: 'app.status.health.status == "Healthy"', send: ['a'], oncePer: 'app.metadata.name', description: 'd' }] },
      services: [
        SLACK,
        NotificationService.email({ host: 'smtp.example.com', port: 587, from: 'a@example.com', username: 'u', password: '$mail-password', html: true }),
        NotificationService.webhook('hook', { url: 'https://example.com', headers: { 'Authorization': 'Bearer $hook-token', 'Content-Type': 'application/json' } }),
        NotificationService.github({ appID: '1', installationID: '2', privateKey: '$github-key' }),
        NotificationService.of('teams', { recipientUrls: { a: '$teams-a' } }),
        NotificationService.of('slack', { token: '$other' }, 'second'),
      ],
      defaultTriggers: ['on-a'],
      subscriptions: [{ recipients: ['slack:deployments', 'hook'], triggers: ['on-a'], selector: 'team=shop,env notin (dev, test),!x' }],
      context: { argocdUrl: 'https://argocd.example.com' },
    });
    expect(configMapName).toBe('argocd-notifications-cm');
    expect(Object.fromEntries(Object.entries(data).map(([key, text]) => [key, JSON.parse(text)]))).toEqual({
      'context': { argocdUrl: 'https://argocd.example.com' },
      'defaultTriggers': ['on-a'],
      'service.email': { host: 'smtp.example.com', port: 587, from: 'a@example.com', username: 'u', password: '$mail-password', html: true },
      'service.github': { appID: '1', installationID: '2', privateKey: '$github-key' },
      'service.slack': { token: '$slack-token' },
      'service.slack.second': { token: '$other' },
      'service.teams': { recipientUrls: { a: '$teams-a' } },
      'service.webhook.hook': { url: 'https://example.com', headers: [{ name: 'Authorization', value: 'Bearer $hook-token' }, { name: 'Content-Type', value: 'application/json' }] },
      'subscriptions': [{ recipients: ['slack:deployments', 'hook'], triggers: ['on-a'], selector: 'team=shop,env notin (dev, test),!x' }],
      'template.a': {
        message: '{{ .app.metadata.name }}',
        email: { subject: 's', body: 'b' },
        slack: { attachments: '[]', blocks: '[]', groupingKey: 'g', notifyBroadcast: true, deliveryPolicy: 'Update' },
        github: { repoURLPath: 'r', revisionPath: 'v', status: { state: 'success', label: 'l' }, deployment: { state: 'success', requiredContexts: [] }, pullRequestComment: { content: 'c' } },
        webhook: { hook: { method: 'POST', path: '/p', body: '{}' } },
        teams: { title: 't' },
      },
      'trigger.on-a': [{ when: 'app.status.health.status == "Healthy"', send: ['a'], oncePer: 'app.metadata.name', description: 'd' }],
    });
  });

  test('what is ready speaks of images and of the commit that they were built from', () => {
    const config = new NotificationsConfig({ templates, triggers, services: [SLACK], subscriptions: [{ recipients: ['slack:a'], triggers: Object.keys(triggers) }] });
    const deployed = JSON.parse(config.data['template.deployed']);
    expect(deployed.message).toMatch(/annotations[^]*cdk8s-fairway\/source-commit[^]*\.app\.status\.summary[^]*\.images/);
    expect(deployed.github.revisionPath).toContain('cdk8s-fairway/source-commit');
    expect(JSON.stringify(config.data)).not.toContain('sync.revision');
    expect(JSON.parse(config.data['trigger.on-deployed'])[0].oncePer).toBe('app.status?.summary?.images');
    expect(codesOf(chart => config.toConfigMap(chart, 'notifications'))).toEqual([]);
    const other = new DeploymentNotifications({ commitAnnotation: 'acme.com/commit', repositoryAnnotation: 'acme.com/repo', environmentLabel: 'env' });
    expect(JSON.stringify(other.templates)).toMatch(/acme\.com\/commit/);
    expect(JSON.stringify(other.templates)).not.toContain('cdk8s-fairway/');
  });

  test.each<[string, string, () => unknown]>([
    ['FW517', 'an annotation that is none', () => new DeploymentNotifications({ commitAnnotation: 'a" }} {{ .app' })],
    ['FW518', 'an unknown option', () => new DeploymentNotifications({ annotation: 'a' } as any)],
    ['FW532', 'a template that cannot be read', () => new NotificationsConfig({ templates: { a: { message: '{{ .app' } } })],
    ['FW532', 'a template of another service', () => new NotificationsConfig({ templates: { a: { others: { teams: { title: '{{ if }}' } } } } })],
    ['FW545', 'a template that says nothing', () => new NotificationsConfig({ templates: { a: {} } })],
    ['FW545', 'a template of another name', () => new NotificationsConfig({ ...SEND, triggers: { 'on-a': [{ when: 'true', send: ['b'] }] } })],
    ['FW545', 'a trigger of another name', () => new NotificationsConfig({ ...SEND, defaultTriggers: ['on-b'] })],
    ['FW545', 'a trigger of a subscription', () => new NotificationsConfig({ ...SEND, services: [SLACK], subscriptions: [{ recipients: ['slack:a'], triggers: ['on-b'] }] })],
    ['FW545', 'a subscription without triggers', () => new NotificationsConfig({ ...SEND, services: [SLACK], subscriptions: [{ recipients: ['slack:a'] }] })],
    ['FW545', 'a recipient of no service', () => new NotificationsConfig({ ...SEND, subscriptions: [{ recipients: ['slack:a'], triggers: ['on-a'] }] })],
    ['FW545', 'a recipient with a URL, that is cut', () => new NotificationsConfig({ ...SEND, services: [SLACK], subscriptions: [{ recipients: ['slack:https://a'], triggers: ['on-a'] }] })],
    ['FW545', 'a selector that is none', () => new NotificationsConfig({ ...SEND, services: [SLACK], subscriptions: [{ recipients: ['slack:a'], triggers: ['on-a'], selector: 'a=(b' }] })],
    ['FW545', 'two services of one name', () => new NotificationsConfig({ services: [SLACK, SLACK] })],
    ['FW545', 'a name with a dot', () => new NotificationsConfig({ templates: { 'a.b': { message: 'x' } } })],
    ['FW545', 'a method in small letters', () => new NotificationsConfig({ templates: { a: { webhook: { b: { method: 'post' } } } } })],
    ['FW545', 'a service that is unknown', () => NotificationService.of('icq', {})],
    ['FW545', 'a service of a strange name', () => NotificationService.of('slack', {}, 'a.b')],
    ['FW545', 'a port that is none', () => NotificationService.email({ host: 'a', port: 0, from: 'b' })],
    ['FW545', 'a URL that is none', () => NotificationService.webhook('a', { url: 'b' })],
    ['FW546', 'a token', () => NotificationService.slack({ token: 'xoxb-1' })],
    ['FW546', 'a password', () => NotificationService.email({ host: 'a', port: 25, from: 'b', password: 'c' })],
    ['FW546', 'a header', () => NotificationService.webhook('a', { url: 'https://b', headers: { Authorization: 'Bearer c' } })],
    ['FW546', 'a private key', () => NotificationService.github({ appID: '1', installationID: '2', privateKey: '-----BEGIN' })],
    ['FW546', 'a key of an interface', () => NotificationService.of('opsgenie', { apiUrl: 'api.opsgenie.com', apiKeys: { a: 'b' } })],
    ['FW546', 'an address that all may write to', () => NotificationService.of('teams', { recipientUrls: { a: 'https://b' } })],
    ['FW546', 'a password inside', () => NotificationService.of('webhook', { url: 'https://a', basicAuth: { username: 'b', password: 'c' } })],
    ['FW546', 'a password in a URL', () => NotificationService.of('alertmanager', { targets: ['http://a:b@c'] })],
    ['FW540', 'a password in the URL of a webhook', () => NotificationService.webhook('a', { url: 'https://b:c@d' })],
    ['FW517', 'half a service', () => new NotificationsConfig({ services: [{ name: 'a' } as any] })],
    ['FW518', 'an unknown service of a template', () => new NotificationsConfig({ templates: { a: { others: { icq: {} } } } })],
    ['FW512', 'a condition that sends nothing', () => new NotificationsConfig({ triggers: { a: [{ when: 'true', send: [] }] } })],
  ])('%s: %s', (code, _, make) => {
    expectFinding(make, code);
  });

  test('what the installation has already can be named', () => {
    expect(() => new NotificationsConfig({
      triggers: { 'on-a': [{ when: 'true', send: ['app-deployed'] }] }, subscriptions: [{ recipients: ['slack:a'], triggers: ['on-sync-failed'] }], installed: ['app-deployed', 'on-sync-failed', 'slack'],
    })).not.toThrow();
  });

  test('FW549: a template that nothing sends', () => {
    expect(codesOf(chart => new NotificationsConfig({ templates: SEND.templates }).toConfigMap(chart, 'a'))).toEqual(['FW549']);
    expect(codesOf(chart => new NotificationsConfig(SEND).toConfigMap(chart, 'a'))).toEqual([]);
  });
});

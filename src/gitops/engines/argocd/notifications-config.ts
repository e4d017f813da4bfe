import * as own from './messages';
import { NotificationsConfigProps, NotificationSubscription, NotificationTemplate } from './notification-props';
import { NotificationService } from './notification-service';
import { ArgoCdSettings } from './settings';
import { at, jsonMap, texts, word, wordMap } from './shapes';
import { duplicate } from './source-shapes';
import { templateFault } from './template-text';
import { yaml } from './yaml';
import { copied } from '../../../core/copied';
import type { Finding } from '../../../core/diagnostics/finding';
import { anything, flag, listOf, mapOf, oneOf, plain, struct, text } from '../../../core/shape';
import * as messages from '../../messages';

const OTHERS = Object.fromEntries([
  'alertmanager', 'awssqs', 'gcppubsub', 'googlechat', 'mattermost', 'newrelic', 'opsgenie', 'pagerduty', 'pagerdutyv2', 'rocketchat', 'teams', 'teams-workflows',
].map(name => [name, jsonMap]));

const TEMPLATE = struct({
  message: word,
  email: struct({ subject: text, body: word }, ['subject']),
  slack: struct({
    attachments: word, blocks: word, groupingKey: word, notifyBroadcast: flag, deliveryPolicy: oneOf({ post: 'Post', both: 'PostAndUpdate', update: 'Update' }),
  }),
  github: struct({
    repoURLPath: word,
    revisionPath: word,
    status: struct({ state: word, label: word, targetURL: word }),
    deployment: jsonMap,
    pullRequestComment: text,
  }),
  webhook: mapOf(struct({ method: text, body: word, path: word }, ['method'])),
  others: struct(OTHERS),
});

const CONFIG = struct({
  templates: mapOf(TEMPLATE),
  triggers: mapOf(listOf(struct({ when: text, send: listOf(text, 1), oncePer: text, description: word }, ['when', 'send']), 1)),
  services: listOf(anything),
  defaultTriggers: texts,
  subscriptions: listOf(struct({ recipients: listOf(text, 1), triggers: texts, selector: text }, ['recipients'])),
  context: wordMap,
  installed: texts,
});

/** Settings of `argocd-notifications-cm`: what is sent, when, by what and to whom. */
export class NotificationsConfig extends ArgoCdSettings {
  private readonly props: NotificationsConfigProps;

  /**
   * @param props the notifications. Throws FW532 for a template that cannot be read, FW545 for names that nobody has, FW546 for credentials;
   * warns FW549 for a template that no trigger sends
   */
  public constructor(props: NotificationsConfigProps) {
    CONFIG(at('', 'NotificationsConfig'), props);
    const { templates = {}, triggers = {}, services = [], defaultTriggers, subscriptions, context } = props;
    checkNames(props);
    checkTemplates(templates);
    super('argocd-notifications-cm', {
      ...keyed('template.', Object.entries(templates).map(([name, template]) => [name, yaml(templateOf(template))])),
      ...keyed('trigger.', Object.entries(triggers).map(([name, conditions]) => [name, yaml(plain(conditions))])),
      ...keyed('service.', services.map(each => [each.name === each.type ? each.type : `${each.type}.${each.name}`, yaml(each._toJson())])),
      ...(defaultTriggers === undefined ? {} : { defaultTriggers: yaml(defaultTriggers) }),
      ...(subscriptions === undefined ? {} : { subscriptions: yaml(plain(subscriptions)) }),
      ...(context === undefined ? {} : { context: yaml(context) }),
    });
    this.props = copied(props);
  }

  /** @internal */
  public _warnings(path: string): Finding[] {
    return unused(path, this.props);
  }
}

function keyed(prefix: string, entries: Array<[string, string]>): Record<string, string> {
  return Object.fromEntries(entries.map(([name, value]) => [`${prefix}${name}`, value]));
}

function templateOf({ others, github, ...template }: NotificationTemplate): object {
  const { pullRequestComment, ...fields } = github ?? {};
  return plain({
    ...template,
    github: github && { ...fields, pullRequestComment: pullRequestComment === undefined ? undefined : { content: pullRequestComment } },
    ...others,
  });
}

function checkNames(props: NotificationsConfigProps): void {
  const { templates = {}, triggers = {}, services = [], defaultTriggers = [], subscriptions = [], installed = [] } = props;
  const refuse = (what: string, value: unknown, fault: string) => own.invalidNotification.error('', { what, value, fault });
  const stranger = Array.from(services).find(each => !(each instanceof NotificationService));
  if (stranger !== undefined || services.includes(undefined as any)) {
    throw messages.invalidField.error('', { kind: 'NotificationsConfig', field: 'services', value: services, fault: 'holds something else than a NotificationService' });
  }
  for (const [what, names] of Object.entries({ template: Object.keys(templates), trigger: Object.keys(triggers) })) {
    const strange = names.find(name => !/^[A-Za-z0-9_-]{1,200}$/.test(name));
    if (strange !== undefined) {
      throw refuse(`name of a ${what}`, strange, 'has other characters than letters, digits, - and _');
    }
  }
  const twice = duplicate(services.map(each => each.name));
  if (twice !== undefined) {
    throw refuse('service', twice, 'is there twice');
  }
  const has = (names: string[], name: string) => names.includes(name) || installed.includes(name);
  for (const [trigger, conditions] of Object.entries(triggers)) {
    const missing = conditions.flatMap(each => each.send).find(name => !has(Object.keys(templates), name));
    if (missing !== undefined) {
      throw refuse('template', missing, `of the trigger ${trigger} is not there`);
    }
  }
  const unknown = [...defaultTriggers, ...subscriptions.flatMap(each => each.triggers ?? [])].find(name => !has(Object.keys(triggers), name));
  if (unknown !== undefined) {
    throw refuse('trigger', unknown, 'is not there');
  }
  subscriptions.forEach(each => checkSubscription(each, defaultTriggers, name => has(services.map(service => service.name), name)));
}

function checkSubscription(subscription: NotificationSubscription, defaults: string[], isService: (name: string) => boolean): void {
  const { recipients, triggers = [], selector } = subscription;
  const refuse = (what: string, value: unknown, fault: string) => own.invalidNotification.error('', { what, value, fault });
  for (const recipient of recipients) {
    const parts = recipient.split(':');
    if (!isService(parts[0])) {
      throw refuse('recipient', recipient, `is one of the service ${parts[0]}, which is not there`);
    }
    if (parts.length > 2) {
      throw refuse('recipient', recipient, 'has a second colon, and what comes after it is lost'); // config.go, GetGlobalDestinations
    }
  }
  if (triggers.length === 0 && defaults.length === 0) {
    throw refuse('subscription', recipients, 'has no triggers, and there are no default ones');
  }
  const term = /^(!?[\w./-]+|[\w./-]+\s*(=|==|!=)\s*[\w.-]*|[\w./-]+\s+(in|notin)\s+\([\w.,\s-]*\))$/;
  if (selector !== undefined && !selector.split(/,(?![^(]*\))/).every(each => term.test(each.trim()))) {
    throw refuse('selector', selector, 'is no selector of labels');
  }
}

function checkTemplates(templates: Record<string, NotificationTemplate>): void {
  for (const [name, template] of Object.entries(templates)) {
    const { message = '', email, slack, github, webhook, others } = template;
    if (message === '' && [email, slack, github, webhook, others].every(each => each === undefined)) {
      throw own.invalidNotification.error('', { what: 'template', value: name, fault: 'says nothing' });
    }
    checkTexts(template, `template ${name}`);
    const method = Object.values(webhook ?? {}).map(each => each.method).find(each => !/^[A-Z]+$/.test(each));
    if (method !== undefined) {
      throw own.invalidNotification.error('', { what: 'method', value: method, fault: 'is not in capitals' });
    }
  }
}

function checkTexts(value: unknown, field: string): void {
  if (typeof value === 'string') {
    const fault = templateFault(value, true);
    if (fault) {
      throw own.invalidTemplateText.error('', { field, value, fault });
    }
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, each]) => checkTexts(each, `${field}.${key}`));
  }
}

function unused(path: string, { templates = {}, triggers = {} }: NotificationsConfigProps): Finding[] {
  const sent = Object.values(triggers).flatMap(conditions => conditions.flatMap(each => each.send));
  return Object.keys(templates).filter(name => !sent.includes(name)).map(name => own.idleNotification.at(path, { what: 'template', name }));
}

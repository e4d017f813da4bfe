import { expression, template } from './expressions';
import { goDuration, type GateShape } from './gates-validation';
import type { HttpAuthentication, RequestMode } from './web-request';
import { objectName } from '../../../core/object-shape';
import { Check, isHttp, listOf, made, mapOf, oneOf, struct, text, textThat } from '../../../core/shape';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const method: Check = (at, value) => {
  template(at, value);
  textThat(given => given.includes('{{') || METHODS.includes(given.trim().toUpperCase()), `is none of ${METHODS.join(', ')}`)(at, value);
};

const urlTemplate: Check = (at, value) => {
  template(at, value);
  textThat(given => given.startsWith('{{') || isHttp(given.replace(/\{\{[^]*?\}\}/g, 'x')), 'is no http or https URL')(at, value);
};

const secret = struct({ secretRef: objectName }, ['secretRef']);
const METHODS_OF_AUTHENTICATION: Record<string, Check> = {
  basic: secret,
  bearer: secret,
  tls: secret,
  scm: struct({}),
  oauth2: struct({ secretRef: objectName, tokenURL: textThat(isHttp, 'is no http or https URL'), scopes: listOf(text) }, ['secretRef', 'tokenURL']),
};

const authentication: Check = (at, value) => {
  made('HttpAuthentication', '_options')(at, value);
  const { _method, _options } = value as HttpAuthentication;
  METHODS_OF_AUTHENTICATION[_method]({ ...at, field: `${at.field}.${_method}` }, _options);
};

const condition = struct({ expression, outputExpression: expression, variablesExpression: expression }, ['expression']);

const MODES: Record<RequestMode['_mode'], Check> = {
  polling: struct({ interval: goDuration(1) }),
  trigger: struct({ when: condition, responseOutputExpression: expression, requeueDuration: goDuration(1) }, ['when']),
};

const mode: Check = (at, value) => {
  made('RequestMode', '_mode')(at, value);
  const { _mode, _options, _context } = value as RequestMode;
  MODES[_mode]({ ...at, field: `${at.field}.${_mode}` }, _options);
  if (_context !== undefined) {
    oneOf({ a: 'environments', b: 'promotionstrategy' })({ ...at, field: `${at.field}.context` }, _context);
  }
};

export const WEB_REQUEST: GateShape = {
  fields: {
    httpRequest: struct({ urlTemplate, methodTemplate: method, headerTemplates: mapOf(template), bodyTemplate: template, timeout: goDuration(1), authentication }, ['urlTemplate']),
    mode,
    success: condition,
    reportOn: oneOf({ a: 'active', b: 'proposed' }),
    descriptionTemplate: template,
    urlTemplate: template,
  },
  demanded: ['httpRequest', 'mode', 'success'],
};

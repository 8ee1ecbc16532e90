import type { Row } from './row';

const money = '{"type": "record", "name": "Money", "fields": []}';
const jdbc = { class: 'io.example.JdbcSource', config: { 'tasks.max': 1 } };

export const schemasRows: readonly Row[] = [
  {
    code: 'registry/reference-cycle',
    change: { 'schemas/money/references': [{ name: 'order', schema: 'order' }] },
    path: ['schemas', 'money', 'references'],
    message: 'schema "money" refers to itself: money → order → money; take one of the references out',
  },
  {
    code: 'registry/file-not-read',
    change: { 'schemas/money/file': 'money.avsc' },
    path: ['schemas', 'money', 'file'],
    message: '"money.avsc" was not read; correct the path, or give the schema as text',
  },
  {
    code: 'registry/bad-schema',
    change: { 'schemas/money': { text: '{"type": "record",' } },
    path: ['schemas', 'money', 'text'],
    message: 'AVRO schema "money" is no JSON; look for a missing comma or bracket',
  },
  {
    code: 'registry/bad-schema',
    change: { 'schemas/money': { text: '{"type": "record", "name": "Money"}' } },
    path: ['schemas', 'money', 'text'],
    message: 'AVRO schema "money" is of type record and has no fields; add them',
  },
  {
    code: 'registry/bad-schema',
    change: { 'schemas/money': { text: '"strnig"' } },
    path: ['schemas', 'money', 'text'],
    message: 'AVRO schema "money" names the type "strnig", which is not known; refer to its schema',
  },
  {
    code: 'registry/bad-schema',
    change: { 'schemas/money': { type: 'JSON', file: 'money.json', text: '3' } },
    path: ['schemas', 'money', 'file'],
    message: 'JSON schema "money" is no JSON Schema; write an object',
  },
  {
    code: 'registry/bad-schema',
    change: { 'schemas/money': { type: 'PROTOBUF', text: 'syntax = "proto3";' } },
    path: ['schemas', 'money', 'text'],
    message: 'PROTOBUF schema "money" declares no message; write it as a .proto file has it',
  },
  {
    code: 'registry/shared-subject',
    change: { 'schemas/price': { text: money, subjects: ['money'] } },
    path: ['schemas', 'price'],
    message: 'subject "money" is that of schema "money" too; give one of them other subjects',
  },
  {
    code: 'connector/owned-setting',
    change: { 'connectors/jdbc': { ...jdbc, config: { 'connector.class': 'io.example.Other' } } },
    path: ['connectors', 'jdbc', 'config', 'connector.class'],
    message: '"connector.class" of connector "jdbc" stands in two places; write it as class alone',
  },
  {
    code: 'connector/setting-twice',
    change: { 'connectors/jdbc': { ...jdbc, secrets: { 'tasks.max': 'tasks' } } },
    path: ['connectors', 'jdbc', 'config', 'tasks.max'],
    message: '"tasks.max" of connector "jdbc" stands under secrets too; remove one of them',
  },
  {
    code: 'secret/literal',
    change: { 'connectors/jdbc': { ...jdbc, config: { 'connection.password': 'hunter2' } } },
    path: ['connectors', 'jdbc', 'config', 'connection.password'],
    message:
      '"connection.password" holds a secret in clear; read it from a file through a config provider, or name a logical secret under secrets',
  },
  {
    code: 'secret/literal',
    change: { 'connectors/jdbc': { ...jdbc, config: { 'connection.url': 'jdbc:postgresql://db/orders?user=app&password=hunter2' } } },
    path: ['connectors', 'jdbc', 'config', 'connection.url'],
    message:
      '"connection.url" holds a secret in clear; read it from a file through a config provider, or name a logical secret under secrets',
  },
];

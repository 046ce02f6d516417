// Reads {"schema": …, "documents": [{"name": …, "value": …}]} and prints what the schema refuses, one line each.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';

const { schema, documents } = JSON.parse(readFileSync(0, 'utf8'));
const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
for (const { name, value } of documents) {
  if (validate(value)) continue;
  for (const error of validate.errors) console.log(`${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

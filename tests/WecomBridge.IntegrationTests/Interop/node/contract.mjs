// Checks the published contract with the parsers of AsyncAPI and JSON Schema.
// Arguments: the folder with the files; --asyncapi to check that document too. Standard input: a JSON list of { schema, message }. Standard output: what was found, as JSON.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const folder = process.argv[2];
const ajv = new Ajv2020.default({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
addFormats.default(ajv);
const schemas = readdirSync(folder).filter((name) => name.endsWith('.schema.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
for (const schema of schemas) ajv.addSchema(schema);

function check({ schema, message }) {
  const validate = ajv.getSchema(`${schema}#/$defs/message`);
  return { valid: validate(message), errors: (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`) };
}

function examples(schema) {
  const validate = ajv.getSchema(schema.$id);
  return (schema.examples ?? []).every((example) => validate(example));
}

async function asyncApi() {
  const { Parser } = await import('@asyncapi/parser');
  const { document, diagnostics } = await new Parser().parse(readFileSync(join(folder, 'asyncapi.json'), 'utf8'));
  return {
    diagnostics: diagnostics.filter((found) => found.severity <= 1).map((found) => `${found.severity} ${found.code} ${found.path.join('.')}: ${found.message}`),
    channels: document?.allChannels().all().length,
    operations: document?.allOperations().all().length,
    shown: (document?.allMessages().all() ?? []).flatMap((message) => message.examples().all().map((example) => ({ name: message.title(), ...check({ schema: example.payload().type.replace('com.wecombridge.', 'urn:wecombridge:'), message: example.payload() }) }))),
  };
}

console.log(JSON.stringify({
  schemas: schemas.length,
  unsoundSchemas: schemas.filter((schema) => !ajv.validateSchema(schema) || !examples(schema)).map((schema) => schema.$id),
  ...(process.argv[3] === '--asyncapi' ? await asyncApi() : {}),
  cases: JSON.parse(readFileSync(0, 'utf8')).map(check),
}));

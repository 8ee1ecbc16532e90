// Writes environments/environment.schema.json, which every environment file names for editors.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { environmentJsonSchemaText } = require('../build/lib/environment/json-schema.js');

writeFileSync(join(__dirname, '..', 'environments', 'environment.schema.json'), environmentJsonSchemaText());

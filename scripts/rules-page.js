// Writes docs/rules.md from the table of rules.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { rulesPage } = require('../build/lib/model/rules/rules-page.js');

writeFileSync(join(__dirname, '..', 'docs', 'rules.md'), rulesPage());

const { createHash } = require('node:crypto');
const { join } = require('node:path');

/** Where the globals of the test file being run are kept. */
exports.CURRENT = Symbol.for('commonpurse.jest-globals');

/** Compiled TypeScript is kept here, by path. */
exports.folder = join(__dirname, '..', '..', '.cache', 'bare');

const nameOf = (path) => join(exports.folder, createHash('sha1').update(path).digest('hex'));

exports.codeOf = (path) => `${nameOf(path)}.js`;
exports.mapOf = (path) => `${nameOf(path)}.map`;

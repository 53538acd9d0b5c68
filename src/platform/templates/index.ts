export { attributes, classes, escapeText, Html, html, joinHtml, NOTHING, type Printable } from './html.js';
export { filters } from './filters.js';
export { nhsukFolder, Templates, type TemplateOptions } from './templates.js';

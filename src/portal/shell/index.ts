export { act, renamed, type SentForm } from './act.js';
export { assetUrl, registerAssets } from './assets.js';
export { flashOf, type Flashes } from './flash.js';
export { pageEnd, pageStart, wholePage } from './layout.js';
export { renderPage, type Flash, type NavItem, type PageActor, type PageModel } from './page.js';
export { problemPage, type Problem, type ProblemModel } from './problem.js';
export { SHELL_LINKS, worriedLink } from './shell-links.js';
export { portalTemplates } from './templates.js';

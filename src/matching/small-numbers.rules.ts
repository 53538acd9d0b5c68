/** Kept in the kernel, so that rooms below this one show counts alike. */
export { FEWEST_SHOWN, shownCount } from '../kernel/index.js';

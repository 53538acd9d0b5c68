/** The page to go to after signing in: an address of ours, never another site's. */
export const safeReturn = (path: string | undefined): string => (path && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : '/');

/** Where the links of the shell lead. Every other address is built in `portal/paths.ts`. */
export const SHELL_LINKS = {
  home: '/',
  signIn: '/sign-in',
  signOut: '/sign-out',
  account: '/account',
  actingFor: '/acting-for',
  worried: '/worried',
  help: '/help',
  accessibility: '/accessibility',
  privacy: '/privacy',
  complain: '/complain',
  /** A page that says nothing about anyone; the weather is what others use. */
  quickExit: 'https://www.bbc.co.uk/weather',
} as const;

/** The page for worries, told where the worry arose. */
export const worriedLink = (path?: string): string => (path ? `${SHELL_LINKS.worried}?from=${encodeURIComponent(path)}` : SHELL_LINKS.worried);

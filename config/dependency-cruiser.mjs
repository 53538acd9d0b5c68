/** The six import rules of the house, made from modules.mjs. Type-only imports count as imports, except where a rule says not. */
import { BANNED, KEEPERS, PROGRAM_FOLDERS, PURE_FILE, ROOMS, roomsBelow } from './modules.mjs';

const TEST_FILE = '\\.(spec|test)\\.ts$';
const oneOf = (names) => `(${names.join('|')})`;
const library = (name) => `(^|/node_modules/|^node_modules/)(@types/)?${name}(/|$)`;

/** A room imports from itself and from rooms below: neither sideways, nor up, nor the programs above all rooms. */
const floors = ROOMS.map((room) => ({
  name: `floors-${room}`,
  comment: `src/${room} may import only from ${roomsBelow(room).join(', ') || 'nothing'} and itself: calls go down, events come up.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/${oneOf([room, ...roomsBelow(room)])}/` },
}));

/** Every folder in src/ is a room with a floor: a new one is added to modules.mjs before it is used. */
const known = {
  name: 'known-rooms',
  comment: 'This folder is not in config/modules.mjs: give it a floor first.',
  severity: 'error',
  from: { path: '^src/[^/]+/', pathNot: `^src/${oneOf([...ROOMS, ...PROGRAM_FOLDERS])}/` },
  to: {},
};

/** A room is entered by its front door. Only programs and tests may reach inside. */
const frontDoor = ROOMS.map((room) => ({
  name: `front-door-${room}`,
  comment: `Import from src/${room}/index.ts, not from a file behind it.`,
  severity: 'error',
  from: { path: '^src/[^/]+/', pathNot: [`^src/${oneOf([room, ...PROGRAM_FOLDERS])}/`, TEST_FILE] },
  to: { path: `^src/${room}/`, pathNot: `^src/${room}/index\\.ts$` },
}));

/** A file does not leave its room to come back in: importing one's own door makes circles. */
const ownDoor = ROOMS.map((room) => ({
  name: `own-door-${room}`,
  comment: `Inside src/${room} import the file itself, not index.ts.`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: TEST_FILE },
  to: { path: `^src/${room}/index\\.ts$` },
}));

/** Decisions take values from the kernel and from pure files of their own room, and types from anywhere below. */
const pure = ROOMS.filter((room) => room !== 'kernel').map((room) => ({
  name: `pure-${room}`,
  comment: 'A file of rules, lifecycles, entries or errors takes no machinery: only the kernel and pure files of its own room. Types may come from below.',
  severity: 'error',
  from: { path: `^src/${room}/.*${PURE_FILE}` },
  to: { pathNot: ['^src/kernel/', `^src/${room}/.*${PURE_FILE}`], dependencyTypesNot: ['type-only'] },
}));

const keepers = KEEPERS.map(({ library: name, keeper }) => ({
  name: `keeper-${name.split('/')[0].replace('@', '')}`,
  comment: `Only ${keeper} may import ${name}: others use what it offers.`,
  severity: 'error',
  from: { pathNot: `^${keeper}/` },
  to: { path: library(name) },
}));

const banned = BANNED.map((name) => ({
  name: `banned-${name}`,
  comment: `${name} is not to be imported: see config/modules.mjs.`,
  severity: 'error',
  from: {},
  to: { path: library(name) },
}));

const circles = {
  name: 'no-circles',
  comment: 'Files that import each other cannot be read, tested or loaded one at a time. Types count.',
  severity: 'error',
  from: {},
  to: { circular: true },
};

export default {
  forbidden: [...floors, known, ...frontDoor, ...ownDoor, ...pure, ...keepers, ...banned, circles],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};

import type { GrantScope } from '../kernel/index.js';

/** What may be done, as `noun:verb`. A permission not named by a role is not given: the default is no. */
const holder = [
  'person:read',
  'person:change',
  'goal:read',
  'goal:write',
  'goal:rate',
  'card:read',
  'card:write',
  'introduction:read',
  'introduction:answer',
  'message:send',
  'plan:read',
  'budget:read',
  'appointment:make',
  'case:read',
  'case:answer',
  'nominee:ask',
  'nominee:end',
  'pool:propose',
  'contribution:make',
  'session:confirm',
  'looks:read',
] as const;
const member = [
  'pool:read',
  'pool:assent',
  'pool:contribute',
  'pool:pledge',
  'pool:leave',
  'purchase:read',
  'quote:read',
  'session:confirm',
  'purchase:decide',
  'brief:write',
] as const;
/** A nominee manages the money: sees where it is and what it buys, and puts it in. Whether to join, choose or leave is not theirs to say
 *  (domain 2.2: a nominee signs money terms only). */
const moneyFor = ['pool:read', 'quote:read', 'purchase:read'] as const;
const poolBroker = [
  'pool:read',
  'pool:set-up',
  'pool:start',
  'quote:read',
  'quote:ask',
  'purchase:commit',
  'purchase:read',
  'session:record',
  'invoice:read',
] as const;
const providerStaff = ['provider:read', 'provider:change', 'quote:give', 'session:record', 'invoice:send', 'invoice:read', 'payment:follow'] as const;
const financeOfficer = [
  'book:read',
  'payment:prepare',
  'payment:approve',
  'payment:hold',
  'payment:read',
  'payee:read',
  'payee:enter',
  'payee:check',
  'statement:import',
  'statement:read',
  'match:make',
  'line:read',
  'remittance:make',
  'account:open',
  'period:close',
  'own-money:send-home',
] as const;
const coordinator = [
  'person:read',
  'plan:read',
  'plan:write',
  'plan:agree',
  'budget:read',
  'budget:agree',
  'decision:record',
  'review:record',
  'person:register',
  'death:record',
  'area-move:record',
  'nominee:record',
  'pool-part:freeze',
] as const;
/** An ICB, a council or a charity that puts money beside the members' of a pool, and has back what is left of it. */
const funder = ['funder-share:put-in', 'funder-share:read'] as const;
/** Whoever is appointed, for whatever: writes down visits, calls, options, papers and what the next broker should know; the person reads it all. */
const brokerCase = ['case:keep'] as const;
/** A broker may look after a card for a person who asked for it, and writes down the answers that person gives. */
const brokerCard = ['card:read', 'card:write', 'introduction:read', 'introduction:answer'] as const;

export interface RoleFacts {
  readonly words: string;
  /** What a grant of this role may hold for. */
  readonly on: readonly GrantScope[];
  readonly permissions: readonly string[];
}

/** The one table from roles to permissions. */
export const ROLES = {
  holder: { words: 'budget holder', on: ['person'], permissions: holder },
  representative: {
    words: 'representative',
    on: ['person'],
    permissions: [...holder.filter((p) => p !== 'looks:read' && p !== 'goal:rate'), ...member, 'own-money:move'],
  },
  nominee: { words: 'nominee', on: ['person'], permissions: ['person:read', 'plan:read', 'budget:read', 'contribution:make', ...moneyFor] },
  carer: { words: 'family carer', on: ['person'], permissions: ['goal:read'] },
  'person-broker': { words: 'broker', on: ['person'], permissions: ['person:read', ...brokerCase, 'goal:read', ...brokerCard, 'plan:read', 'pool:propose'] },
  'broker-goals': { words: 'broker, for goals', on: ['person'], permissions: ['person:read', ...brokerCase, 'goal:read'] },
  'broker-card': { words: 'broker, for finding others', on: ['person'], permissions: ['person:read', ...brokerCase, ...brokerCard] },
  'broker-plan': { words: 'broker, for the plan', on: ['person'], permissions: ['person:read', ...brokerCase, 'plan:read'] },
  'broker-pools': { words: 'broker, for pools', on: ['person'], permissions: ['person:read', ...brokerCase, 'pool:propose'] },
  broker: {
    words: 'broker',
    on: ['site'],
    permissions: ['caseload:read', 'appointment:accept', 'conflict:declare', 'cluster:read', 'group:propose', 'provider:search'],
  },
  member: { words: 'pool member', on: ['pool'], permissions: member },
  'pool-broker': { words: 'pool broker', on: ['pool'], permissions: poolBroker },
  'account-holder': {
    words: 'holder of a direct-payment account',
    on: ['book'],
    permissions: ['book:read', 'payment:read', 'own-account:pay', 'payee:read', 'payee:enter', 'statement:import', 'statement:read', 'match:make'],
  },
  provider: { words: 'provider', on: ['provider'], permissions: providerStaff },
  'finance-officer': { words: 'finance officer', on: ['book'], permissions: financeOfficer },
  // Held beside `finance-officer` by whoever answers for a money-holder's books; by itself it moves no money.
  'finance-lead': { words: 'finance lead', on: ['book'], permissions: ['book:read', 'auditor:appoint', 'book:close'] },
  'care-coordinator': { words: 'care co-ordinator', on: ['icb'], permissions: coordinator },
  'icb-officer': {
    words: 'ICB decision-maker',
    on: ['icb'],
    permissions: [...coordinator, ...funder, 'organisation:read', 'directory:import', 'account:open', 'goal-term:write'],
  },
  // The body of the grant may be any funder: a council, a charity.
  'funder-officer': { words: 'officer of a funder', on: ['icb'], permissions: funder },
  planner: { words: 'planner', on: ['icb'], permissions: ['demand:read', 'ask:answer', 'goal-term:write'] },
  expert: { words: 'expert by experience', on: ['icb'], permissions: ['score:write'] },
  // Reads everything of a book and changes nothing of it; knows people by references until a sampled item is opened (`seesNames`).
  auditor: { words: 'auditor', on: ['book', 'icb'], permissions: ['book:read', 'payment:read', 'statement:read', 'audit:read', 'line:read'] },
  'safeguarding-lead': { words: 'safeguarding lead', on: ['icb'], permissions: ['worry:read', 'worry:answer', 'pool-part:freeze'] },
  operator: {
    words: 'operator',
    on: ['site'],
    permissions: ['jobs:read', 'jobs:retry', 'checks:run', 'directory:import', 'outbox:read', 'book:set-up', 'post:read', 'post:send', 'auditor:appoint'],
  },
} as const satisfies Record<string, RoleFacts>;

export type Role = keyof typeof ROLES;
export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
export const permissionsOf = (role: string): readonly string[] => (isRole(role) ? ROLES[role].permissions : []);

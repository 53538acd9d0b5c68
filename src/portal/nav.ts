import { can, idsWith } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { paths } from './paths.js';
import type { NavItem } from './shell/index.js';

export type HomeRole =
  | 'holder'
  | 'finance-officer'
  | 'broker'
  | 'provider'
  | 'care-coordinator'
  | 'planner'
  | 'auditor'
  | 'operator'
  | 'expert'
  | 'safeguarding-lead'
  | 'other';

/** The hat a person wears first: the home page and the menu follow it. A person may wear several; the menu joins them. */
const ORDER: readonly (readonly [role: string, home: HomeRole])[] = [
  ['holder', 'holder'],
  ['representative', 'holder'],
  ['nominee', 'holder'],
  ['finance-officer', 'finance-officer'],
  ['broker', 'broker'],
  ['provider', 'provider'],
  ['care-coordinator', 'care-coordinator'],
  ['icb-officer', 'care-coordinator'],
  ['planner', 'planner'],
  ['auditor', 'auditor'],
  ['operator', 'operator'],
  ['expert', 'expert'],
  ['safeguarding-lead', 'safeguarding-lead'],
  ['carer', 'holder'],
];

export function homeRoleOf(actor: Actor): HomeRole {
  const roles = new Set(actor.grants.map((grant) => grant.role));
  return ORDER.find(([role]) => roles.has(role))?.[1] ?? 'other';
}

/** Whose life the pages are about: the person themselves if they hold a budget, else the first person they act for. */
export function lifeOf(actor: Actor): string {
  const own = actor.grants.find((grant) => grant.on === 'person' && grant.id === actor.id && grant.role === 'holder');
  const other = actor.grants.find((grant) => grant.on === 'person' && ['representative', 'nominee', 'carer'].includes(grant.role));
  return own?.id ?? other?.id ?? actor.id;
}

/** Whose life a page is about: the one named in its address, if the actor acts for them, else as `lifeOf` says. */
export function lifeOn(actor: Actor, path: string): string {
  const named = /^\/people\/([0-9a-f-]{36})(\/|$)/.exec(path)?.[1];
  return named !== undefined && (named === actor.id || actor.grants.some((grant) => grant.on === 'person' && grant.id === named)) ? named : lifeOf(actor);
}

/** More than one life is open to the actor, so pages offer to change. */
export const hasOthers = (actor: Actor): boolean =>
  new Set([lifeOf(actor), ...actor.grants.filter((grant) => grant.on === 'person').map((grant) => grant.id)]).size > 1;

export function navOf(actor: Actor, path: string): NavItem[] {
  const isLead = idsWith(actor, 'worry:read', 'icb').length > 0;
  const mayLetIn = can(actor, 'auditor:appoint', { site: true }) || idsWith(actor, 'auditor:appoint', 'book').length > 0;
  const items = [
    ...itemsOf(homeRoleOf(actor), actor, lifeOn(actor, path)),
    ...(isLead ? [{ text: 'Worries', href: paths.worries }] : []),
    ...(isLead ? [{ text: 'Parts of pools', href: paths.findPart }] : []),
    ...(signsStatements(actor) ? [{ text: 'Pool statements', href: paths.statementPapers }] : []),
    ...(idsWith(actor, 'goal-term:write', 'icb').length > 0 ? [{ text: 'Words for goals', href: paths.goalWords }] : []),
    ...(mayLetIn ? [{ text: 'Auditors', href: paths.mayAppoint }] : []),
  ];
  const current = items.filter((item) => item.href !== '/' && path.startsWith(item.href)).at(-1)?.href ?? (path === '/' ? '/' : undefined);
  return items.map((item) => (item.href === current ? { ...item, isCurrent: true } : item));
}

/** Officers of a funder read its final statements, and officers of a money-holder's book sign those of members. Brokers and members come to theirs from the pool. */
const signsStatements = (actor: Actor): boolean =>
  idsWith(actor, 'funder-share:read', 'icb').length > 0 || idsWith(actor, 'payment:prepare', 'book').length > 0;

function itemsOf(role: HomeRole, actor: Actor, person: string): NavItem[] {
  const home = { text: 'Home', href: paths.home };
  if (role === 'holder') return lifeItems(actor, person, { ...home, href: person === lifeOf(actor) ? paths.home : paths.homeOf(person) });
  if (role === 'finance-officer')
    return [
      home,
      { text: 'Pay runs', href: paths.payRuns },
      { text: 'Statements', href: paths.statements },
      { text: 'Not matched', href: paths.breaks },
      { text: 'Proof', href: paths.proof },
    ];
  if (role === 'broker')
    return [
      home,
      { text: 'People', href: paths.caseload },
      { text: 'Waiting', href: paths.chasing },
      { text: 'Together', href: paths.workbench },
      { text: 'Pools', href: paths.pools },
      { text: 'Messages', href: paths.inbox },
    ];
  if (role === 'provider')
    return [
      home,
      { text: 'Sessions', href: paths.providerSessions },
      { text: 'Invoices', href: paths.providerInvoices },
      { text: 'Where is my money', href: paths.providerMoney },
    ];
  if (role === 'care-coordinator') return [home, { text: 'People and plans', href: paths.people }, { text: 'Reviews', href: paths.reviews }];
  if (role === 'operator')
    return [home, { text: 'Jobs', href: paths.jobs }, ...(can(actor, 'post:read', { site: true }) ? [{ text: 'Post', href: paths.post }] : [])];
  // Somebody without a budget may be in a pool all the same.
  if (actor.grants.some((grant) => grant.role === 'member')) return [home, { text: 'My pools', href: paths.pools }, { text: 'Messages', href: paths.inbox }];
  return [home];
}

/** What those who live or support a life may see of it: a nominee sees the money, a family carer the goals. */
function lifeItems(actor: Actor, person: string, home: NavItem): NavItem[] {
  const whose = person === actor.id ? 'My' : 'Their';
  const items: [permission: string, item: NavItem][] = [
    ['goal:read', { text: `${whose} good life`, href: paths.goodLife(person) }],
    ['card:read', { text: 'Find others', href: paths.suggestions(person) }],
    [person === actor.id ? 'pool:propose' : 'pool:read', { text: `${whose} pools`, href: paths.pools }],
    ['budget:read', { text: `${whose} money`, href: paths.money(person) }],
  ];
  return [home, ...items.filter(([permission]) => can(actor, permission, { person })).map(([, item]) => item), { text: 'Messages', href: paths.inbox }];
}

import type { Actor } from '../kernel/index.js';
import { forbidden, notFound } from '../kernel/index.js';
import { permissionsOf } from './roles.js';

/** What a permission is asked for: any of these ids will do; `site` is the whole installation. */
export interface Target {
  readonly person?: string | null | undefined;
  readonly icb?: string | null | undefined;
  readonly book?: string | null | undefined;
  readonly pool?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly site?: true | undefined;
}

const holdsFor = (grant: Actor['grants'][number], target: Target): boolean =>
  grant.on === 'site' ? target.site === true : grant.id !== null && target[grant.on] === grant.id;

/** True when a grant in force gives the permission for the target. System actors may do what their room does. */
export function can(actor: Actor, permission: string, target: Target): boolean {
  if (actor.kind === 'system') return true;
  return actor.grants.some((grant) => holdsFor(grant, target) && permissionsOf(grant.role).includes(permission));
}

/** Services authorise with this, first of all. Refuses: not-found to those with no right at all over the target
 *  (what you may not see is 404), forbidden to those who may see it but not do this. */
export function requireAccess(actor: Actor, permission: string, target: Target): void {
  if (can(actor, permission, target)) return;
  if (actor.grants.some((grant) => holdsFor(grant, target))) throw forbidden();
  throw notFound();
}

/** The ids for which the actor has the permission, for lists: books to read, pools of mine, people I help. */
export function idsWith(actor: Actor, permission: string, on: 'icb' | 'book' | 'pool' | 'person' | 'provider'): string[] {
  return [...new Set(actor.grants.filter((grant) => grant.on === on && grant.id && permissionsOf(grant.role).includes(permission)).map((grant) => grant.id!))];
}

/** Whose every right in force is an auditor's. A person who also has a life here (a holder, an officer elsewhere) keeps those rights. */
export const isOnlyAuditor = (actor: Actor): boolean => actor.grants.length > 0 && actor.grants.every((grant) => grant.role === 'auditor');

/** Whether a book's records show the actor who people are. An auditor reads every record and knows people by opaque references; a name is
 *  shown only by opening a sampled item, with a reason that is written down. */
export const seesNames = (actor: Actor, book: string): boolean => !can(actor, 'audit:read', { book }) || can(actor, 'payee:read', { book });

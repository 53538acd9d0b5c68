import type { Actor } from '../kernel/index.js';

/** The actor of a session. Until they have changed a first password nothing else is open to them (`requireOwnPassword`). */
export type SignedInActor = Actor & { readonly mustChangePassword?: true };

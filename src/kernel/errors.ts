/** What sort of refusal it is; doors turn it into a status: invalid 422, refused 409, conflict 409, forbidden 403,
 *  not-found 404, unauthenticated 401, too-many 429, unavailable 503. */
export type RefusalKind = 'invalid' | 'refused' | 'conflict' | 'forbidden' | 'not-found' | 'unauthenticated' | 'too-many' | 'unavailable';

/** A field of the command at fault, by its path (`lines.0.pence`), with a sentence that says how to put it right. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** A refusal: the command may not be done, and says why. Thrown, because a throw rolls the transaction back. */
export class DomainError extends Error {
  constructor(
    readonly kind: RefusalKind,
    /** Stable, kebab-case, for machines: `not-enough-free`. */
    readonly code: string,
    /** A sentence for the person who asked. Holds no personal data. */
    message: string,
    readonly fields: readonly FieldFault[] = [],
    /** Numbers and ids that explain the refusal; shown to the asker. */
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

export const invalid = (code: string, message: string, fields: readonly FieldFault[] = []): DomainError => new DomainError('invalid', code, message, fields);
export const refused = (code: string, message: string, facts: Readonly<Record<string, string | number>> = {}): DomainError =>
  new DomainError('refused', code, message, [], facts);
export const conflict = (code: string, message: string): DomainError => new DomainError('conflict', code, message);
export const forbidden = (message = 'You are not allowed to do this.'): DomainError => new DomainError('forbidden', 'forbidden', message);
/** What you may not see is 404: never say that it exists. */
export const notFound = (what = 'This'): DomainError => new DomainError('not-found', 'not-found', `${what} was not found, or you may not see it.`);

/** A fault of ours, never of the person asking: a 500 and an alert. */
export class InvariantBroken extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvariantBroken';
  }
}

export function invariant(claim: unknown, message: string): asserts claim {
  if (!claim) throw new InvariantBroken(message);
}

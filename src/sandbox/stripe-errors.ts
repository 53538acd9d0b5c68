/** What is answered: a status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface StripeErrorFields {
  readonly type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
  readonly payment_method?: unknown;
}

/** A refusal in Stripe's shape, thrown: nothing of the request is kept. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly fields: StripeErrorFields,
    /** True when the request had begun to act, so that its key gives this answer again (Stripe keeps such answers). */
    readonly kept = false,
  ) {
    super(fields.message);
  }

  get answer(): Answer {
    return { status: this.status, body: errorBody(this.fields) };
  }
}

export const errorBody = (fields: StripeErrorFields): { error: StripeErrorFields } => ({ error: fields });

const invalidRequest = (status: number, message: string, more: Partial<StripeErrorFields> = {}, kept = false): StripeRefusal =>
  new StripeRefusal(status, { type: 'invalid_request_error', message, ...more }, kept);

export const badRequest = (message: string, more: Partial<StripeErrorFields> = {}): StripeRefusal => invalidRequest(400, message, more);
export const missingParam = (param: string): StripeRefusal => invalidRequest(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param });
export const unknownParam = (param: string): StripeRefusal => invalidRequest(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
export const noSuch = (noun: string, id: string, param = 'id', status = 404): StripeRefusal =>
  invalidRequest(status, `No such ${noun}: '${id}'`, { code: 'resource_missing', param });
export const unexpectedState = (message: string, intent: unknown): StripeRefusal =>
  invalidRequest(400, message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
export const balanceInsufficient = (message: string): StripeRefusal => invalidRequest(400, message, { code: 'balance_insufficient' }, true);
export const unrecognisedUrl = (method: string, path: string): StripeRefusal => invalidRequest(404, `Unrecognized request URL (${method}: ${path}).`);
export const badKey = (message: string): StripeRefusal => invalidRequest(401, message);
export const keyNeeded = (): StripeRefusal =>
  invalidRequest(400, 'This sandbox refuses requests that move money without an Idempotency-Key header.', { code: 'idempotency_key_missing' });
export const keyReused = (key: string): StripeRefusal =>
  new StripeRefusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
export const keyInUse = (key: string): StripeRefusal =>
  new StripeRefusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`,
  });
export const serverFault = (): Answer => ({ status: 500, body: errorBody({ type: 'api_error', message: 'An unknown error occurred.' }) });

import type { Carriage } from './carrier.js';

/** What is known of an email that was not taken: the code of the client, the command that was refused, and the server's number. */
export interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Bad sequence of commands: the server lost its place, and did not refuse the email. */
const LOST_ITS_PLACE = 503;
/** The server asks for a sign-in or for TLS first: our settings are wrong, not the address. */
const OUR_SETTINGS = [530, 535, 538];

/** Refused for good is a 5xx to the address or to the email itself (RFC 5321, 4.2.1), and an address that is none. A 5xx to our sign-in or
 *  to whom it comes from is a fault of the settings: somebody mends them, and the email goes then. */
export function carriageOf({ code, command, responseCode }: SmtpFault): Exclude<Carriage, 'taken'> {
  if (command === 'API' && code === 'EENVELOPE') return 'refused';
  const isAboutIt = command === 'RCPT TO' || command === 'DATA';
  const isFinal = responseCode !== undefined && responseCode >= 500 && responseCode <= 599 && responseCode !== LOST_ITS_PLACE;
  return isAboutIt && isFinal && !OUR_SETTINGS.includes(responseCode) ? 'refused' : 'later';
}

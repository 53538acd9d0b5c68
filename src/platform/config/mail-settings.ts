/** Where emails leave the house, and from whom they come. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`). */
  readonly isSecure: boolean;
  /** No email leaves unless the server agrees to STARTTLS (`?requireTLS=true`). Without it STARTTLS is used where the server offers it. */
  readonly requiresTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: { readonly name: string; readonly address: string };
}

const FROM = /^(?:([^<>"\r\n]{1,80}?)\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

/** Reads SMTP_URL and MAIL_FROM; faults are sentences for whoever starts the program. No address: nothing is read. */
export function readMail(url: string | undefined, from: string | undefined): { readonly mail: MailSettings | undefined; readonly faults: readonly string[] } {
  if (url === undefined) return { mail: undefined, faults: [] };
  const sender = from === undefined ? null : FROM.exec(from);
  const faults = [
    ...(from === undefined ? ['SMTP_URL is set but MAIL_FROM is not: emails need an address that they come from'] : []),
    ...(from !== undefined && !sender
      ? ['MAIL_FROM must be an address like post@example.org, or a name and an address like Commonpurse <post@example.org>']
      : []),
    ...faultsOf(url),
  ];
  if (faults.length > 0 || !sender || !URL.canParse(url)) return { mail: undefined, faults };
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const isSecure = protocol === 'smtps:';
  return {
    mail: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      isSecure,
      requiresTls: searchParams.get('requireTLS') === 'true',
      user: username === '' ? undefined : decodeURIComponent(username),
      password: password === '' ? undefined : decodeURIComponent(password),
      from: { name: sender[1]?.trim() ?? '', address: (sender[2] ?? sender[3])! },
    },
    faults: [],
  };
}

/** What an address in the right scheme may still get wrong. */
function faultsOf(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  const options = [...url.searchParams];
  return [
    ...(url.hostname === '' || (url.pathname !== '' && url.pathname !== '/')
      ? ['SMTP_URL takes a host, and if need be a port, a user and a password, like smtp://user:password@mail.example.org:587']
      : []),
    ...(options.some(([name, value]) => name !== 'requireTLS' || !['true', 'false'].includes(value))
      ? ['SMTP_URL takes one option only: requireTLS=true']
      : []),
    ...(isWritten(url.username) && isWritten(url.password) ? [] : ['SMTP_URL: a % in its user or password is written %25']),
    ...((url.username === '') !== (url.password === '') ? ['SMTP_URL has a user without a password, or a password without a user'] : []),
  ];
}

function isWritten(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined;
  } catch {
    return false;
  }
}

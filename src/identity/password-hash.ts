import { hash, verify } from '@node-rs/argon2';

/** argon2id with the parameters OWASP names first: 19 MiB, two passes, one lane. */
const ARGON = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Verified when nobody has the name, so that both cases take the same time. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Zm9yIG5vYm9keSBhdCBhbGwsIG5vdCBhIGhhc2gh';

/** A password as every door takes it: without what stands around it, and with one way to write each letter. */
const asTyped = (password: string): string => password.trim().normalize('NFC');

export const hashPassword = (password: string): Promise<string> => hash(asTyped(password), ARGON);

/** Whether a password fits a hash; false, in the same time, when there is none. */
export const passwordFits = (kept: string | undefined, password: string): Promise<boolean> =>
  verify(kept ?? NOBODY, asTyped(password)).then(
    (fits) => fits && kept !== undefined,
    () => false,
  );

import { invalid } from '../kernel/index.js';

/** Long, and nothing that many people use; no rule on which kinds of characters, and no end after so many days (NCSC, "Password policy: updating
 *  your approach"). The least length is our judgement, November 2026: the same for everybody, since a holder's money is no less theirs. */
export const LEAST_CHARACTERS = 12;
export const MOST_CHARACTERS = 200;

/** Fewer different characters than this are a row of one key, or two in turn. */
const LEAST_DIFFERENT = 5;

/** The commonest of 12 characters or more in published lists of passwords that were stolen, and those that people here would think of. Written
 *  small and without spaces, as passwords are compared with them. */
const COMMON: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789abc 1234567890qwerty 012345678910 098765432109 1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4t5y6 1qaz2wsx3edc
   1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedc123 zaq12wsxcde3 qwertyuiop12 qwertyuiop123 qwertyuiop1234567890 qwertyuiopasdf qwertyuiopasdfghjkl qwerty123456
   qwerty1234567 qwertyqwerty asdfghjkl123 asdfghjklzxcvbnm zxcvbnm12345 abcdefghijkl abcdefghijklmnopqrstuvwxyz abcdef123456 abc123456789 a1b2c3d4e5f6
   aaaaaa111111 password1234 password12345 password123456 passwordpassword password2024 password2025 password2026 mypassword123 newpassword1 passw0rd1234
   p@ssword1234 p@ssw0rd1234 changeme1234 changemeplease letmein12345 letmeinplease welcome12345 welcome123456 administrator admin1234567 iloveyou1234
   iloveyouforever iloveyousomuch liverpool123 liverpoolfc1 manchesterunited manchestercity chelseafc1905 arsenalfc123 tottenhamhotspur sunshine1234
   princess1234 football1234 charlie12345 superman1234 trustno1trustno1 unbelievable christmas2025 christmas2026 summer2026summer
   personalhealthbudget healthbudget1 budgetbudget nationalhealthservice commonpurse12 commonpurse123 commonpurse2026 commonpursecommonpurse`.split(/\s+/),
);

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** Refuses: password-too-short, password-too-long, password-too-common (one of the list, a few characters again and again, or the sign-in name). */
export function decidePassword(password: string, username: string): void {
  const length = [...password].length;
  if (length < LEAST_CHARACTERS)
    refuse('password-too-short', `Use a password of ${LEAST_CHARACTERS} characters or more. Three words you will remember are good.`);
  if (length > MOST_CHARACTERS) refuse('password-too-long', `Use a password of ${MOST_CHARACTERS} characters or fewer.`);
  const bare = plain(password);
  const name = plain(username);
  const isName = name.length > 0 && (bare.includes(name) ? bare.length - name.length < LEAST_CHARACTERS / 2 : false);
  if (COMMON.has(bare) || new Set(bare).size < LEAST_DIFFERENT || isName)
    refuse('password-too-common', 'Many people would think of this password first. Choose another, like three words that have nothing to do with each other.');
}

function refuse(code: string, message: string): never {
  throw invalid(code, message, [{ field: 'newPassword', message }]);
}

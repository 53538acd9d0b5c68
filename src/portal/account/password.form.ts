import type { ChangePassword } from '../../identity/index.js';
import type { FieldFault } from '../../kernel/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';

/** The two passwords as typed; nothing of them ever goes back onto the page. */
export function readPassword(body: FormBody): { readonly command: ChangePassword; readonly faults: FieldFault[] } {
  const command = { presentPassword: textOf(body, 'presentPassword').slice(0, 1_000), newPassword: textOf(body, 'newPassword').slice(0, 1_000) };
  const faults: FieldFault[] = [];
  if (command.presentPassword.trim() === '') faults.push({ field: 'presentPassword', message: 'Enter the password you have now' });
  if (command.newPassword.trim() === '') faults.push({ field: 'newPassword', message: 'Enter a new password' });
  return { command, faults };
}

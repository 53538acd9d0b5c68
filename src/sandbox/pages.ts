import { type Pence, formatPounds, pence } from '../kernel/index.js';
import type { CheckoutSession } from './checkout.js';
import { TEST_METHODS } from './test-methods.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const STYLE = `body{font:1.125rem/1.5 Arial,sans-serif;margin:0;color:#212b32;background:#f0f4f5}main{max-width:38rem;margin:0 auto;padding:1.5rem}
.notice{background:#ffeb3b;color:#212b32;padding:1rem 1.5rem;font-weight:bold}label{display:block;margin:.75rem 0}fieldset{border:0;padding:0;margin:1.5rem 0}legend{font-weight:bold;font-size:1.25rem}
input[type=text]{font:inherit;padding:.5rem;border:2px solid #4c6272;width:20rem;max-width:100%;display:block}input:focus,button:focus,a:focus{outline:4px solid #ffeb3b;box-shadow:0 0 0 4px #212b32}
button{font:inherit;font-weight:bold;padding:.75rem 1.25rem;border:0;background:#007f3b;color:#fff;cursor:pointer;margin-right:1rem}.no{background:#4c6272}.error{border-left:6px solid #d5281b;padding-left:1rem}`;

/** A whole page. Its first words say that it is simulated and that no money moves. */
function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)} (simulated)</title><style>${STYLE}</style></head>
<body><div class="notice" role="note">Simulated payment page. No real card works here and no money moves.</div><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>
`;
}

const pounds = (sum: number): string => formatPounds(pence(sum) as Pence);

/** The hosted payment page of a checkout session; `problem` says why the last try failed. */
export function payPage(session: CheckoutSession, problem: string | null): string {
  const title = problem ? `Error: Pay ${pounds(session.amount_total)}` : `Pay ${pounds(session.amount_total)}`;
  if (session.status !== 'open')
    return page('Payment page closed', `<p>This payment page is ${session.status === 'complete' ? 'finished' : 'out of date'}. You can close it.</p>`);
  const choices = TEST_METHODS.filter(
    (each, i) => session.payment_method_types.includes(each.kind) && TEST_METHODS.findIndex((other) => other.number === each.number) === i,
  );
  const radios = choices.map((each, i) => {
    const name = each.kind === 'card' ? `Test card ${each.number.replace(/(.{4})(?=.)/g, '$1 ')}` : `Test Direct Debit from account ${each.number}`;
    return `<label><input type="radio" name="method" value="${each.id}"${i === 0 ? ' checked' : ''}> ${name}: ${escaped(each.words)}</label>`;
  });
  const cancel = session.cancel_url ? `<p><a href="${escaped(session.cancel_url)}">Go back without paying</a></p>` : '';
  return page(
    title,
    `${problem ? `<p class="error" role="alert">${escaped(problem)} Nothing was taken. You can try another way.</p>` : ''}
<p>For: ${session.line_items_words.map(escaped).join(', ')}</p>
<form method="post"><fieldset><legend>How do you want to pay?</legend>${radios.join('\n')}</fieldset>
<label>Or type a test card number (optional)<input type="text" name="number" inputmode="numeric" autocomplete="off"></label>
<button>Pay ${pounds(session.amount_total)}</button></form>
${cancel}`,
  );
}

/** "Is it you?": what a bank asks before it lets a card pay. */
export const authorisePage = (sum: number): string =>
  page(
    'Is it you?',
    `<p>Your simulated bank asks whether you want to pay ${pounds(sum)}.</p>
<form method="post"><button name="answer" value="yes">Yes, pay</button><button class="no" name="answer" value="no">No, do not pay</button></form>`,
  );

export const onboardPage = (): string =>
  page(
    'Set up payments',
    '<p>A provider would now give its details to Stripe. Here one press does it.</p><form method="post"><button>Finish set-up</button></form>',
  );

export const messagePage = (title: string, words: string): string => page(title, `<p>${escaped(words)}</p>`);

import type { ReadEntry, ReadPart } from './statement-file.js';
import { exactly } from './decimal.js';
import { listAt, nodeAt, textAt } from './xml-node.js';
import type { XmlNode } from './xml-node.js';

/** What is known of the entry that bears on its details. */
export interface EntryFacts {
  /** Our own account as the statement writes it. */
  readonly account: string | null;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
}

type Details = Pick<ReadEntry, 'reference' | 'bankReference' | 'counterparty' | 'counterpartyAccount' | 'text' | 'parts'>;

/** References, the other party and the words of an entry. With one TxDtls they are its own; with several (a batch) each becomes a part. */
export function readDetails(entry: XmlNode, facts: EntryFacts): Details {
  const transactions = listAt(entry, 'NtryDtls').flatMap((details) => listAt(details, 'TxDtls'));
  const only = transactions.length === 1 ? transactions[0]! : null;
  const part = only && readPart(only, facts);
  return {
    reference: part?.reference ?? textAt(entry, 'NtryDtls.Btch.PmtInfId') ?? textAt(entry, 'NtryDtls.Btch.MsgId') ?? textAt(entry, 'NtryRef'),
    bankReference: textAt(entry, 'AcctSvcrRef') ?? textAt(only, 'Refs.AcctSvcrRef'),
    counterparty: part?.counterparty ?? null,
    counterpartyAccount: part?.counterpartyAccount ?? null,
    text: part?.text || (textAt(entry, 'AddtlNtryInf') ?? ''),
    parts: transactions.length > 1 ? transactions.map((each) => readPart(each, facts)) : [],
  };
}

function readPart(node: XmlNode, facts: EntryFacts): ReadPart {
  const amount = nodeAt(node, 'Amt') ?? nodeAt(node, 'AmtDtls.TxAmt.Amt') ?? nodeAt(node, 'AmtDtls.InstdAmt.Amt');
  const written = textAt(amount, '#text');
  return {
    amount: written !== null && exactly(written) !== null ? written : null,
    currency: textAt(amount, '@_Ccy'),
    reference: referenceOf(node),
    ...otherParty(node, facts),
    text: wordsOf(node),
  };
}

/** The payer's own reference first, since it is what was agreed; `NOTPROVIDED` is how banks write "none". */
function referenceOf(node: XmlNode): string | null {
  const paths = [
    'Refs.EndToEndId',
    'RmtInf.Strd.CdtrRefInf.Ref',
    'RmtInf.Strd.CdtrRefInf.CdtrRef',
    'Refs.InstrId',
    'Refs.PmtInfId',
    'Refs.TxId',
    'Refs.Prtry.Ref',
  ];
  for (const path of paths) {
    const reference = textAt(node, path);
    if (reference !== null && !/^NOT\s?PROVIDED$/i.test(reference)) return reference;
  }
  return null;
}

/** Money in came from the debtor, money out went to the creditor; parties of a reversal keep the roles of the first payment.
 *  Some banks fill in only one side: it is the other party unless it is our own account. */
function otherParty(node: XmlNode, { account, direction, reversal }: EntryFacts): { counterparty: string | null; counterpartyAccount: string | null } {
  const debtorFirst = (direction === 'credit') !== reversal;
  const roles = debtorFirst ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  for (const role of roles) {
    const parties = nodeAt(node, 'RltdPties');
    const name = partyName(parties, role) ?? partyName(parties, `Ultmt${role}`);
    const number = textAt(parties, `${role}Acct.Id.IBAN`) ?? textAt(parties, `${role}Acct.Id.Othr.Id`);
    if (number !== null && number === account) continue;
    if (name === null && number === null) continue;
    const sortCode = textAt(node, `RltdAgts.${role}Agt.FinInstnId.ClrSysMmbId.MmbId`);
    const ukNumber = sortCode && /^\d{6}$/.test(sortCode) && number && /^\d{8}$/.test(number);
    return { counterparty: name, counterpartyAccount: ukNumber ? `${sortCode} ${number}` : number };
  }
  return { counterparty: null, counterpartyAccount: null };
}

/** Version 8 puts the name one level deeper (`Pty`); a bank as party has it in `Agt`. */
const partyName = (parties: XmlNode | null, role: string): string | null =>
  textAt(parties, `${role}.Nm`) ?? textAt(parties, `${role}.Pty.Nm`) ?? textAt(parties, `${role}.Agt.FinInstnId.Nm`);

function wordsOf(node: XmlNode): string {
  const remittance = nodeAt(node, 'RmtInf');
  const words = listAt(remittance, 'Ustrd').map((each) => textAt(each, '#text'));
  const structured = listAt(remittance, 'Strd').flatMap((each) => [
    textAt(each, 'CdtrRefInf.Ref'),
    ...listAt(each, 'AddtlRmtInf').map((more) => textAt(more, '#text')),
  ]);
  const all = [...words, ...structured].filter((each) => each !== null);
  return all.length > 0 ? all.join(' ') : (textAt(node, 'AddtlTxInf') ?? '');
}

export { SandboxBankDoor } from './bank-door.js';
export type { BankDoor } from './bank-door.js';
export { readBankCsv, writeBankCsv } from './bank-csv.js';
export { controlTotals } from './instruction.js';
export type { FileFacts, FileKind, Instruction } from './instruction.js';
export { readPayerCsv, writePayerCsv } from './payer-csv.js';
export { readPayerReport } from './payer-report.js';
export type { ReportLine } from './payer-report.js';

/** A small reader of plain-text journals, written apart from the writer: a line that begins with a day begins an entry, indented lines are
 *  postings or comments. Sums in pence. */
export interface ReadEntry {
  readonly on: string;
  readonly countsOn: string;
  readonly reference: string;
  readonly postings: readonly { readonly account: string; readonly pence: bigint }[];
}

export function readJournal(text: string): { entries: ReadEntry[]; controls: Map<string, string> } {
  const entries: (ReadEntry & { postings: { account: string; pence: bigint }[] })[] = [];
  const controls = new Map<string, string>();
  for (const line of text.split('\n')) {
    const control = /^; control (.+): (.*)$/.exec(line);
    const head = /^(\d{4}-\d\d-\d\d)(?:=(\d{4}-\d\d-\d\d))? \* \(([^)]*)\) (.*)$/.exec(line);
    const posting = /^ {4}([^;\s]\S*) {2,}£(-?)(\d+)\.(\d\d)(?: {2}; .*)?$/.exec(line);
    if (control) controls.set(control[1]!, control[2]!);
    else if (head) entries.push({ on: head[1]!, countsOn: head[2] ?? head[1]!, reference: head[3]!, postings: [] });
    else if (posting) entries.at(-1)!.postings.push({ account: posting[1]!, pence: BigInt(`${posting[2]}${posting[3]}${posting[4]}`) });
    else if (line.trim() !== '' && !line.trim().startsWith(';')) throw new Error(`a line nobody understands: ${line}`);
  }
  for (const entry of entries) {
    const sum = entry.postings.reduce((total, posting) => total + posting.pence, 0n);
    if (sum !== 0n) throw new Error(`${entry.reference} does not balance: ${sum}`);
  }
  return { entries, controls };
}

/** What each account stands at after all entries; accounts at nothing are left out. */
export function balancesOf(entries: readonly ReadEntry[]): Record<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const { postings } of entries) for (const { account, pence } of postings) balances.set(account, (balances.get(account) ?? 0n) + pence);
  return Object.fromEntries([...balances].filter(([, pence]) => pence !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { createInterface } from 'node:readline';

/** Lines that are typed or piped in, one for each prompt; a prompt is shown only to somebody at a terminal. What never came is empty. */
export async function typedLines(...prompts: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const ask = (): void => void (process.stdin.isTTY && process.stderr.write(prompts[lines.length]!));
  ask();
  for await (const line of createInterface({ input: process.stdin })) {
    lines.push(line);
    if (lines.length === prompts.length) break;
    ask();
  }
  return prompts.map((_, place) => lines[place] ?? '');
}

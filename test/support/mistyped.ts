/** A code with its last character wrong. */
export const mistyped = (code: string): string => `${code.slice(0, -1)}${code.endsWith('X') ? 'Y' : 'X'}`;

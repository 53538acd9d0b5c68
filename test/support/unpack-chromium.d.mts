export function chromiumFolder(): string | undefined;
export function unpackChromium(): Promise<string | undefined>;

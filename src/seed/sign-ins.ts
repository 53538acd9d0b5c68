/** One password for every sign-in of a demonstration; never made in `live` mode. */
export const DEMO_PASSWORD = 'thursday-swimming';

export interface DemoSignIn {
  readonly username: string;
  readonly who: string;
}

const signIn = (username: string, who: string): DemoSignIn => ({ username, who });

/** Who can sign in to a demonstration, in the order in which the start prints them. */
export const SIGN_INS = [
  signIn('holder', 'budget holder, money managed by the ICB (notional)'),
  signIn('holder-third-party', 'budget holder, money with a third party'),
  signIn('holder-direct', 'budget holder with a direct payment, from the neighbouring ICB'),
  signIn('representative', 'representative of a person who cannot consent'),
  signIn('broker', 'support broker, with people and pools of their own'),
  signIn('provider', 'provider of the Thursday swimming'),
  signIn('finance-maker', 'finance officer of the third-party money-holder, prepares'),
  signIn('finance-checker', 'finance officer of the third-party money-holder, approves'),
  signIn('finance2-maker', 'finance officer of the second money-holder, to which some pools changed, prepares'),
  signIn('finance2-checker', 'finance officer of the second money-holder, approves'),
  signIn('icb-finance-maker', 'finance officer of the ICB, prepares'),
  signIn('icb-finance-checker', 'finance officer of the ICB, approves'),
  signIn('icb2-finance-maker', 'finance officer of the neighbouring ICB, prepares'),
  signIn('icb2-finance-checker', 'finance officer of the neighbouring ICB, approves'),
  signIn('coordinator', 'care co-ordinator'),
  signIn('icb-officer', 'decision-maker of the ICB'),
  signIn('safeguarding-lead', 'safeguarding lead of the ICB, the only one who reads worries'),
  signIn('planner', 'planner (commissioner) of the ICB'),
  signIn('expert', 'expert by experience'),
  signIn('auditor', 'auditor of the ICB’s and the money-holder’s books: reads for 90 days, changes nothing'),
  signIn('operator', 'operator of this installation'),
] as const;

export type Username = (typeof SIGN_INS)[number]['username'];

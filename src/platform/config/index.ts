export * from './config.js';
export type { MailSettings } from './mail-settings.js';

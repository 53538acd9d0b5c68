import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';
import { readMail } from './mail-settings.js';

describe('where emails leave the house', () => {
  it.each([
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, isSecure: false, requiresTls: false, user: undefined, password: undefined }],
    ['smtp://mail.example.org?requireTLS=true', { port: 587, requiresTls: true }],
    ['smtps://post%40example.org:p%25w@mail.example.org', { port: 465, isSecure: true, user: 'post@example.org', password: 'p%w' }],
    ['smtp://[::1]:25', { host: '::1', port: 25 }],
  ])('%s', (url, mail) => expect(readMail(url, 'post@example.org')).toMatchObject({ mail, faults: [] }));

  it.each([
    ['post@example.org', { name: '', address: 'post@example.org' }],
    ['Common purse <post@example.org>', { name: 'Common purse', address: 'post@example.org' }],
  ])('come from %s', (from, read) => expect(readMail('smtp://localhost', from).mail?.from).toEqual(read));

  it.each([
    ['smtp://localhost', undefined, 'MAIL_FROM is not'],
    ['smtp://localhost', 'nobody', 'MAIL_FROM must be'],
    ['smtp://localhost', 'a@b.example\r\nBcc: c@d.example', 'MAIL_FROM must be'],
    ['smtp://', 'a@b.example', 'takes a host'],
    ['smtp://localhost/inbox', 'a@b.example', 'takes a host'],
    ['smtp://localhost?logger=true', 'a@b.example', 'one option only'],
    ['smtp://localhost?requireTLS=perhaps', 'a@b.example', 'one option only'],
    ['smtp://user@localhost', 'a@b.example', 'without a password'],
    ['smtp://user:p%zz@localhost', 'a@b.example', 'written %25'],
  ])('%s from %s is refused', (url, from, fault) => expect(readMail(url, from)).toEqual({ mail: undefined, faults: [expect.stringContaining(fault)] }));

  it('are refused with every other fault, when the program starts', () => {
    expect(() => loadConfig({ SMTP_URL: 'http://mail', PORT: 'x' })).toThrow(/PORT must[^]*SMTP_URL must be an address starting with smtp[^]*MAIL_FROM is not/);
    expect(loadConfig({ MAIL_FROM: 'post@example.org', ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString('base64')}` }).mail).toBeUndefined();
  });
});

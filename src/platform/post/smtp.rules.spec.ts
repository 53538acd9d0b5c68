import { describe, expect, it } from '@jest/globals';
import { htmlOf } from './email.html.js';
import { carriageOf } from './smtp.rules.js';

describe('an email that was not taken', () => {
  it.each([
    ['EENVELOPE', 'RCPT TO', 550, 'refused'],
    ['EENVELOPE', 'RCPT TO', 553, 'refused'],
    ['EMESSAGE', 'DATA', 554, 'refused'],
    ['EENVELOPE', 'API', undefined, 'refused'],
    ['EENVELOPE', 'RCPT TO', 450, 'later'],
    ['EENVELOPE', 'RCPT TO', 503, 'later'],
    ['EENVELOPE', 'RCPT TO', 530, 'later'],
    ['EENVELOPE', 'RCPT TO', undefined, 'later'],
    ['EMESSAGE', 'DATA', 451, 'later'],
    ['EENVELOPE', 'MAIL FROM', 550, 'later'],
    ['EAUTH', 'AUTH PLAIN', 535, 'later'],
    ['ESOCKET', 'CONN', undefined, 'later'],
    ['ETLS', 'STARTTLS', undefined, 'later'],
    ['EPROTOCOL', 'CONN', 554, 'later'],
    [undefined, undefined, undefined, 'later'],
  ])('%s %s %s is %s', (code, command, responseCode, carriage) =>
    expect(carriageOf({ ...(code ? { code } : {}), ...(command ? { command } : {}), ...(responseCode ? { responseCode } : {}) })).toBe(carriage),
  );
});

describe('an email with markup', () => {
  it('says what the letter says, and nothing of it is taken for markup', () => {
    const markup = htmlOf({ subject: 'You & I', body: 'You have <£12.99>.\n\nAsk for help.', format: 'easy-read' });
    expect(markup).toContain('<title>You &amp; I</title>');
    expect(markup.match(/<p [^>]*>[^<]*<\/p>/g)).toHaveLength(2);
    expect(markup).toContain('You have &lt;£12.99&gt;.');
    expect(markup).not.toMatch(/<a |<img|http/);
  });

  it('is larger for who asked for large print', () =>
    expect(['standard', 'easy-read', 'large-print'].map((format) => /font-size: (\d+)px/.exec(htmlOf({ subject: 's', body: 'b', format }))![1])).toEqual([
      '19',
      '22',
      '28',
    ]));
});

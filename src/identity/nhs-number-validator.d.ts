declare module 'nhs-number-validator' {
  const library: { validate(digits: string): boolean };
  export default library;
}

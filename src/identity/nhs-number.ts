import library from 'nhs-number-validator';

/** Ten digits whose last checks the others (weights 10 to 2, remainder of 11); spaces allowed. */
export const isNhsNumber = (text: string): boolean => /^\d{3} ?\d{3} ?\d{4}$/.test(text.trim()) && library.validate(text.replaceAll(' ', ''));

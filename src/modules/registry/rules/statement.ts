/**
 * A statement is what one kind of file states of one row: the id of its layout (which field keys, in which order), then the cells,
 * each behind `cellEnd`; rows of one person one after the other, between them `rowEnd`. Yes and no are 是 and 否, amounts fen, days
 * YYYY-MM-DD, months YYYYMM; `?` stands before what could not be read; `*` is a number that is kept encrypted elsewhere.
 *
 * An ID number is `length what birth-date sex tail index`: `what` is `right` (the first 18 characters are digits, a real date and the
 * right check character), `placeholder` (begins with 999999) or `wrong`; day and sex are those that a right number holds, `tail` the
 * characters 19 and 20 of a certificate, `index` the blind index of the first 18. A telephone is `mobile` or `other`, its last four
 * digits, and its blind index.
 */
export const cellEnd = '\u001f'
export const rowEnd = '\u001e'

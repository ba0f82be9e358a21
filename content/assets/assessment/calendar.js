/**
 * Days on which evidence runs out as entries for a calendar. Pure. The format is RFC 5545.
 *
 * One entry a day, for all whose last day it is. Its id is made of the unit and the day, so that a second import, of a later
 * file too, changes the entry and adds none beside it.
 */

/**
 * @typedef {import("./renewals.js").Renewal} Renewal
 *
 * @typedef {object} About What the entries belong to.
 * @property {string} framework The id of the framework.
 * @property {string} unit A name, or an id where it has none.
 * @property {string} stamp When the file is made, ISO 8601.
 */

/** The longest line of a calendar, in bytes without its end. */
const LONGEST = 75;

/**
 * Render what runs out to a calendar.
 * @param {Renewal[]} renewals By day.
 * @param {About} about
 * @param {(key: string, values?: Record<string, string | number>) => string} say The word `calendar_entry`.
 * @param {(renewal: Renewal) => string} address Of the practice's page, absolute.
 */
export function calendar(renewals, { framework, unit, stamp }, say, address) {
  const days = [...new Set(renewals.map(({ until }) => until))];
  const entries = days.flatMap((day) => {
    const own = renewals.filter((one) => one.until === day);
    const lines = own.map((one) => {
      const owner = one.owner && ` (${one.owner})`;
      return `${one.practice.label}${owner}: ${one.what.join("; ")}\n${address(one)}`;
    });
    return [
      "BEGIN:VEVENT",
      `UID:${idOf(`${framework}/${unit.trim().toLowerCase()}/${day}`)}@${framework}`,
      `DTSTAMP:${stamp.replace(/[-:]|\.\d+/g, "")}`,
      `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
      `SUMMARY:${escaped(say("calendar_entry", { n: own.length, unit: unit.trim() }))}`,
      `DESCRIPTION:${escaped(lines.join("\n\n"))}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ];
  });
  const all = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${framework}//maturity//EN`, ...entries, "END:VCALENDAR"];
  return all.map((line) => `${folded(line)}\r\n`).join("");
}

/** A text as the value of a property. @param {string} text */
const escaped = (text) =>
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ").replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");

/** Break a line into pieces of as many bytes as a line may have, between characters. @param {string} line */
function folded(line) {
  const pieces = [""];
  let size = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (size + bytes > LONGEST) {
      pieces.push("");
      size = 1; // the blank that a further piece begins with
    }
    pieces[pieces.length - 1] += character;
    size += bytes;
  }
  return pieces.join("\r\n ");
}

/** A short text that is the same for the same text, and hardly for another: FNV-1a of 64 bits. @param {string} text */
function idOf(text) {
  let sum = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  return sum.toString(16).padStart(16, "0");
}

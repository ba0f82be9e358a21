/** Ids: of what authors name, and of what readers enter. */

/** An id of the definition: words of lower case joined by hyphens. */
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** An id as `newId` makes it, or as other programs may have: of an assessment, of an idea. */
export const ENTRY_ID = /^[0-9a-z-]{8,64}$/;

/** Return an id of 24 hexadecimal digits that nothing else has. */
export function newId() {
  // randomUUID would need https, which an intranet may not have.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

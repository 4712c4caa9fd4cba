// What is typed, as the server takes it.

// What the server leaves out of what is typed, so that a bubble shows just what arrives: controls,
// and what turns text round. And what can stand alone without anything to be seen.
const NEVER_TYPED =
  /[\0-\x08\v-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const UNSEEN = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export function cleaned(text) {
  const kept = text.replace(NEVER_TYPED, "").trim();
  return UNSEEN.test(kept) ? "" : kept;
}

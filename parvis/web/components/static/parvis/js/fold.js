// What two writings of one name have in common: what `parvis.core.text.fold` gives, to the letter (Cherokee aside). Both
// are tested on tests/core/folded_texts.json.

// What Unicode does not take apart.
const LETTERS = { "œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "đ": "d" };

// In lower case, without accents, ligatures opened, words parted by one space.
export function fold(text) {
  const opened = text.replace(/[œæłøđ]/gi, letter => LETTERS[letter.toLowerCase()]);
  const bare = Array.from(opened.normalize("NFKD")).filter(character => !combines(character));
  return bare.map(caseFolded).join("").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Whether a character hangs on the one before it, as an accent does. JavaScript does not tell, but it sorts such
// characters: the lowest of them (U+0334) goes before any other, and any other goes before the highest (U+0345).
function combines(character) {
  if (!/\p{M}/u.test(character)) return false;
  return [`${character}\u0334`, `\u0345${character}`].some(pair => pair.normalize("NFD") !== pair);
}

// One character at a time, since a capital sigma is lowered otherwise at the end of a word. The way through the upper case
// opens « ß » and makes one of the two sigmas; « ı » is the one letter that it would take for another.
function caseFolded(character) {
  if (character === "ı") return character;
  return Array.from(character.toLowerCase().toUpperCase(), letter => letter.toLowerCase()).join("");
}

/**
 * @typedef {object} PaletteItem
 * @property {string} title what the person reads and looks for
 * @property {string} [href] page it opens
 * @property {string} [group] heading it stands under
 * @property {string} [icon] icon of the sprite
 * @property {string} [hint] shown at its end
 * @property {string} [keywords] more words it is found by
 * @property {() => void} [run] what it does, when it opens no page
 */

/**
 * Items that hold every word asked for, in any order, best first; all items for no words.
 * @param {readonly PaletteItem[]} items
 * @param {string} asked
 * @param {number} most
 * @returns {PaletteItem[]}
 */
export function findItems(items, asked, most) {
  const words = fold(asked).split(/\s+/).filter(Boolean);
  return items
    .map((item, place) => ({ item, place, score: score(item, words) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, most)
    .map((each) => each.item);
}

/**
 * @param {PaletteItem} item
 * @param {string[]} words
 * @returns {number} 0 when a word is missing
 */
function score(item, words) {
  const title = fold(item.title);
  const rest = fold(`${item.keywords ?? ""} ${item.group ?? ""}`);
  let sum = 1;
  for (const word of words) {
    const at = title.indexOf(word);
    if (at === 0) {
      sum += 8;
    } else if (at > 0 && /\W/u.test(title[at - 1])) {
      sum += 5;
    } else if (at > 0) {
      sum += 3;
    } else if (rest.includes(word)) {
      sum += 1;
    } else {
      return 0;
    }
  }
  return sum;
}

/** @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

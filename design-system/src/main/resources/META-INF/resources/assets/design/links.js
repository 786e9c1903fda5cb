/**
 * Decides what a link from a foreign text may open: `https:`, `mailto:`, and pages of this portal.
 * @param {string} address
 * @returns {{ href: string, shown: string, isForeign: boolean } | null} null when it stays text;
 *   `shown` is what a reader must see of the target, empty for the portal's own pages
 */
export function safeLink(address) {
  // Control characters and spaces are dropped by URL parsers and hide a scheme from readers.
  if (/[\s\p{Cc}\p{Cf}]/u.test(address)) {
    return null;
  }
  /** @type {URL} */
  let url;
  try {
    url = new URL(address, location.href);
  } catch {
    return null;
  }
  if (url.username !== "" || url.password !== "") {
    return null;
  }
  if (url.origin === location.origin) {
    // Such a path, read as an address by itself, names another host.
    return url.pathname.startsWith("//") ? null : { href: url.href, shown: "", isForeign: false };
  }
  if (url.protocol === "https:") {
    return { href: url.href, shown: url.host, isForeign: true };
  }
  if (url.protocol === "mailto:") {
    return { href: url.href, shown: decodeAddress(url.pathname), isForeign: true };
  }
  return null;
}

/**
 * Makes the link, or leaves the text where there may be none.
 * @param {string} text
 * @param {string} address
 * @returns {Node}
 */
export function linkOrText(text, address) {
  const link = safeLink(address);
  if (link === null) {
    return document.createTextNode(text === address ? text : `${text} (${address})`);
  }
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.append(text);
  if (link.isForeign) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer nofollow";
    anchor.referrerPolicy = "no-referrer";
    if (!isPlainly(text, link)) {
      const host = document.createElement("bdi");
      host.className = "host";
      host.textContent = ` (${link.shown})`;
      anchor.append(host);
    }
  }
  return anchor;
}

/**
 * Whether the text of a link already says where it goes.
 * @param {string} text
 * @param {{ href: string, shown: string }} link
 */
function isPlainly(text, link) {
  return (
    text === link.shown ||
    text === link.href ||
    `${text}/` === link.href ||
    text.startsWith(`https://${link.shown}/`)
  );
}

/** @param {string} address */
function decodeAddress(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

import { hideBar, showBar } from "./bars.js";

/**
 * Says so while the browser has no network.
 * @param {ReturnType<typeof import("./words.js").createWords>} words
 */
export function watchNetwork(words) {
  const show = () => {
    if (navigator.onLine) {
      hideBar("offline");
    } else {
      showBar("offline", words("offline"));
    }
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}

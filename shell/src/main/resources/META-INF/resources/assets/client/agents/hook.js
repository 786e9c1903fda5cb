import { conversationOf, viewOf, watch } from "./view.js";

/** @typedef {Pick<typeof import("react"), "useCallback" | "useEffect" | "useMemo" | "useRef" | "useState">} React */

/**
 * Makes the hook `useAgent` of the page's own React: a page that bundles React needs no
 * copy of the client beside it.
 * @param {React} react what `import * as React from "react"` gives
 */
export function createUseAgent({
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
}) {
  /**
   * A conversation with an agent, for a React component. It is followed while the
   * component is there; the run itself goes on without it. The options are read once.
   * @param {import("./view.js").AgentOptions} options
   */
  return function useAgent(options) {
    const first = useRef(options);
    const conversation = useMemo(() => conversationOf(first.current), []);
    const [view, setView] = useState(() => viewOf(conversation));
    useEffect(() => {
      const show = () => setView(viewOf(conversation));
      const end = watch(conversation, show);
      conversation.open();
      show();
      return () => {
        end();
        conversation.close();
      };
    }, [conversation]);
    return {
      ...view,
      send: useCallback(
        (/** @type {string} */ text) => conversation.send(text),
        [conversation],
      ),
      open: useCallback(() => conversation.open(), [conversation]),
      stop: useCallback(() => conversation.stop(), [conversation]),
      retry: useCallback(() => conversation.retry(), [conversation]),
      edit: useCallback(
        (/** @type {string} */ itemId, /** @type {string} */ text) =>
          conversation.edit(itemId, text),
        [conversation],
      ),
      answer: useCallback(
        (
          /** @type {string} */ interruptId,
          /** @type {Parameters<typeof conversation.answer>[1]} */ answer,
        ) => conversation.answer(interruptId, answer),
        [conversation],
      ),
    };
  };
}

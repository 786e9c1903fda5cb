// React comes as a script of the old kind, which leaves a global variable.
await import("/libraries/react/18.3.1/umd/react.production.min.js");
await import("/libraries/react-dom/18.3.1/umd/react-dom.production.min.js");

export const {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} = globalThis.React;
export const { createRoot } = globalThis.ReactDOM;

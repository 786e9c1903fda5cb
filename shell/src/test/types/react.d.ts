/** What the hook uses of React: its own types are no artifact of Maven. */
export function useCallback<T>(callback: T, inputs: readonly unknown[]): T;
export function useEffect(effect: () => void | (() => void), inputs: readonly unknown[]): void;
export function useMemo<T>(make: () => T, inputs: readonly unknown[]): T;
export function useRef<T>(value: T): { current: T };
export function useState<T>(first: T | (() => T)): [T, (next: T) => void];

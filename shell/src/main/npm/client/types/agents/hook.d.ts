/** @typedef {Pick<typeof import("react"), "useCallback" | "useEffect" | "useMemo" | "useRef" | "useState">} React */
/**
 * Makes the hook `useAgent` of the page's own React: a page that bundles React needs no
 * copy of the client beside it.
 * @param {React} react what `import * as React from "react"` gives
 */
export function createUseAgent({ useCallback, useEffect, useMemo, useRef, useState, }: React): (options: import("./view.js").AgentOptions) => {
    send: (text: string) => void;
    open: () => void;
    stop: () => Promise<void>;
    retry: () => void;
    edit: (itemId: string, text: string) => void;
    answer: (interruptId: string, answer: Parameters<(interruptId: string, answer: Answer | "refuse" | "once" | "always") => void>[1]) => void;
    items: readonly import("./conversation.js").Item[];
    status: import("./agent-conversation.js").Status;
    interrupts: readonly import("./conversation.js").Interrupt[];
    /**
     * place in the queue, from 1
     */
    queued: number | undefined;
    /**
     * why nothing is read
     */
    away: import("./conversation.js").Run["away"];
    /**
     * why the portal refuses for now, in its words
     */
    refusal: string | undefined;
};
export type React = Pick<typeof import("react"), "useCallback" | "useEffect" | "useMemo" | "useRef" | "useState">;

/** `createUseAgent` of the React that is imported as `react`. */
export const useAgent: (options: import("./view.js").AgentOptions) => {
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

/**
 * Tells a connection that is silent from one that is gone. Looks at the clock instead
 * of waiting for a timer: timers stand still while a laptop sleeps. A network that
 * comes back counts as a cut, too: what was connected before it left seldom is.
 */
export class Pulse {
    /**
     * @param {number} idleMillis silence, heartbeats included, that counts as a cut
     * @param {() => void} onCut called once; ends the connection
     */
    constructor(idleMillis: number, onCut: () => void);
    /** Something came. */
    beat(): void;
    stop(): void;
    throwIfCut(): void;
    #private;
}

/** Something that is done once a frame, however often it is asked for. */
export class NextFrame {
    /** @param {() => void} act */
    constructor(act: () => void);
    /** Whether it was asked for, and not done yet. */
    get isDue(): boolean;
    ask(): void;
    #private;
}

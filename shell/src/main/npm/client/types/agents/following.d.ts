/** The reading of one run, over as many connections as it takes. */
export class Following {
    /**
     * @param {import("../run.js").AgentRun} run its cursor moves along
     * @param {import("../run.js").RunOptions & { fetch: import("../http.js").PortalFetch }} options
     * @param {import("../run.js").Connect} connect
     */
    constructor(run: import("../run.js").AgentRun, options: import("../run.js").RunOptions & {
        fetch: import("../http.js").PortalFetch;
    }, connect: import("../run.js").Connect);
    /** @returns {AsyncGenerator<AgentEvent, void, undefined>} */
    events(): AsyncGenerator<AgentEvent, void, undefined>;
    #private;
}
export type AgentEvent = import("../run.js").AgentEvent;
export type Wait = {
    /**
     * tries in a row; 0 while there was no network
     */
    failures: number;
    isOffline: boolean;
    /**
     * why the portal refuses for now
     */
    problem?: ProblemError;
};
import { ProblemError } from "../problem.js";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createUseAgent } from "./hook.js";

/** `createUseAgent` of the React that is imported as `react`. */
export const useAgent = createUseAgent({
  ...{ useCallback, useEffect, useMemo, useRef, useState },
});

export * from "../lit.js";

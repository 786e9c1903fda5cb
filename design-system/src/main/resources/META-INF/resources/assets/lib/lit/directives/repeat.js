export * from "../../lit.js";

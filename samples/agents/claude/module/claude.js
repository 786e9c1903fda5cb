// This module offers an agent and nothing to look at.
export {};

package dev.pergola.bridge.agui;

/**
 * What a person or the agent said earlier in the conversation.
 *
 * @param role `user` or `assistant`
 */
public record Message(String role, String text) {

}

package io.costattr.core.exchange;

/**
 * What becomes of a text that an application is about to send on a web socket: it asks for a
 * response, of which {@link SocketSession#unsent} is to be told when it is not sent after all; or
 * it is not to be sent.
 */
public sealed interface Sending permits SocketTurn, Sending.Denied, Sending.Rejected {

  /**
   * It is not to be sent, because of a budget.
   *
   * @param answer the message that the provider is to have answered
   */
  record Denied(String answer) implements Sending {}

  /**
   * It is not to be sent, because of the policy.
   *
   * @param exception what says so, of the SDK's own family where there is one
   */
  record Rejected(RuntimeException exception) implements Sending {}
}

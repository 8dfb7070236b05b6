package io.costattr.advice.jetty;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.HttpClient;

/**
 * At the constructor of {@code HttpExchange}: one is made for each request, on the thread that
 * sends it, before it may have to wait for a connection. What the client sends by itself, after a
 * redirect or to authenticate, belongs to the same conversation.
 */
public final class SendAdvice {
  /** For example {@code jetty-client 12.1.14}; without version where its manifest is gone. */
  private static final String CLIENT = client();

  private SendAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object sent) throws Throwable {
    Object request = Messages.request(sent);
    String method = Messages.method(request);
    String host = Messages.host(request);
    String path = Messages.path(request);
    if (method == null || host == null || path == null) {
      return;
    }
    Object conversation = Messages.conversation(sent);
    int port = Messages.port(request);
    Rejection rejection = Exchanges.rejection(CLIENT, method, host, port, path, conversation);
    if (rejection != null) {
      // See DestinationAdvice.
      Exchanges.carry(rejection, sent);
    }
    if (OutgoingBaggage.isOn() && !method.equals("CONNECT")) {
      OutgoingBaggage.carry(OutgoingBaggage.of(host, port, conversation), sent);
    }
    Exchange exchange = Exchanges.open(CLIENT, method, host, port, path, conversation);
    if (exchange == null) {
      return;
    }
    Call current = Call.current();
    if (current != null && Call.carriedBy(conversation) == null) {
      current.carryWith(conversation);
    }
    exchange.carryWith(sent);
    exchange.carryWith(Messages.response(sent));
    exchange.watch(sent);
  }

  private static String client() {
    Package library = HttpClient.class.getPackage();
    String version = library == null ? null : library.getImplementationVersion();
    return version == null ? "jetty-client" : "jetty-client " + version;
  }
}

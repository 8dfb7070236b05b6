package io.costattr.core.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.attribution.Defaults;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.CostEvent;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Calls of {@code api.openai.com} and what one accountant makes of them; quotes are single. */
final class Settled {
  static final String HOST = "api.openai.com";
  private final Accountant accountant;

  Settled(@Nullable String argument) {
    Config config = ConfigReader.read(argument, new Properties(), Map.of());
    accountant = new Accountant(config, Defaults.of(config));
  }

  CostEvent call(String path, String question, String answer) {
    Exchange exchange = asked(path, question);
    answer(exchange, "application/json", answer).ended();
    return settle(exchange);
  }

  /** The application closes the stream behind these events. */
  CostEvent leftStream(String path, String question, String events) {
    Exchange exchange = asked(path, question);
    answer(exchange, "text/event-stream", events).closed();
    return settle(exchange);
  }

  /** No answer comes, and the transport says why. */
  CostEvent unanswered(String path, String question, Throwable cause) {
    Exchange exchange = asked(path, question);
    exchange.failed(cause);
    return settle(exchange);
  }

  CostEvent settle(Exchange exchange) {
    return accountant.settle(exchange);
  }

  static Exchange asked(String path, String question) {
    Exchange exchange =
        Objects.requireNonNull(Exchanges.open("test", "POST", HOST, 443, path, null));
    ObservedBody request = exchange.requestBody(null);
    show(request, question);
    request.ended();
    return exchange;
  }

  static ObservedBody answer(Exchange exchange, String type, String body) {
    ObservedBody response =
        exchange.response(200, name -> name.equals("content-type") ? type : null);
    show(response, body);
    return response;
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
  }
}

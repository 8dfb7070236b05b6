package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * How one family of providers speaks: where the values stand in its JSON, and how its usage becomes
 * disjoint buckets. Stateless and shared.
 */
public interface Dialect {
  /** Stands for the method where a web socket is opened; no method of HTTP can have this name. */
  String SOCKET = "web socket";

  /** What is wanted of a request's JSON. */
  JsonShape requestShape();

  /** What is wanted of a response's JSON, and of each event of a stream. */
  JsonShape responseShape();

  /**
   * The endpoint behind a method and a path without query, or null when calls there are not billed.
   */
  @Nullable Endpoint endpoint(String method, String path);

  /** The model or the file that the path names, or null; Azure's deployments are named there. */
  default @Nullable String pathModel(String path) {
    return null;
  }

  /** Whether a call of that path asks for a stream, whatever its body says. */
  default boolean streams(String path) {
    return false;
  }

  /**
   * The price book's name of a service tier: {@code default}, {@code batch}, {@code flex}, {@code
   * priority}. A name that this provider has no other word for is returned as it is.
   */
  default String tier(String name) {
    return name;
  }

  /**
   * Whether a stream of that endpoint tells its usage only when {@code stream_options} ask it to.
   */
  default boolean takesStreamOptions(Endpoint endpoint) {
    return false;
  }

  /**
   * The member by which a request of that endpoint sets a maximum of output tokens where it sets
   * none; null when there is none, or each request must have it.
   */
  default @Nullable String outputLimitName(Endpoint endpoint) {
    return null;
  }

  /** Whether a request of that endpoint may name a service tier of OpenAI's. */
  default boolean takesServiceTier(Endpoint endpoint) {
    return false;
  }

  /**
   * The id by which the answer can be asked for later, where the provider has only accepted the
   * work; null when the answer is there, or cannot be asked for.
   */
  default @Nullable String pendingId(Reading request, Reading response) {
    return null;
  }

  /** Whether work that was once accepted has come to its end, good or bad. */
  default boolean isSettled(Reading response) {
    return false;
  }

  /** What was read of one exchange, in the terms of the ledger. */
  Transcript transcript(Route route, Reading request, Reading response);

  /**
   * Whether an exchange with a host that no table knows was a model call.
   *
   * @param conclusive whether the host answered with success and the answer was read to its end;
   *     otherwise the request alone decides
   */
  boolean isModelCall(Reading request, Reading response, boolean conclusive);

  /** Whether a model without prices of its provider's is OpenAI's of that name. */
  boolean hasOpenAiModels();

  /**
   * Whether the response reports a usage of the whole that can be believed, so that no text needs
   * to be counted.
   */
  boolean reportsUsage(Route route, Reading response);

  /** Whether the event read last is the last that matters of its stream. */
  boolean isTerminal(Reading response);

  /**
   * The body of an answer of status 429, as the provider would word it.
   *
   * @param type of the error, where the provider's words leave room for one
   * @param code of the error, by which a program may tell it
   */
  default String exhausted(String message, String type, String code) {
    return ErrorBody.openAi(message, type, code);
  }
}

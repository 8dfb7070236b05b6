package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import org.jspecify.annotations.Nullable;

/**
 * Something by which calls are told apart.
 *
 * @param kind which dimension
 * @param tag the name of the tag; empty for anything else
 */
record Facet(Kind kind, String tag) {
  private static final String TAG = "tag.";

  /** By which key of the provider's a call is made. */
  static final Facet KEY = new Facet(Kind.KEY, "");

  /** The dimensions, the ones with most values first: by those a call is told soonest. */
  enum Kind {
    CUSTOMER_ID,
    KEY,
    TAG,
    ROUTE,
    FEATURE,
    TEAM,
    MODEL,
    PROVIDER,
    ENDPOINT,
    ENVIRONMENT
  }

  /** What a policy may name, for messages. */
  static final String ALLOWED =
      "customer_id, feature, route, team, environment, model, provider, endpoint, key or tag.NAME";

  static @Nullable Facet of(String name) {
    if (name.startsWith(TAG) && name.length() > TAG.length()) {
      return new Facet(Kind.TAG, name.substring(TAG.length()));
    }
    Kind kind =
        switch (name) {
          case "customer_id", "customer.id", "customer" -> Kind.CUSTOMER_ID;
          case "feature" -> Kind.FEATURE;
          case "route" -> Kind.ROUTE;
          case "team" -> Kind.TEAM;
          case "environment" -> Kind.ENVIRONMENT;
          case "model" -> Kind.MODEL;
          case "provider" -> Kind.PROVIDER;
          case "endpoint" -> Kind.ENDPOINT;
          case "key" -> Kind.KEY;
          default -> null;
        };
    return kind == null ? null : new Facet(kind, "");
  }

  /** The name in policies and messages. */
  String id() {
    return switch (kind) {
      case CUSTOMER_ID -> "customer_id";
      case FEATURE -> "feature";
      case ROUTE -> "route";
      case TEAM -> "team";
      case ENVIRONMENT -> "environment";
      case MODEL -> "model";
      case PROVIDER -> "provider";
      case ENDPOINT -> "endpoint";
      case KEY -> "key";
      case TAG -> TAG + tag;
    };
  }

  /** Whether it says who pays, and not what is called. */
  boolean isOfPayer() {
    return switch (kind) {
      case KEY, MODEL, PROVIDER, ENDPOINT -> false;
      default -> true;
    };
  }

  /** What a call has of it; null when that is not known. */
  @Nullable String of(Prospect call) {
    ResolvedAttribution who = call.who();
    return switch (kind) {
      case CUSTOMER_ID -> who.customerId();
      case FEATURE -> who.feature();
      case ROUTE -> who.route();
      case TEAM -> who.team();
      case ENVIRONMENT -> who.environment();
      case MODEL -> call.model();
      case PROVIDER -> call.provider();
      case ENDPOINT -> call.endpoint();
      case KEY -> call.key();
      case TAG -> who.tags().get(tag);
    };
  }
}

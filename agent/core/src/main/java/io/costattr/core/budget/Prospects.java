package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Calls of which no more is known than whose they would be. */
final class Prospects {
  private Prospects() {}

  /** A call of that one. */
  static Prospect of(ResolvedAttribution who, Instant at) {
    return new Prospect(who, "", false, null, "", null, null, 0, 0, 0, null, null, null, 0, at);
  }

  /**
   * A call that is known by some dimensions, as policies name them.
   *
   * @throws IOException when one is none, with those that are
   */
  static Prospect of(Map<String, String> dimensions, Instant at) throws IOException {
    Map<Facet.Kind, String> known = new HashMap<>();
    Map<String, String> tags = new HashMap<>();
    for (Map.Entry<String, String> one : dimensions.entrySet()) {
      Facet facet = Facet.of(one.getKey());
      if (facet == null) {
        throw new IOException(
            "\"" + one.getKey() + "\" is no dimension; allowed is " + Facet.ALLOWED);
      }
      if (facet.kind() == Facet.Kind.TAG) {
        tags.put(facet.tag(), one.getValue());
      } else {
        known.put(facet.kind(), one.getValue());
      }
    }
    ResolvedAttribution who =
        new ResolvedAttribution(
            said(known, Facet.Kind.FEATURE),
            said(known, Facet.Kind.ROUTE),
            said(known, Facet.Kind.CUSTOMER_ID),
            said(known, Facet.Kind.TEAM),
            said(known, Facet.Kind.ENVIRONMENT),
            tags,
            Set.of(),
            Sources.NONE);
    return new Prospect(
        who,
        known.getOrDefault(Facet.Kind.PROVIDER, ""),
        false,
        null,
        known.getOrDefault(Facet.Kind.ENDPOINT, ""),
        known.get(Facet.Kind.MODEL),
        null,
        0,
        0,
        0,
        null,
        null,
        known.get(Facet.Kind.KEY),
        0,
        at);
  }

  private static String said(Map<Facet.Kind, String> known, Facet.Kind kind) {
    return known.getOrDefault(kind, ResolvedAttribution.UNATTRIBUTED);
  }
}

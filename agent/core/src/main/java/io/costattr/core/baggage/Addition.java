package io.costattr.core.baggage;

import io.costattr.core.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the baggage of one request: who pays, as it was on the thread that makes it.
 * Immutable; may be used on another thread, and for each attempt of the request.
 */
public final class Addition {
  /** The name of the header, as W3C Baggage (section 3.2) writes it. */
  public static final String HEADER = "baggage";

  private final SortedMap<String, String> members;
  private final @Nullable Signature signature;

  /**
   * @param members by their whole keys, decoded
   * @param signature null when nothing is signed
   */
  Addition(SortedMap<String, String> members, @Nullable Signature signature) {
    this.members = members;
    this.signature = signature;
  }

  /**
   * The one header that the request is to have in place of those that it has. What these say stays
   * as it is, and wins; only what is vouched for on this side is signed. Never throws.
   *
   * @param present the values of all of its {@code baggage} headers
   * @return null when it is to be sent as it is
   */
  public @Nullable String to(List<String> present) {
    try {
      Members there = Members.read(present);
      return there == null ? null : merged(there);
    } catch (Throwable fault) {
      Log.fault("adding baggage to a request", fault);
      return null;
    }
  }

  private @Nullable String merged(Members there) throws Exception {
    Map<String, String> said = there.own();
    SortedMap<String, String> signed = new TreeMap<>();
    List<String> header = new ArrayList<>(there.without(signature == null ? "" : Signature.KEY));
    int before = header.size();
    for (Map.Entry<String, String> member : members.entrySet()) {
      String other = said.get(member.getKey());
      if (other == null) {
        header.add(member.getKey() + "=" + PercentCode.encoded(member.getValue()));
      }
      if (other == null || other.equals(member.getValue())) {
        signed.put(member.getKey(), member.getValue());
      }
    }
    if (signature != null && !signed.isEmpty()) {
      header.add(
          Signature.KEY
              + "="
              + PercentCode.encoded(signature.of(signed, System.currentTimeMillis())));
    } else if (header.size() == before) {
      return null;
    }
    String whole = String.join(",", header);
    if (whole.length() > Members.MOST_CHARACTERS) {
      Log.warnOnce(
          "baggage:full",
          "who pays is not added to a request whose baggage would have more than "
              + Members.MOST_CHARACTERS
              + " characters");
      return null;
    }
    return whole;
  }
}
